"""Working days of the Chinese calendar, make-up weekends included (domain.md 0.3).

Outside the years of the library's data Monday to Friday count, and `calendar_assumed` says so.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar  # type: ignore[import-untyped]  # the library ships no types

_SATURDAY = 5


@lru_cache(maxsize=4096)
def _known(day: date) -> bool | None:
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:  # a year without published holidays
        return None


def calendar_assumed(day: date) -> bool:
    """Whether that day's year has no published holidays, so that Monday to Friday is assumed."""
    return _known(day) is None


def is_working_day(day: date) -> bool:
    """Whether banks and offices work on that day."""
    known = _known(day)
    return day.weekday() < _SATURDAY if known is None else known


def add_working_days(day: date, count: int) -> date:
    """The last day of a period of `count` working days that starts the day after `day`."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day)
    return day


def next_working_day(day: date) -> date:
    """That day, or the first working day after it (Civil Code 203, last day of a period)."""
    return day if is_working_day(day) else add_working_days(day, 1)
