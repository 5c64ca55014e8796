"""How many months each repayment period is under 30/360, as exact fractions.

Due dates keep one day of the month; a shorter month's last day, or the first of the next, stands
for it (both month-end rules), so that 31 January to 1 March may be one whole month. A schedule
of equal weeks or days has no months: there a month is 30 days.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from workflows.lending.days.due_dates import MONTHS_OF_YEAR, MonthEnd, add_months, of_month

MONTH_DAYS, LONGEST_MONTH = 30, 31


def months_of_periods(start: date, due_dates: Sequence[date]) -> tuple[Fraction, ...]:
    """Months from `start` to the first due date and from each due date to the next."""
    edges = list(pairwise((start, *due_dates)))
    days = {(b - a).days for a, b in edges}
    anchor = max(day.day for day in due_dates)
    later = whole_months(due_dates, anchor)
    if later is None and len(days) == 1:
        return (Fraction(days.pop(), MONTH_DAYS),) * len(edges)
    if len(due_dates) == 1 or later is None:
        return tuple(_from_end_to_end(a, b) or months_between(a, b) for a, b in edges)
    first = whole_months((start, due_dates[0]), anchor)
    opening = Fraction(first[0]) if first else months_between(start, due_dates[0])
    return (opening, *(Fraction(months) for months in later))


def regular_months(
    start: date, due_dates: Sequence[date], rule: MonthEnd | None = None
) -> tuple[int | None, ...]:
    """Whole months of each period by its day of the month; None for a broken period (ZD-3.6.4).

    That day is the start's or the latest of the due dates, under the month-end rule told, or of
    several due dates under the one that leaves fewest periods broken.
    """
    rules = (rule,) if rule else tuple(MonthEnd)[: len(due_dates)]
    anchors = (start.day, max(day.day for day in due_dates))
    ways = [_numbers((start, *due_dates), day, one) for day in anchors for one in rules]
    best = min(ways, key=lambda way: way.count(None))
    return tuple(
        b - a if a is not None and b is not None and b > a else None for a, b in pairwise(best)
    )


def _numbers(days: Sequence[date], anchor: int, rule: MonthEnd) -> tuple[int | None, ...]:
    """The month for whose `anchor`th each day stands."""
    found = []
    for day in days:
        number = _number(day)
        ways = (number, number - 1) if rule is MonthEnd.ROLL else (number,)
        found.append(next((way for way in ways if of_month(way, anchor, rule) == day), None))
    return tuple(found)


def months_between(start: date, end: date) -> Fraction:
    """Whole months from `start`, then days / actual days of the month that they begin."""
    months = max(0, _number(end) - _number(start) - 1)
    while add_months(start, months + 1) <= end:
        months += 1
    edge, following = add_months(start, months), add_months(start, months + 1)
    return months + Fraction((end - edge).days, (following - edge).days)


def _from_end_to_end(start: date, end: date) -> Fraction | None:
    """Whole months from one month's last day to another's; None for other days."""
    months = _number(end) - _number(start)
    ends = all(day == of_month(_number(day), LONGEST_MONTH) for day in (start, end))
    return Fraction(months) if ends and months else None


def whole_months(days: Sequence[date], anchor: int) -> tuple[int, ...] | None:
    """Whole months between neighbours; None when a day stands for no `anchor`th of a month."""
    stands = [_stands_for(day, anchor) for day in days]
    months = tuple(b - a for a, b in pairwise(m for m in stands if m is not None))
    return None if None in stands or any(step <= 0 for step in months) else months


def _stands_for(day: date, anchor: int) -> int | None:
    """The month, counted from year 0, to which a date belongs as its `anchor`th day."""
    number = _number(day)
    if day == of_month(number, anchor):
        return number
    return number - 1 if day == of_month(number - 1, anchor, MonthEnd.ROLL) else None


def _number(day: date) -> int:
    return day.year * MONTHS_OF_YEAR + day.month - 1
