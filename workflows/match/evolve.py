"""How a match's events change its row, and which timers they set."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes, takes_and
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
from workflows.match.records import ExpireMatch, LapseLead, Match, RebroadcastMatch


def answer_timer(row: Match, event: Any) -> tuple[Any, ...]:
    """When nobody answered: shown again while rounds are left, else over."""
    after = RebroadcastMatch if event.again else ExpireMatch
    return (SetTimer("answer", day_after(event.due_by), after(row.id)),)


def choice_timer(row: Match, event: Any) -> tuple[Any, ...]:
    """When the firm chose nobody: over."""
    return (SetTimer("answer", day_after(event.due_by), ExpireMatch(row.id)),)


def lead_timer(row: Match, event: Any) -> tuple[Any, ...]:
    """When the chosen bank does not take the lead: taken back."""
    return (SetTimer("answer", day_after(event.due_by), LapseLead(row.id)),)


def no_timer(_row: Match, _event: Any) -> tuple[Any, ...]:
    """Nobody is waited for."""
    return (DropTimer("answer"),)


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

TIMERS: dict[type[Any], Timers] = {
    MatchOpened: answer_timer,
    MatchAssigned: lead_timer,
    MatchInterestExpressed: choice_timer,
    MatchReBroadcast: answer_timer,
    MatchReopened: choice_timer,
    MatchBankSelected: lead_timer,
    MatchLeadTaken: no_timer,
    MatchLeadLapsed: choice_timer,
    MatchExpired: no_timer,
    MatchClosed: no_timer,
    MatchWithdrawn: no_timer,
}
