"""Which part of a year lies between two days, by each day count convention, as an exact fraction.

The start day counts, the end day does not (算头不算尾; ZD-1.4). Knows no money.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from fractions import Fraction

from workflows.lending.days.due_dates import MONTHS_OF_YEAR, add_months
from workflows.lending.days.repayment_months import months_between

# Days of the year that a day count convention divides by.
YEAR_DAYS: Mapping[str, int] = {"ACT_360": 360, "ACT_364": 364, "ACT_365": 365}


class DayCount(Enum):
    """The conventions; the value is the word that a case or a flag uses."""

    THIRTY_360 = "30/360"  # whole months are twelfths; a broken part: days / days of that month
    ACT_360 = "actual/360"  # RMB loans: daily rate = annual rate / 360
    ACT_364 = "actual/364"  # years of 52 weeks
    ACT_365 = "actual/365"
    ACT_ACT_SPLIT = "actual/actual-split"  # ISDA: the night of 31 December is the old year's
    ACT_ACT_ENDDATE = "actual/actual-enddate"  # the night of 31 December is the new year's
    MONTHS_AND_DAYS = "months/12+days/360"  # 逐笔计息 (ZD-3.6.4)


def year_fraction(start: date, end: date, day_count: DayCount) -> Fraction:
    """The part of a year from `start` to `end`; below zero never: 0 when end is not after start."""
    return _COUNTS[day_count](start, end) if end > start else Fraction(0)


def _fixed(days: int) -> Callable[[date, date], Fraction]:
    return lambda start, end: Fraction((end - start).days, days)


def _thirty(start: date, end: date) -> Fraction:
    return months_between(start, end) / MONTHS_OF_YEAR


def _months_and_days(start: date, end: date) -> Fraction:
    months = int(months_between(start, end))
    odd_days = (end - add_months(start, months)).days
    return Fraction(months, MONTHS_OF_YEAR) + Fraction(odd_days, YEAR_DAYS["ACT_360"])


def _split(start: date, end: date) -> Fraction:
    """Each night by the year of the day it follows."""
    years = range(start.year, end.year + 1)
    return sum((_of_year(start, end, year=y) for y in years), Fraction(0))


def _enddate(start: date, end: date) -> Fraction:
    """Each night by the year of the day it leads to: as `_split`, the year ending a day sooner."""
    years = range(start.year, end.year + 1)
    return sum((_of_year(start, end, year=y, ends_early=1) for y in years), Fraction(0))


def _of_year(start: date, end: date, *, year: int, ends_early: int = 0) -> Fraction:
    """The part within one calendar year, over that year's own days."""
    first = date(year, 1, 1).toordinal() - ends_early
    last = date(year, 12, 31).toordinal() + 1 - ends_early
    days = min(end.toordinal(), last) - max(start.toordinal(), first)
    return Fraction(max(0, days), _days_of(year))


def _days_of(year: int) -> int:
    return (date(year, 12, 31) - date(year, 1, 1)).days + 1


# fmt: off
_COUNTS: Mapping[DayCount, Callable[[date, date], Fraction]] = {
    DayCount.THIRTY_360:      _thirty,
    DayCount.ACT_360:         _fixed(YEAR_DAYS["ACT_360"]),
    DayCount.ACT_364:         _fixed(YEAR_DAYS["ACT_364"]),
    DayCount.ACT_365:         _fixed(YEAR_DAYS["ACT_365"]),
    DayCount.ACT_ACT_SPLIT:   _split,
    DayCount.ACT_ACT_ENDDATE: _enddate,
    DayCount.MONTHS_AND_DAYS: _months_and_days,
}
# fmt: on
