"""The table of filings: whether the fund covers a loan."""

from __future__ import annotations

from sqlalchemy import (
    Index,
)

from services.kernel.columns import noun_table
from workflows.filing.records import Filing
from workflows.filing.states import FilingState

filing = noun_table(
    "filing",
    Filing,
    FilingState,
    {
        "loan": "the filing's id is the loan's",
        "policy": "Policy.ref: case@fingerprint:date",
        "amount": "as drawn, fen",
        "file_by": "last day to file in time",
        "late": "no cover for what came before acceptance",
        "accepted_by": "users who accepted it",
        "account": "of the bank, to which compensation is paid",
        "returns": "times sent back",
        "amend_by": "last day to tell of a change of the loan",
        "suspended_on": "no cover for what happens from this day on",
    },
    Index("ix_filing_fund_state", "fund", "state"),
    Index("ix_filing_fund_accepted_on", "fund", "accepted_on"),
)
