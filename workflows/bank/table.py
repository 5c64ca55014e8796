"""A bank joins the programme by agreement, which guards products, matching and filing.

Suspending or ending it stops new business only (ZD-3.2.1).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from workflows.bank.records import (
    COMMANDS,
    EVENTS,
    Bank,
    BankAgreementEnded,
    BankAgreementProposed,
    BankAgreementResumed,
    BankAgreementSigned,
    BankAgreementSuspended,
    BankBoarded,
    EndAgreement,
)
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import takes, takes_and
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, two_persons
from workflows.lifecycle.refusals import Refusal
from workflows.lifecycle.roles import Role

__all__ = ["BANK", "Bank", "BankState"]


class BankState(Enum):
    """Where the agreement with the bank stands."""

    PROPOSED = "PROPOSED"  # offered, not signed
    SIGNED = "SIGNED"  # new business allowed
    SUSPENDED = "SUSPENDED"  # no new business for now
    ENDED = "ENDED"


(PROPOSED, SIGNED, SUSPENDED, ENDED) = BankState
BK_A, FM_M, FM_A, SYS = Role.BK_A, Role.FM_M, Role.FM_A, Role.SYS
WITH_FUND = two_persons(FM_A, same_organisation=False)
Asked = Situation[Any]


def term_ahead(s: Asked) -> Refusal | None:
    """The agreement's last day lies ahead (ZD-3.2.1)."""
    ends_on = s.act.ends_on if s.it is None else s.it.ends_on
    if ends_on is None or ends_on > s.today:
        return None
    return refuse(s, "agreement_term_past", clauses.AGREEMENT, actual=ends_on, threshold=s.today)


def cause_named(s: Asked) -> Refusal | None:
    """A stop names its cause (ZD-3.2.1)."""
    return None if s.act.cause else refuse(s, "reason_missing", clauses.AGREEMENT)


def cause_gone(s: Asked) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.2.1)."""
    return None if s.act.finding else refuse(s, "cause_not_gone", clauses.AGREEMENT)


def reason_given(s: Asked) -> Refusal | None:
    """An end gives its reason (ZD-3.2.1)."""
    return None if s.act.reason else refuse(s, "reason_missing", clauses.AGREEMENT)


# fmt: off
ROWS = (
    #    trigger              from                 to         who         unless / only if            event                      two?
    Row("propose_agreement",  NEW,                 PROPOSED,  FM_M,       (term_ahead,),              "Bank.AgreementProposed",  ALONE),
    Row("board",              NEW,                 SIGNED,    SYS,        (),                         "Bank.Boarded",            ALONE),
    Row("sign_agreement",     PROPOSED,            SIGNED,    BK_A,       (term_ahead,),              "Bank.AgreementSigned",    WITH_FUND),
    Row("suspend_agreement",  SIGNED,              SUSPENDED, (FM_A, SYS), (cause_named,),            "Bank.AgreementSuspended", ALONE),
    Row("resume_agreement",   SUSPENDED,           SIGNED,    FM_A,       (cause_gone, term_ahead),   "Bank.AgreementResumed",   ALONE),
    Row("end_agreement",      (PROPOSED, SIGNED, SUSPENDED), ENDED, (FM_A, BK_A, SYS), (reason_given,), "Bank.AgreementEnded",  ALONE),
)
# fmt: on


def propose(s: Asked) -> tuple[Any, ...]:
    """The terms as offered."""
    a = s.act
    return (BankAgreementProposed(s.policy.ref, a.fund, a.name, a.quota, a.ends_on),)


def board(s: Asked) -> tuple[Any, ...]:
    """A boarded book's bank counts as signed from today, without an end."""
    return (BankBoarded(s.policy.ref, s.act.fund, s.act.name, s.today),)


def end_timer(row: Bank, event: BankAgreementSigned) -> tuple[Any, ...]:
    """The day after its last day the agreement ends."""
    return (SetTimer("agreement", day_after(event.ends_on), EndAgreement(row.id, "term over")),)


BANK = Lifecycle(
    noun="bank",
    record=Bank,
    states=BankState,
    final=(ENDED,),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide={
        "propose_agreement": propose,
        "board": board,
        "sign_agreement": lambda s: (BankAgreementSigned(s.today, s.it.ends_on),),
        "suspend_agreement": lambda s: (BankAgreementSuspended(s.act.cause),),
        "resume_agreement": lambda s: (BankAgreementResumed(s.act.finding),),
        "end_agreement": lambda s: (BankAgreementEnded(s.act.reason),),
    },
    evolve={
        BankAgreementProposed: takes("policy", "fund", "name", "quota", "ends_on"),
        BankBoarded: takes("policy", "fund", "name", "signed_on"),
        BankAgreementSigned: takes("signed_on"),
        BankAgreementSuspended: lambda _row, e: {"stopped_for": e.cause},
        BankAgreementResumed: takes_and((), {"stopped_for": ""}),
        BankAgreementEnded: lambda _row, e: {"stopped_for": e.reason},
    },
    timers={
        BankAgreementSigned: end_timer,
        BankAgreementEnded: lambda _row, _e: (DropTimer("agreement"),),
    },
)
