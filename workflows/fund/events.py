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
    """The fiscal department paid in.

    line: waiting claims that the cash now reaches, in order; awaited: the fund was low.
    """

    wire: ClassVar[str] = "Fund.ToppedUp"
    amount: Money
    line: tuple[str, ...] = ()
    awaited: bool = False


@dataclass(frozen=True, slots=True)
class FundTopUpCommitted:
    """The fiscal department is bound to pay in."""

    wire: ClassVar[str] = "Fund.TopUpCommitted"
    amount: Money
    paper: str


@dataclass(frozen=True, slots=True)
class FundTopUpRequested:
    """Cash lies below the low water; `amount` brings it back there."""

    wire: ClassVar[str] = "Fund.TopUpRequested"
    amount: Money


@dataclass(frozen=True, slots=True)
class FundWatchEnded:
    """Cash suffices again."""

    wire: ClassVar[str] = "Fund.WatchEnded"
    cash: Money


@dataclass(frozen=True, slots=True)
class FundReactivated:
    """The line of claims goes on."""

    wire: ClassVar[str] = "Fund.Reactivated"
    cash: Money


@dataclass(frozen=True, slots=True)
class FundInterestCredited:
    """The account bore interest."""

    wire: ClassVar[str] = "Fund.InterestCredited"
    amount: Money


@dataclass(frozen=True, slots=True)
class FundFeeCharged:
    """Managing the fund was paid for."""

    wire: ClassVar[str] = "Fund.FeeCharged"
    amount: Money
    paper: str


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
