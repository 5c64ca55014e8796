"""What becomes of a pledged right that its loan must hear of: the ground it is told under.

The pledge tells the loan (services/assets/reactions.py); what the loan makes of it is its own.
"""

from __future__ import annotations

from enum import Enum


class Ground(Enum):
    """Why the security of a loan is looked at anew (ZD-3.3.4)."""

    LAPSED = "LAPSED"
    INVALIDATED = "INVALIDATED"
    REVOKED = "REVOKED"
    DISPUTED = "DISPUTED"
    TRANSFERRED = "TRANSFERRED"
    VALUE_DROP = "VALUE_DROP"  # by more than reappraisal_drop
    INVALIDATION_PENDING = "INVALIDATION_PENDING"
    FEE_OVERDUE = "FEE_OVERDUE"
    REVALUED = "REVALUED"
    RESTORED = "RESTORED"  # fee paid late, dispute or invalidation over
    SUBSTITUTED = "SUBSTITUTED"


LOSSES = frozenset(
    ground.name
    for ground in (
        Ground.LAPSED,
        Ground.INVALIDATED,
        Ground.REVOKED,
        Ground.DISPUTED,
        Ground.TRANSFERRED,
        Ground.VALUE_DROP,
    )
)
"""Grounds that are a shortfall of the security, however much is left."""
