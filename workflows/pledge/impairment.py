"""What becomes of a pledged right that its loan must hear of: the cause it is told under.

The pledge tells the loan (services/assets/reactions.py); what the loan makes of it is its own.
"""

from __future__ import annotations

from enum import Enum


class Cause(Enum):
    """Why the security of a loan is looked at anew (ZD-3.3.4)."""

    RIGHT_LAPSED = "RIGHT_LAPSED"
    RIGHT_INVALID = "RIGHT_INVALID"
    PLEDGE_STRUCK = "PLEDGE_STRUCK"
    IN_DISPUTE = "IN_DISPUTE"
    SOLD_ON = "SOLD_ON"
    VALUE_DROP = "VALUE_DROP"  # by more than reappraisal_drop
    INVALIDATION_PENDING = "INVALIDATION_PENDING"
    FEE_OVERDUE = "FEE_OVERDUE"
    REVALUED = "REVALUED"
    IN_ORDER_AGAIN = "IN_ORDER_AGAIN"  # fee paid late, dispute or invalidation over
    OTHER_SECURITY = "OTHER_SECURITY"


LOSSES = frozenset(
    cause.name
    for cause in (
        Cause.RIGHT_LAPSED,
        Cause.RIGHT_INVALID,
        Cause.PLEDGE_STRUCK,
        Cause.IN_DISPUTE,
        Cause.SOLD_ON,
        Cause.VALUE_DROP,
    )
)
"""Causes that are a shortfall of the security, however much is left."""
