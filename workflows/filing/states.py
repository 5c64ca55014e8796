"""Where the filing of a loan stands: whether the fund covers it."""

from __future__ import annotations

from enum import Enum


class FilingState(Enum):
    """Where a filing stands."""

    PENDING = "PENDING"  # the bank has yet to file
    LATE = "LATE"  # the window is over; filing covers only what comes after acceptance
    FILED = "FILED"  # the fund manager looks at it
    COVERED = "COVERED"  # the fund shares the loss
    REJECTED = "REJECTED"
    CEASED = "CEASED"  # the loan is settled


TO_BE_COVERED = frozenset(
    state.name for state in (FilingState.PENDING, FilingState.LATE, FilingState.FILED)
)
"""Acceptance is still possible."""
