"""The table of funds. It changes with contributions, compensation and recoveries only."""

from __future__ import annotations

from sqlalchemy import BigInteger, CheckConstraint, Column, Table, Text

from services.kernel.states import quoted
from services.kernel.tables import aggregate_columns, metadata
from workflows.fund.states import FundState

fund = Table(
    "fund",
    metadata,
    *aggregate_columns(),
    Column("name", Text, nullable=False),
    Column("policy", Text, nullable=False, comment="Policy.ref: case@fingerprint:date"),
    Column("cash", BigInteger, nullable=False, comment="fen"),
    Column("contributed", BigInteger, nullable=False, comment="fen, all contributions"),
    Column("paid_out", BigInteger, nullable=False, comment="fen, compensation"),
    Column("returned", BigInteger, nullable=False, comment="fen, parts of recoveries"),
    CheckConstraint(f"state IN ({quoted(FundState)})", name="state"),
    CheckConstraint("cash >= 0", name="cash_not_negative"),
    CheckConstraint("cash = contributed - paid_out + returned", name="cash_adds_up"),
)
