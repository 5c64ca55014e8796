"""What can have happened to a bank's programme agreement, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class BankAgreementProposed:
    """The fund offered the agreement."""

    wire: ClassVar[str] = "Bank.AgreementProposed"
    policy: str
    fund: str
    name: str
    quota: Money
    ends_on: date


@dataclass(frozen=True, slots=True)
class BankBoarded:
    """The bank of a boarded book counts as signed from that day."""

    wire: ClassVar[str] = "Bank.Boarded"
    policy: str
    fund: str
    name: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class BankAgreementSigned:
    """The bank may publish products, take leads and file loans until `ends_on`, inclusive."""

    wire: ClassVar[str] = "Bank.AgreementSigned"
    signed_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class BankAgreementSuspended:
    """No new products, leads or filings for now."""

    wire: ClassVar[str] = "Bank.AgreementSuspended"
    cause: str


@dataclass(frozen=True, slots=True)
class BankAgreementResumed:
    """New business is allowed again."""

    wire: ClassVar[str] = "Bank.AgreementResumed"
    finding: str


@dataclass(frozen=True, slots=True)
class BankAgreementEnded:
    """The agreement is over."""

    wire: ClassVar[str] = "Bank.AgreementEnded"
    reason: str
