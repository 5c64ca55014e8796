"""How many months each repayment period is under 30/360, as exact fractions.

Due dates keep one day of the month; a shorter month's last day, or the first of the next, stands
for it (both month-end rules), so that 31 January to 1 March may be one whole month. A broken
first period is counted back from its due date: whole months, then days / actual days of that month.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise

from workflows.due_dates import MONTHS_OF_YEAR, MonthEnd, add_months, of_month


def months_of_periods(start: date, due_dates: Sequence[date]) -> tuple[Fraction, ...]:
    """Months from `start` to the first due date and from each due date to the next."""
    anchor = max(day.day for day in due_dates)
    later = whole_months(due_dates, anchor)
    if len(due_dates) == 1 or later is None:
        return tuple(months_between(a, b, b.day) for a, b in pairwise((start, *due_dates)))
    first = whole_months((start, due_dates[0]), anchor)
    if first is not None:
        return tuple(Fraction(months) for months in (*first, *later))
    broken = months_between(start, due_dates[0], anchor)
    return (broken, *(Fraction(months) for months in later))


def whole_months(days: Sequence[date], anchor: int) -> tuple[int, ...] | None:
    """Whole months between neighbours; None when a day stands for no `anchor`th of a month."""
    stands = [stands_for(day, anchor) for day in days]
    months = tuple(b - a for a, b in pairwise(m for m in stands if m is not None))
    return None if None in stands or any(step <= 0 for step in months) else months


def months_between(start: date, end: date, anchor: int) -> Fraction:
    """Months from `start` to `end`, counted back from `end`, which is an `anchor`th of a month."""
    months = (end.year - start.year) * MONTHS_OF_YEAR + end.month - start.month
    if add_months(start, months) == end:
        return Fraction(months)
    number = stands_for(end, anchor)
    if number is None:
        raise ValueError(f"{end} stands for no {anchor}th of a month")
    months = 0
    while of_month(number - months - 1, anchor) >= start:
        months += 1
    edge = of_month(number - months, anchor) if months else end
    odd_days = (edge - start).days
    return months + Fraction(odd_days, (edge - of_month(number - months - 1, anchor)).days)


def stands_for(day: date, anchor: int) -> int | None:
    """The month, counted from year 0, to which a date belongs as its `anchor`th day."""
    number = day.year * MONTHS_OF_YEAR + day.month - 1
    if day == of_month(number, anchor):
        return number
    return number - 1 if day == of_month(number - 1, anchor, MonthEnd.ROLL) else None
