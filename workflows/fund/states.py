"""Whether a fund meets its claims."""

from __future__ import annotations

from enum import Enum


class FundState(Enum):
    """Whether the fund meets its claims."""

    ACTIVE = "ACTIVE"
    EXHAUSTED = "EXHAUSTED"  # a claim was not met in full; waits for a contribution
