"""What has happened to a fund. Amounts are Money."""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money


@dataclass(frozen=True, slots=True)
class FundEstablished:
    """The fund exists."""

    name: str
    policy: str
    amount: Money


@dataclass(frozen=True, slots=True)
class FundToppedUp:
    """The fiscal department paid in."""

    amount: Money


@dataclass(frozen=True, slots=True)
class FundDebited:
    """Compensation left the fund."""

    amount: Money
    claim: str


@dataclass(frozen=True, slots=True)
class FundExhausted:
    """Cash did not meet a claim in full; the rest waits for money."""

    claim: str


@dataclass(frozen=True, slots=True)
class FundRecoveryReturned:
    """The fund's part of a recovery came back."""

    amount: Money
    recovery: str


# fmt: off
EVENTS: dict[str, type] = {
    "Fund.Established":      FundEstablished,
    "Fund.ToppedUp":         FundToppedUp,
    "Fund.Debited":          FundDebited,
    "Fund.Exhausted":        FundExhausted,
    "Fund.RecoveryReturned": FundRecoveryReturned,
}
# fmt: on
