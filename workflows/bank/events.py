"""What can have happened to a bank's programme agreement, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money


@dataclass(frozen=True, slots=True)
class BankAgreementProposed:
    """The fund offered the agreement."""

    policy: str
    fund: str
    name: str
    quota: Money
    ends_on: date


@dataclass(frozen=True, slots=True)
class BankBoarded:
    """The bank of a boarded book counts as signed from that day."""

    policy: str
    fund: str
    name: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class BankAgreementSigned:
    """The bank may publish products, take leads and file loans until `ends_on`, inclusive."""

    signed_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class BankAgreementSuspended:
    """No new products, leads or filings for now."""

    cause: str


@dataclass(frozen=True, slots=True)
class BankAgreementResumed:
    """New business is allowed again."""

    finding: str


@dataclass(frozen=True, slots=True)
class BankAgreementEnded:
    """The agreement is over."""

    reason: str


EVENTS: dict[str, type[Any]] = {
    "Bank.AgreementProposed": BankAgreementProposed,
    "Bank.Boarded": BankBoarded,
    "Bank.AgreementSigned": BankAgreementSigned,
    "Bank.AgreementSuspended": BankAgreementSuspended,
    "Bank.AgreementResumed": BankAgreementResumed,
    "Bank.AgreementEnded": BankAgreementEnded,
}
