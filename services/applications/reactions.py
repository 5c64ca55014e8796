"""What an application's events lead to: checked, routed, matched, and the match told of the end."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.application.records import AcceptApplication, ReturnApplication, RouteApplication
from workflows.application.states import ApplicationState
from workflows.match.records import AssignMatch, CloseMatch, NoteLead, OpenMatch, WithdrawMatch


def check_papers(h: Happened) -> tuple[Any, ...]:
    """Complete ones are accepted, others go back with what is missing."""
    missing = h.event.missing
    return (ReturnApplication(h.id, missing) if missing else AcceptApplication(h.id),)


def route(h: Happened) -> tuple[Any, ...]:
    """An accepted application is routed the same day."""
    return (RouteApplication(h.id),)


def meet_banks(h: Happened) -> tuple[Any, ...]:
    """The named bank gets it at once, else the best banks see it."""
    e = h.event
    if e.designated:
        return (AssignMatch(h.id, h.id, e.enterprise, e.banks[0]),)
    return (OpenMatch(h.id, h.id, e.enterprise, e.banks),)


def note_lead(h: Happened) -> tuple[Any, ...]:
    """The match need not wait for the lead any more."""
    return (NoteLead(h.id),)


def close_approved(h: Happened) -> tuple[Any, ...]:
    """The match ends with the bank's yes."""
    return (CloseMatch(h.id, ApplicationState.APPROVED.name),)


def close_rejected(h: Happened) -> tuple[Any, ...]:
    """The match ends with the bank's no."""
    return (CloseMatch(h.id, ApplicationState.REJECTED.name),)


def withdraw_match(h: Happened) -> tuple[Any, ...]:
    """Where banks have it before them, they need not look any more."""
    return (WithdrawMatch(h.id),) if h.event.matched else ()


# fmt: off
REACTIONS = (
    Reaction("application.check_papers",   "Application.Submitted", check_papers),
    Reaction("application.route",          "Application.Accepted",  route),
    Reaction("application.meet_banks",     "Application.Routed",    meet_banks),
    Reaction("application.note_lead",      "Application.LeadTaken", note_lead),
    Reaction("application.close_approved", "Application.Approved",  close_approved),
    Reaction("application.close_rejected", "Application.Rejected",  close_rejected),
    Reaction("application.withdraw_match", "Application.Withdrawn", withdraw_match),
)
# fmt: on
