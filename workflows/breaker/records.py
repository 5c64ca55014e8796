"""A breaker (熔断): its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Breaker:
    """The breaker of a fund's programme, or of one bank in it (`bank` set)."""

    id: str
    state: str
    fund: str
    bank: str
    policy: str
    ratio: Decimal
    loans: int
    balance: Money
    evaluated_on: date
    below_since: date | None = None  # the ratio has been below breaker_reset since then
    tripped_on: date | None = None
    rectification: str = ""
    half_opened_on: date | None = None
    closes_on: date | None = None  # without a new trip
    monthly_room: Money = Money.ZERO  # while half open

    @property
    def breaker(self) -> str:
        """Its own id."""
        return self.id


def breaker_id(fund: str, bank: str = "") -> str:
    """The programme's breaker is named after the fund, a bank's after both."""
    return f"{fund}.{bank}" if bank else fund


@dataclass(frozen=True, slots=True)
class EvaluateBreaker:
    """Look at the book of the day before, and act on it."""

    trigger: ClassVar[str] = "evaluate"
    breaker: str
    fund: str
    bank: str = ""


@dataclass(frozen=True, slots=True)
class WarnBreaker:
    """The ratio has reached the line of warning."""

    trigger: ClassVar[str] = "warn"
    breaker: str


@dataclass(frozen=True, slots=True)
class EndWarning:
    """The ratio is below the line of warning again."""

    trigger: ClassVar[str] = "end_warning"
    breaker: str


@dataclass(frozen=True, slots=True)
class TripBreaker:
    """Stop new business; named are the filings and products it stops."""

    trigger: ClassVar[str] = "trip"
    breaker: str
    filings: tuple[str, ...]
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HalfOpenBreaker:
    """Let some new business in again, on a written rectification."""

    trigger: ClassVar[str] = "half_open"
    breaker: str
    rectification: str


@dataclass(frozen=True, slots=True)
class ResetBreaker:
    """The trial went well."""

    trigger: ClassVar[str] = "reset"
    breaker: str
