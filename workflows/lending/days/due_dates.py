"""When instalments fall due: by months, weeks or days, at month ends, or on settlement days.

Pure calendar; working days are policies/calendar.py. Dates of months count from the first date,
so that a 31st comes back after a February (ZD-3.6.7; no drift to the 28th).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import Enum

Dates = tuple[date, ...]
MONTHS_OF_YEAR = 12
SETTLED_THROUGH = 20
"""Day of the month through which interest is settled, inclusive (银发〔1999〕77号 art. 20)."""


class MonthEnd(Enum):
    """What becomes of a day that a month lacks: the 31st of April."""

    CLAMP = "clamp"  # the last day of that month
    ROLL = "roll"  # the first day of the next


class Settlement(Enum):
    """Settlement through the 20th of certain months, paid on the 21st; value = word of a flag."""

    MONTHLY_20 = "monthly_20"
    QUARTERLY_20 = "quarterly_20"


def add_months(day: date, months: int, rule: MonthEnd = MonthEnd.CLAMP) -> date:
    """The same day of the month, `months` later or earlier. Raises ValueError beyond 1..9999."""
    return of_month(day.year * MONTHS_OF_YEAR + day.month - 1 + months, day.day, rule)


def every_months(first: date, count: int, *, step: int, rule: MonthEnd = MonthEnd.CLAMP) -> Dates:
    """`count` dates from `first` on, `step` months apart."""
    return tuple(add_months(first, n * step, rule) for n in range(count))


def every_days(first: date, count: int, *, step: int) -> Dates:
    """`count` dates from `first` on, `step` days apart (weeks: 7, two weeks: 14)."""
    return tuple(first + timedelta(days=n * step) for n in range(count))


def month_ends(first: date, count: int, *, step: int = 1) -> Dates:
    """The last day of `count` months, `step` apart, the month of `first` being the first."""
    numbers = [first.year * MONTHS_OF_YEAR + first.month - 1 + n * step for n in range(count)]
    return tuple(of_month(number, 31) for number in numbers)


def first_of_next_months(start: date, count: int, *, step: int = 1) -> Dates:
    """The first day of `count` months, `step` apart, the month after `start` being the first."""
    return every_months(add_months(start.replace(day=1), 1), count, step=step)


def settlement_days(start: date, maturity: date, settlement: Settlement) -> Dates:
    """The days on which settled interest is paid, the maturity last.

    Interest runs through the 20th inclusive and is paid on the 21st, hence the period ends there
    (the end day not counted); quarters end in March, June, September, December. Vector V32.
    """
    step = 1 if settlement is Settlement.MONTHLY_20 else 3
    months = range(start.year * 12 + start.month - 1, maturity.year * 12 + maturity.month)
    days = [of_month(m, SETTLED_THROUGH + 1) for m in months if _ends(m, step)]
    return (*(day for day in days if start < day < maturity), maturity)


def of_month(number: int, day: int, rule: MonthEnd = MonthEnd.CLAMP) -> date:
    """The `day`th of a month; months are counted from January of year 0 as 0."""
    year, month = divmod(number, MONTHS_OF_YEAR)
    longest = monthrange(year, month + 1)[1]
    if day > longest and rule is MonthEnd.ROLL:
        return date(year, month + 1, longest) + timedelta(days=1)
    return date(year, month + 1, min(day, longest))


def _ends(month: int, step: int) -> bool:
    return (month + 1) % step == 0
