"""A bank that joins the programme by agreement: its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Bank:
    """A cooperating bank. `quota`: the most it may have outstanding; zero means no limit."""

    id: str
    state: str
    policy: str
    fund: str
    name: str
    quota: Money = Money.ZERO
    signed_on: date | None = None
    ends_on: date | None = None
    stopped_for: str = ""

    @property
    def bank(self) -> str:
        """The organisation the bank's own people belong to: itself."""
        return self.id


@dataclass(frozen=True, slots=True)
class ProposeAgreement:
    """Offer a bank the programme agreement; it would end on `ends_on`, inclusive."""

    bank: str
    fund: str
    name: str
    quota: Money
    ends_on: date
    case: str


@dataclass(frozen=True, slots=True)
class BoardBank:
    """Bring in the bank of a boarded book as a signed one."""

    bank: str
    fund: str
    name: str
    case: str


@dataclass(frozen=True, slots=True)
class SignAgreement:
    """Sign on both sides: the bank's approver and the fund's."""

    bank: str


@dataclass(frozen=True, slots=True)
class SuspendAgreement:
    """Stop new business with the bank for a stated cause."""

    bank: str
    cause: str


@dataclass(frozen=True, slots=True)
class ResumeAgreement:
    """Lift the stop; `finding` says why its cause is gone."""

    bank: str
    finding: str


@dataclass(frozen=True, slots=True)
class EndAgreement:
    """End the agreement; loans already covered stay covered."""

    bank: str
    reason: str


COMMANDS: dict[type[Any], str] = {
    ProposeAgreement: "propose_agreement",
    BoardBank: "board",
    SignAgreement: "sign_agreement",
    SuspendAgreement: "suspend_agreement",
    ResumeAgreement: "resume_agreement",
    EndAgreement: "end_agreement",
}
