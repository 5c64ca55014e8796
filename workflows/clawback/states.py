"""Where a clawback stands."""

from __future__ import annotations

from enum import Enum


class ClawbackState(Enum):
    """Where a clawback stands."""

    OPENED = "OPENED"
    DISMISSED = "DISMISSED"  # the compensation stands
    CONFIRMED = "CONFIRMED"
    DEMANDED = "DEMANDED"  # the bank has its days to repay
    OVERDUE = "OVERDUE"  # it did not: offset, or referred
    REPAID = "REPAID"
    OFFSET = "OFFSET"
    REFERRED = "REFERRED"
