"""Figures that guards and decisions about a breaker ask for."""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money
from workflows.fund.book import CoveredLoans


@dataclass(frozen=True, slots=True)
class Watched:
    """What a breaker looks at: covered loans up to its day, and what a trip would stop.

    filings: not yet decided; products: open to applications.
    """

    loans: CoveredLoans
    filings: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MonthlyVolume:
    """Principal accepted for cover a month, on average of the year before the trip."""

    amount: Money


@dataclass(frozen=True, slots=True)
class BreakersOver:
    """How the breakers over one filing stand, programme and bank.

    room: what may still be accepted this month while one of them is half open; None: no limit.
    """

    tripped: str = ""  # the breaker that stands against it
    ratio: str = ""
    room: Money | None = None
