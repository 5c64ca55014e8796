"""The table of funds. It changes with contributions, compensation and recoveries only."""

from __future__ import annotations

from sqlalchemy import CheckConstraint

from services.kernel.columns import noun_table
from workflows.fund.records import Fund
from workflows.fund.states import FundState

fund = noun_table(
    "fund",
    Fund,
    FundState,
    {
        "policy": "Policy.ref: case@fingerprint:date",
        "fiscal": "fiscal department that set it up",
        "cash": "fen",
        "contributed": "fen, all contributions",
        "paid_out": "fen, compensation",
        "returned": "fen, parts of recoveries",
    },
    CheckConstraint("cash >= 0", name="cash_not_negative"),
    CheckConstraint("cash = contributed - paid_out + returned", name="cash_adds_up"),
)
