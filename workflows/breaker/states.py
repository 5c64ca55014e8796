"""Where a breaker stands."""

from __future__ import annotations

from enum import Enum


class BreakerState(Enum):
    """Where a breaker stands. TRIPPED refuses what is new; what is covered stays covered."""

    CLOSED = "CLOSED"
    WARNING = "WARNING"
    TRIPPED = "TRIPPED"
    HALF_OPEN = "HALF_OPEN"  # some new business again, on trial
