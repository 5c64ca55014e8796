"""What follows from an act on a programme agreement: its events."""

from __future__ import annotations

from typing import Any

from workflows.bank.events import (
    BankAgreementEnded,
    BankAgreementProposed,
    BankAgreementResumed,
    BankAgreementSigned,
    BankAgreementSuspended,
    BankBoarded,
)
from workflows.bank.records import (
    Bank,
    BoardBank,
    EndAgreement,
    ProposeAgreement,
    ResumeAgreement,
    SuspendAgreement,
)
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation


def propose(s: Situation[None, ProposeAgreement]) -> tuple[Any, ...]:
    """The terms as offered."""
    a = s.act
    return (BankAgreementProposed(s.policy.ref, a.fund, a.name, a.quota, a.ends_on),)


def board(s: Situation[None, BoardBank]) -> tuple[Any, ...]:
    """A boarded book's bank counts as signed from today, without an end."""
    return (BankBoarded(s.policy.ref, s.act.fund, s.act.name, s.today),)


def sign_agreement(s: Situation[Bank]) -> tuple[Any, ...]:
    """In force from today to the day agreed."""
    return (BankAgreementSigned(s.today, given(s.it.ends_on)),)


def suspend_agreement(s: Situation[Bank, SuspendAgreement]) -> tuple[Any, ...]:
    """No new business, for a cause."""
    return (BankAgreementSuspended(s.act.cause),)


def resume_agreement(s: Situation[Bank, ResumeAgreement]) -> tuple[Any, ...]:
    """New business again, upon a finding."""
    return (BankAgreementResumed(s.act.finding),)


def end_agreement(s: Situation[Bank, EndAgreement]) -> tuple[Any, ...]:
    """Over, for a reason."""
    return (BankAgreementEnded(s.act.reason),)


DECIDE: dict[str, Decide] = {
    "propose_agreement": propose,
    "board": board,
    "sign_agreement": sign_agreement,
    "suspend_agreement": suspend_agreement,
    "resume_agreement": resume_agreement,
    "end_agreement": end_agreement,
}
