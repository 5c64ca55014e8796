"""The table of filings: whether the fund covers a loan."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Index,
    Integer,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.kernel.states import quoted
from services.kernel.tables import aggregate_columns, metadata
from workflows.filing.states import FilingState

filing = Table(
    "filing",
    metadata,
    *aggregate_columns(),
    Column("loan", Text, nullable=False, comment="the filing's id is the loan's"),
    Column("bank", Text, nullable=False),
    Column("fund", Text, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("policy", Text, nullable=False, comment="Policy.ref: case@fingerprint:date"),
    Column("amount", BigInteger, nullable=False, comment="as drawn, fen"),
    Column("drawn_on", Date, nullable=False),
    Column("file_by", Date, nullable=False, comment="last day to file in time"),
    Column("late", Boolean, nullable=False, comment="no cover for what came before acceptance"),
    Column("filed_on", Date),
    Column("accepted_on", Date),
    Column("accepted_by", JSONB, nullable=False, comment="users who accepted it"),
    Column("returns", Integer, nullable=False, comment="times sent back"),
    Column("reason", Text, nullable=False),
    CheckConstraint(f"state IN ({quoted(FilingState)})", name="state"),
    Index("ix_filing_fund_state", "fund", "state"),
)
