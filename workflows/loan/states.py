"""Where a loan stands. Compensation by the fund is a flag on a loan, not a state."""

from __future__ import annotations

from enum import Enum


class LoanState(Enum):
    """Where a loan stands."""

    APPROVED = "APPROVED"  # signed, not yet drawn
    ACTIVE = "ACTIVE"  # drawn, nothing overdue
    OVERDUE = "OVERDUE"  # something due was not paid
    ACCELERATED = "ACCELERATED"  # all of it called in
    WRITTEN_OFF = "WRITTEN_OFF"  # off the bank's books, still owed
    SETTLED = "SETTLED"  # paid in full
    RENEWED = "RENEWED"  # repaid by a new loan
    CANCELLED = "CANCELLED"  # never drawn


LIVE = (LoanState.ACTIVE, LoanState.OVERDUE, LoanState.ACCELERATED)
"""Drawn and on the bank's books."""

LATE = (LoanState.OVERDUE, LoanState.ACCELERATED)

ENDED = (LoanState.SETTLED, LoanState.RENEWED, LoanState.WRITTEN_OFF, LoanState.CANCELLED)
"""Days past due no longer run (ZD-3.6.1)."""
