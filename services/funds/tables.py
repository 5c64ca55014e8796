"""The tables of funds and of breakers. A fund changes when its money moves, and with its state."""

from __future__ import annotations

from sqlalchemy import CheckConstraint

from services.kernel.columns import noun_table
from workflows.breaker.records import Breaker
from workflows.breaker.states import BreakerState
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
        "interest": "fen, of the account",
        "fees": "fen, of management",
        "committed": "fen, top-ups promised",
    },
    CheckConstraint("cash >= 0", name="cash_not_negative"),
    CheckConstraint(
        "cash = contributed + interest - fees - paid_out + returned", name="cash_adds_up"
    ),
)

breaker = noun_table(
    "breaker",
    Breaker,
    BreakerState,
    {
        "bank": "empty: the whole programme",
        "policy": "Policy.ref: case@fingerprint:date",
        "ratio": "bad and compensated over covered and compensated",
        "loans": "covered",
        "balance": "covered, fen",
        "below_since": "the ratio has been below breaker_reset since then",
        "closes_on": "without a new trip",
        "monthly_room": "accepted a month while half open, fen",
    },
)
