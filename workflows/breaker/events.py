"""What has happened to a breaker."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class BreakerEvaluated:
    """Its ratio as of the day before, and since when it has been below breaker_reset."""

    wire: ClassVar[str] = "Breaker.Evaluated"
    fund: str
    bank: str
    policy: str
    ratio: Decimal
    loans: int
    balance: Money
    evaluated_on: date
    below_since: date | None


@dataclass(frozen=True, slots=True)
class BreakerWarned:
    """The ratio stands at the line of warning, or higher on too small a sample."""

    wire: ClassVar[str] = "Breaker.Warned"
    ratio: Decimal


@dataclass(frozen=True, slots=True)
class BreakerWarningEnded:
    """Below the line of warning again."""

    wire: ClassVar[str] = "Breaker.WarningEnded"
    ratio: Decimal


@dataclass(frozen=True, slots=True)
class BreakerTripped:
    """New filings and applications are refused; the products named are suspended."""

    wire: ClassVar[str] = "Breaker.Tripped"
    ratio: Decimal
    tripped_on: date
    filings: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BreakerHalfOpened:
    """Up to `monthly_room` is accepted a month; closed on `closes_on` without a new trip."""

    wire: ClassVar[str] = "Breaker.HalfOpened"
    rectification: str
    half_opened_on: date
    closes_on: date
    monthly_room: Money


@dataclass(frozen=True, slots=True)
class BreakerReset:
    """Closed again."""

    wire: ClassVar[str] = "Breaker.Reset"
    half_opened_on: date
