"""The periods of a repayment schedule: when each starts and falls due, and what it accrues.

A period is cut into slices where money is disbursed; each slice has its own interest factor (rate
x part of a year), an exact fraction. Nothing is rounded here. ZD-3.6.7.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from workflows.lending.days.day_count import DayCount, year_fraction
from workflows.lending.days.due_dates import MONTHS_OF_YEAR, MonthEnd
from workflows.lending.days.repayment_months import months_of_periods, regular_months


class NoSchedule(ValueError):
    """No schedule follows from the terms; `code` says why, `period` counts from 1."""

    def __init__(self, code: str, *, period: int = 0) -> None:
        super().__init__(code)
        self.code = code
        self.period = period


@dataclass(frozen=True, slots=True)
class Draw:
    """A disbursement: its day and its amount in fen."""

    day: date
    fen: int


@dataclass(frozen=True, slots=True)
class Slice:
    """Part of a period: what is disbursed at its start (fen), then interest by `factor`."""

    drawn: int
    factor: Fraction


@dataclass(frozen=True, slots=True)
class Period:
    """The n-th period, n from 1. `due` is None in a schedule without dates."""

    n: int
    due: date | None
    slices: tuple[Slice, ...]

    @property
    def factor(self) -> Fraction:
        """Interest on one fen held for the whole period."""
        return sum((one.factor for one in self.slices), Fraction(0))

    @property
    def drawn(self) -> int:
        """Disbursed within the period, its first day included, fen."""
        return sum(one.drawn for one in self.slices)


def dated_periods(
    draws: Sequence[Draw],
    due_dates: Sequence[date],
    *,
    annual_rate: Decimal,
    day_count: DayCount,
    start: date | None = None,
    month_end: MonthEnd | None = None,
) -> tuple[Period, ...]:
    """Periods up to each due date; the first from `start`, or from the first disbursement.

    Under 30/360 and 逐笔计息 a regular period of k months bears k/12 of a year, whatever becomes of
    a day that a month lacks (`month_end`, None: as the due dates show); only broken periods count
    days (ZD-3.6.4).
    A disbursement on a due date belongs to the period that follows. Raises NoSchedule when one
    lies before the start, or on or after the last due date.
    """
    first = start or min(draw.day for draw in draws)
    if any(not first <= draw.day < due_dates[-1] for draw in draws) or due_dates[0] <= first:
        raise NoSchedule("disbursed_outside")
    edges = list(pairwise((first, *due_dates)))
    months = _months(first, due_dates, day_count, month_end)
    rate = Fraction(annual_rate)
    return tuple(
        Period(
            n,
            due,
            _slices(
                [draw for draw in draws if begin <= draw.day < due],
                (begin, due),
                rate=rate,
                day_count=day_count,
                months=months[n - 1],
            ),
        )
        for n, (begin, due) in enumerate(edges, 1)
    )


def _months(
    first: date, due_dates: Sequence[date], day_count: DayCount, month_end: MonthEnd | None
) -> Sequence[Fraction | int | None]:
    """The months that each period counts; None where it counts days."""
    if day_count is DayCount.THIRTY_360:
        return months_of_periods(first, due_dates)
    if day_count is DayCount.MONTHS_AND_DAYS:
        return regular_months(first, due_dates, month_end)
    return (None,) * len(due_dates)


def even_periods(
    principal: int, count: int, *, annual_rate: Decimal, months: int
) -> tuple[Period, ...]:
    """Periods without dates, each of `months` whole months under 30/360; principal in fen."""
    factor = Fraction(annual_rate) * months / MONTHS_OF_YEAR
    drawn = [principal] + [0] * (count - 1)
    return tuple(Period(n, None, (Slice(fen, factor),)) for n, fen in enumerate(drawn, 1))


def interest_free(periods: Sequence[Period], count: int) -> tuple[Period, ...]:
    """The same periods, the first `count` of them bearing no interest."""
    return tuple(
        replace(p, slices=tuple(replace(s, factor=Fraction(0)) for s in p.slices))
        if p.n <= count
        else p
        for p in periods
    )


def _slices(
    draws: Sequence[Draw],
    edges: tuple[date, date],
    *,
    rate: Fraction,
    day_count: DayCount,
    months: Fraction | int | None,
) -> tuple[Slice, ...]:
    """A period cut at its disbursements; its months, where it has some, are shared by days."""
    begin, due = edges
    cuts = sorted({begin, *(draw.day for draw in draws)})
    slices = []
    for a, b in pairwise((*cuts, due)):
        part = year_fraction(a, b, day_count)
        if months is not None:
            part = Fraction(months) / MONTHS_OF_YEAR * Fraction((b - a).days, (due - begin).days)
        slices.append(Slice(sum(draw.fen for draw in draws if draw.day == a), rate * part))
    return tuple(slices)
