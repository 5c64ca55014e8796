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
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation

Asked = Situation[Any]


def propose(s: Asked) -> tuple[Any, ...]:
    """The terms as offered."""
    a = s.act
    return (BankAgreementProposed(s.policy.ref, a.fund, a.name, a.quota, a.ends_on),)


def board(s: Asked) -> tuple[Any, ...]:
    """A boarded book's bank counts as signed from today, without an end."""
    return (BankBoarded(s.policy.ref, s.act.fund, s.act.name, s.today),)


DECIDE: dict[str, Decide] = {
    "propose_agreement": propose,
    "board": board,
    "sign_agreement": lambda s: (BankAgreementSigned(s.today, s.it.ends_on),),
    "suspend_agreement": lambda s: (BankAgreementSuspended(s.act.cause),),
    "resume_agreement": lambda s: (BankAgreementResumed(s.act.finding),),
    "end_agreement": lambda s: (BankAgreementEnded(s.act.reason),),
}
