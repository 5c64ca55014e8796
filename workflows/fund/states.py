"""Whether a fund meets its claims."""

from __future__ import annotations

from enum import Enum


class FundState(Enum):
    """Whether the fund meets its claims."""

    ACTIVE = "ACTIVE"
    WATCH = "WATCH"  # low: a top-up is asked for
    EXHAUSTED = "EXHAUSTED"  # a claim was not met in full; waits for a contribution
    TOPPED_UP = "TOPPED_UP"  # the line of claims goes on
