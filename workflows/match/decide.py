"""What follows from an act on a match: its events, changes of the row, and the one timer."""

from __future__ import annotations

from typing import Any

from workflows.application.records import Application
from workflows.lifecycle.deadlines import day_after, working_days_from
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Decide, Evolve, Timers, takes, takes_and
from workflows.lifecycle.machine import Situation
from workflows.match.ranking import best_banks
from workflows.match.records import (
    ExpireMatch,
    LapseLead,
    Match,
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
    RebroadcastMatch,
)

Asked = Situation[Any]


def again(s: Asked, rounds: int) -> bool:
    """Whether it is shown once more if nobody answers this time."""
    most: int = s.policy["matching_rounds"].value
    return rounds < most


def open_match(s: Asked) -> tuple[Any, ...]:
    """The banks' time to answer starts."""
    a, due_by = s.act, working_days_from(s, "matching_response_wd")
    return (
        MatchOpened(
            s.policy.ref, a.application, a.enterprise, a.banks, again=again(s, 1), due_by=due_by
        ),
    )


def assign(s: Asked) -> tuple[Any, ...]:
    """The named bank's time to take the lead starts."""
    a, due_by = s.act, working_days_from(s, "lead_taking_wd")
    return (
        MatchAssigned(
            s.policy.ref, a.application, a.enterprise, banks=(a.bank,), bank=a.bank, due_by=due_by
        ),
    )


def express_interest(s: Asked) -> tuple[Any, ...]:
    """The firm's time to choose starts with the first interested bank."""
    it = s.it
    due_by = it.due_by if it.offered else working_days_from(s, "bank_selection_wd")
    return (MatchInterestExpressed(s.act.bank, (*it.offered, s.act.bank), due_by),)


def rebroadcast(s: Asked) -> tuple[Any, ...]:
    """To those who have not declined, and to the next in rank."""
    it = s.it
    silent = tuple(bank for bank in it.banks if bank not in it.lost)
    more = best_banks(s, s.row(Application), without=(*it.banks, *it.lost))
    due_by = working_days_from(s, "matching_response_wd")
    rounds = it.rounds + 1
    return (MatchReBroadcast((*silent, *more), rounds, again=again(s, rounds), due_by=due_by),)


def reopen(s: Asked) -> tuple[Any, ...]:
    """The banks' time to answer starts anew."""
    return (MatchReopened(s.act.banks, working_days_from(s, "matching_response_wd")),)


def select_bank(s: Asked) -> tuple[Any, ...]:
    """The others lost; the chosen bank's time to take the lead starts."""
    it, chosen = s.it, s.act.bank
    lost = tuple(dict.fromkeys((*it.lost, *(b for b in it.banks if b != chosen))))
    return (MatchBankSelected(chosen, lost, working_days_from(s, "lead_taking_wd")),)


def lapse_lead(s: Asked) -> tuple[Any, ...]:
    """The bank that did not act drops out; everybody else may answer again."""
    it = s.it
    others = tuple(bank for bank in it.banks if bank != it.bank)
    more = best_banks(s, s.row(Application), without=(*others, it.bank))
    due_by = working_days_from(s, "matching_response_wd")
    return (MatchLeadLapsed(it.bank, (*others, *more), (it.bank,), due_by),)


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


DECIDE: dict[str, Decide] = {
    "open": open_match,
    "assign": assign,
    "express_interest": express_interest,
    "decline": lambda s: (MatchDeclined(s.act.bank, s.act.reason, (*s.it.lost, s.act.bank)),),
    "rebroadcast": rebroadcast,
    "expire": lambda s: (MatchExpired(s.it.application, s.it.enterprise),),
    "reopen": reopen,
    "select_bank": select_bank,
    "note_lead": lambda s: (MatchLeadTaken(s.it.bank),),
    "lapse_lead": lapse_lead,
    "close": lambda s: (MatchClosed(s.act.outcome),),
    "withdraw": lambda s: (MatchWithdrawn(s.it.application),),
}

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
