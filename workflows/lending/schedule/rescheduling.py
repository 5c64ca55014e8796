"""A schedule changed from a day on: new maturity, rate or number of instalments (展期, 重组).

Interest is settled to that day on the old terms; what is owed then is lent anew on the new ones.
Whether it may happen is not asked here: workflows/lending/extension.py.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from workflows.lending.days.day_count import DayCount
from workflows.lending.schedule.periods import Draw, NoSchedule, Period, dated_periods
from workflows.lending.schedule.rows import Grain, Schedule, ScheduleRow, accrue

Method = Callable[[tuple[Period, ...], Grain], Schedule]


@dataclass(frozen=True, slots=True)
class InterestTerms:
    """The terms on which a schedule bears interest; the rate is a fraction of one."""

    annual_rate: Decimal
    day_count: DayCount
    grain: Grain


@dataclass(frozen=True, slots=True)
class NewTerms:
    """From when on, on which terms and until which due dates, and how it is repaid."""

    start: date
    due_dates: Sequence[date]
    bearing: InterestTerms
    method: Method


def rescheduled(
    schedule: Schedule, *, disbursed: date, principal: int, old: InterestTerms, new: NewTerms
) -> Schedule:
    """The rows due by the day of change, the interest settled on it, then the new rows; fen.

    Raises NoSchedule when nothing is owed any more, or when the day lies before disbursement.
    """
    kept = [row for row in schedule.rows if row.due is not None and row.due <= new.start]
    since, balance = disbursed, principal
    if kept:
        since, balance = kept[-1].due or disbursed, kept[-1].balance
    if balance <= 0 or new.start < disbursed:
        raise NoSchedule("nothing_to_reschedule")
    settled = _settled(since, balance, old=old, new=new)
    past = [*kept, *([replace(settled, n=len(kept) + 1)] if settled else [])]
    later = new.method(_periods(balance, new.start, new.due_dates, new.bearing), new.bearing.grain)
    rows = [replace(row, n=row.n + len(past)) for row in later.rows]
    return Schedule((*past, *rows), later.instalment)


def _settled(since: date, balance: int, *, old: InterestTerms, new: NewTerms) -> ScheduleRow | None:
    """The row of interest between the last due date and the day of change."""
    if since == new.start:
        return None
    period = _periods(balance, since, (new.start,), old)[0]
    _, interest = accrue(period, 0, old.grain)
    return ScheduleRow(0, new.start, 0, interest, balance)


def _periods(
    balance: int, start: date, due_dates: Sequence[date], bearing: InterestTerms
) -> tuple[Period, ...]:
    return dated_periods(
        (Draw(start, balance),),
        due_dates,
        annual_rate=bearing.annual_rate,
        day_count=bearing.day_count,
    )
