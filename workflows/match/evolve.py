"""How a match's events change its row."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.evolution import Evolve, takes, takes_and
from workflows.match.events import (
    MatchAssigned,
    MatchBankSelected,
    MatchClosed,
    MatchDeclined,
    MatchExpired,
    MatchInterestExpressed,
    MatchLeadLapsed,
    MatchLeadTaken,
    MatchOpened,
    MatchReBroadcast,
    MatchReopened,
    MatchWithdrawn,
)

_PARTIES = ("policy", "application", "enterprise", "banks")

_AGAIN: dict[str, Any] = {"bank": None, "offered": ()}

EVOLVE: dict[type[Any], Evolve] = {
    MatchOpened: takes(*_PARTIES, "due_by"),
    MatchAssigned: takes(*_PARTIES, "bank", "due_by"),
    MatchInterestExpressed: takes("offered", "due_by"),
    MatchDeclined: takes("lost"),
    MatchReBroadcast: takes("banks", "rounds", "due_by"),
    MatchExpired: takes_and((), {"due_by": None}),
    MatchReopened: takes_and(("banks", "due_by"), {**_AGAIN, "lost": ()}),
    MatchBankSelected: takes("bank", "lost", "due_by"),
    MatchLeadTaken: takes_and((), {"due_by": None}),
    MatchLeadLapsed: takes_and(("banks", "lost", "due_by"), _AGAIN),
    MatchClosed: takes("outcome"),
    MatchWithdrawn: takes_and((), {"due_by": None}),
}
