"""An application meets banks: shown to the best few, offered, one chosen, or nobody took it.

LOST is what happens to a bank, not to the match: such banks stand in `lost`.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from workflows.bank.records import Bank
from workflows.filing.guards import breaker_not_tripped
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, staying
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role
from workflows.match.decide import DECIDE, EVOLVE, TIMERS
from workflows.match.records import COMMANDS, EVENTS, Match

__all__ = ["MATCH", "Match", "MatchState"]


class MatchState(Enum):
    """Where the match stands."""

    OPEN = "OPEN"  # shown to banks
    OFFERED = "OFFERED"  # at least one would take it
    SELECTED = "SELECTED"  # the firm chose
    CLOSED = "CLOSED"  # the bank decided
    EXPIRED = "EXPIRED"  # nobody took it or nobody was chosen; the administration follows up
    WITHDRAWN = "WITHDRAWN"


(OPEN, OFFERED, SELECTED, CLOSED, EXPIRED, WITHDRAWN) = MatchState
ENT, BK_M, IPA, SYS = Role.ENT, Role.BK_M, Role.IPA, Role.SYS
Asked = Situation[Any]


def bank_invited(s: Asked) -> Refusal | None:
    """The bank is one of those it is shown to, and has not answered (ZD-3.5)."""
    bank, it = s.act.bank, s.it
    if bank in it.banks and bank not in it.lost and bank not in it.offered:
        return None
    return refuse(s, "bank_not_invited", clauses.MATCHING, actual=bank)


def agreement_signed(s: Asked) -> Refusal | None:
    """The bank's programme agreement is signed (ZD-3.2.1)."""
    state = s.row(Bank).state
    if state == "SIGNED":
        return None
    return refuse(s, "agreement_not_live", clauses.AGREEMENT, actual=state)


def bank_below_quota(s: Asked) -> Refusal | None:
    """The bank is not at its limit (ZD-3.5). Fact: bank_outstanding."""
    quota, used = s.row(Bank).quota, s.facts["bank_outstanding"]
    if not quota or used < quota:
        return None
    return refuse(s, "bank_at_limit", clauses.AGREEMENT, actual=used, threshold=quota)


def reason_given(s: Asked) -> Refusal | None:
    """A bank that declines says why (ZD-3.5)."""
    return None if s.act.reason else refuse(s, "reason_missing", clauses.REASONS)


def window_over(s: Asked) -> Refusal | None:
    """The last day of whoever acts next is past (ZD-3.5)."""
    if s.today > s.it.due_by:
        return None
    return refuse(s, "window_still_open", clauses.MATCHING, actual=s.today, threshold=s.it.due_by)


def rounds_left(s: Asked) -> Refusal | None:
    """Shown matching_rounds times, the first included (ZD-3.5)."""
    rounds = s.policy["matching_rounds"]
    return None if s.it.rounds < rounds.value else against("rounds_used", rounds, s.it.rounds)


def bank_offered(s: Asked) -> Refusal | None:
    """The chosen bank is an interested one (ZD-3.5)."""
    if s.act.bank in s.it.offered:
        return None
    return refuse(
        s, "bank_not_interested", clauses.MATCHING, actual=s.act.bank,
        threshold=", ".join(s.it.offered),
    )  # fmt: skip


def banks_named(s: Asked) -> Refusal | None:
    """A follow-up names banks (ZD-3.5)."""
    return None if s.act.banks else refuse(s, "bank_not_invited", clauses.MATCHING, actual="-")


MAY_OFFER = (bank_invited, agreement_signed, bank_below_quota, breaker_not_tripped)

# fmt: off
ROWS = (
    #    trigger              from                       to         who    unless / only if                     event                      two?
    Row("open",               NEW,                       OPEN,      SYS,   (),                                  "Match.Opened",            ALONE),
    Row("assign",             NEW,                       SELECTED,  SYS,   (),                                  "Match.Assigned",          ALONE),
    Row("express_interest",   (OPEN, OFFERED),           OFFERED,   BK_M,  MAY_OFFER,                           "Match.InterestExpressed", ALONE),
    *staying("decline",       (OPEN, OFFERED),                      BK_M,  (bank_invited, reason_given),        "Match.Declined",          ALONE),
    Row("rebroadcast",        OPEN,                      OPEN,      SYS,   (window_over, rounds_left),          "Match.ReBroadcast",       ALONE),
    Row("expire",             (OPEN, OFFERED),           EXPIRED,   SYS,   (window_over,),                      "Match.Expired",           ALONE),
    Row("reopen",             EXPIRED,                   OPEN,      IPA,   (banks_named,),                      "Match.Reopened",          ALONE),
    Row("select_bank",        OFFERED,                   SELECTED,  ENT,   (bank_offered,),                     "Match.BankSelected",      ALONE),
    Row("note_lead",          SELECTED,                  SELECTED,  SYS,   (),                                  "Match.LeadTaken",         ALONE),
    Row("lapse_lead",         SELECTED,                  OPEN,      SYS,   (window_over,),                      "Match.LeadLapsed",        ALONE),
    Row("close",              SELECTED,                  CLOSED,    SYS,   (),                                  "Match.Closed",            ALONE),
    Row("withdraw",           (OPEN, OFFERED, SELECTED, EXPIRED), WITHDRAWN, SYS, (),                           "Match.Withdrawn",         ALONE),
)
# fmt: on

MATCH = Lifecycle(
    noun="match",
    record=Match,
    states=MatchState,
    final=(CLOSED, EXPIRED, WITHDRAWN),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
