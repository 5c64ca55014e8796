"""What part of a year lies between two days inside a period of a schedule, exactly.

Parts of a period add up to the whole of it, whatever the convention: a 30/360 month is 1/12 of a
year, and a part of it is its days over the days of that month.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from workflows.lending.days.day_count import DayCount, year_fraction
from workflows.lending.days.due_dates import MONTHS_OF_YEAR
from workflows.lending.days.repayment_months import months_of_periods

ADDITIVE = tuple(one for one in DayCount if one is not DayCount.MONTHS_AND_DAYS)
"""Conventions under which a period may be cut at any day."""

DayShare = Callable[[date, date], Fraction]
"""(start, end) -> part of a year; both days lie in one period."""


def day_share(opened: date, due_dates: Sequence[date], day_count: DayCount) -> DayShare:
    """How to count days of a schedule that opens on a day. Raises ValueError for 逐笔计息."""
    if day_count not in ADDITIVE:
        raise ValueError(day_count)
    if day_count is not DayCount.THIRTY_360:
        return lambda start, end: year_fraction(start, end, day_count)
    months = months_of_periods(opened, due_dates)
    periods = tuple(zip(pairwise((opened, *due_dates)), months, strict=True))

    def thirty(start: date, end: date) -> Fraction:
        found = (one for one in periods if one[0][0] <= start < one[0][1])
        (first, due), whole = next(found, periods[-1])
        return whole * (end - start).days / (due - first).days / MONTHS_OF_YEAR

    return thirty
