"""Where the match of an application with banks stands."""

from __future__ import annotations

from enum import Enum


class MatchState(Enum):
    """Where the match stands."""

    OPEN = "OPEN"  # shown to banks
    OFFERED = "OFFERED"  # at least one would take it
    SELECTED = "SELECTED"  # the firm chose
    CLOSED = "CLOSED"  # the bank decided
    EXPIRED = "EXPIRED"  # nobody took it or nobody was chosen; the administration follows up
    WITHDRAWN = "WITHDRAWN"
