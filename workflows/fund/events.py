"""What has happened to a fund. Amounts are Money."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class FundEstablished:
    """The fund exists."""

    wire: ClassVar[str] = "Fund.Established"
    name: str
    policy: str
    amount: Money
    fiscal: str = ""


@dataclass(frozen=True, slots=True)
class FundToppedUp:
    """The fiscal department paid in."""

    wire: ClassVar[str] = "Fund.ToppedUp"
    amount: Money


@dataclass(frozen=True, slots=True)
class FundDebited:
    """Compensation left the fund."""

    wire: ClassVar[str] = "Fund.Debited"
    amount: Money
    claim: str


@dataclass(frozen=True, slots=True)
class FundExhausted:
    """Cash did not meet a claim in full; the rest waits for money."""

    wire: ClassVar[str] = "Fund.Exhausted"
    claim: str


@dataclass(frozen=True, slots=True)
class FundCompensationReturned:
    """A bank gave compensation back."""

    wire: ClassVar[str] = "Fund.CompensationReturned"
    amount: Money
    claim: str


@dataclass(frozen=True, slots=True)
class FundRecoveryReturned:
    """The fund's part of a recovery came back."""

    wire: ClassVar[str] = "Fund.RecoveryReturned"
    amount: Money
    recovery: str
