"""Interest of a balance that changes, for any two dates, derived on read; rounded when posted.

A pure function of balances, rate and dates: splitting a period at any day changes nothing before
posting (ZD-C.3). What a loan has borne by its record is workflows/lending/interest.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from policies.money import Money
from workflows.lending.rounding import Rounding, rounded


@dataclass(frozen=True, slots=True)
class Balance:
    """What is outstanding from a day on, until the next balance."""

    since: date
    amount: Money


def accrued(
    balances: Sequence[Balance], annual_rate: Decimal, between: tuple[date, date], *, year_days: int
) -> Fraction:
    """Interest in fen, exact, from the first day (counted) to the last (not counted)."""
    start, end = between
    days = sorted({start, end, *(one.since for one in balances if start < one.since < end)})
    products = sum(
        balance_on(balances, first).fen * (last - first).days for first, last in pairwise(days)
    )
    return products * Fraction(annual_rate) / year_days


def posted(
    balances: Sequence[Balance], annual_rate: Decimal, days: Sequence[date], *, year_days: int
) -> tuple[Money, ...]:
    """Interest from each day to the next, half-up to the fen: one posting each. Vector V32."""
    return tuple(
        Money(
            rounded(accrued(balances, annual_rate, between, year_days=year_days), Rounding.HALF_UP)
        )
        for between in pairwise(days)
    )


def balance_on(balances: Sequence[Balance], on: date) -> Money:
    """What is outstanding on a day; nothing before the first balance."""
    known = [one for one in balances if one.since <= on]
    return max(known, key=lambda one: one.since).amount if known else Money.ZERO
