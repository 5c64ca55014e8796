"""What part of a year the days between two dates are, exactly, in the conventions servicing needs.

A part of a 30/360 month is days over the actual days of that month, a whole one 1/12 of a year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from functools import partial

MONTHS_A_YEAR = 12

DayShare = Callable[[date, date, date, date], Fraction]
"""(opened, due, start, end) -> part of a year from start to end inside the period."""


def actual(year_days: int) -> DayShare:
    """Calendar days over a fixed year: 360, 364 or 365."""
    return partial(_actual, year_days)


def _actual(year_days: int, _opened: date, _due: date, start: date, end: date) -> Fraction:
    return Fraction((end - start).days, year_days)


def thirty_360(opened: date, due: date, start: date, end: date) -> Fraction:
    """Whole months of the period are 1/12 each; a part is its days over the month's own."""
    months = max(1, (due.year - opened.year) * MONTHS_A_YEAR + due.month - opened.month)
    return Fraction(months * (end - start).days, MONTHS_A_YEAR * (due - opened).days)


SHARES: Mapping[str, DayShare] = {
    "actual/360": actual(360),
    "actual/364": actual(364),
    "actual/365": actual(365),
    "30/360": thirty_360,
}
