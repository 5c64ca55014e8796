"""What follows from an act on a match: its events."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.deadlines import working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
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
from workflows.match.ranking import best_banks

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
    more = best_banks(s, without=(*it.banks, *it.lost))
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
    more = best_banks(s, without=(*others, it.bank))
    due_by = working_days_from(s, "matching_response_wd")
    return (MatchLeadLapsed(it.bank, (*others, *more), (it.bank,), due_by),)


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
