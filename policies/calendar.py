"""Working days of the Chinese calendar, make-up weekends included.

Outside the years the library knows, Monday to Friday count less the holidays fixed by law, which
the national layer states, and the answer says so (`assumed`); ZD-1.6. Knows not today's date.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import chinese_calendar

from policies.reading.layers import shelf

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """Whether a day is worked; `assumed` when no published calendar covers it."""

    is_working: bool
    assumed: bool


@dataclass(frozen=True, slots=True)
class Counted:
    """A day counted in working days; `assumed` when any day passed on the way was assumed."""

    date: date
    assumed: bool


@lru_cache(maxsize=16384)
def working_day(day: date) -> Day:
    """Whether `day` is worked in China."""
    try:
        return Day(chinese_calendar.is_workday(day), assumed=False)
    except NotImplementedError:  # the library's word for a year it has no calendar of
        return Day(day.weekday() < SATURDAY and day not in holidays(), assumed=True)


@lru_cache(maxsize=1)
def holidays() -> frozenset[date]:
    """Days off by law in years that no calendar is published for (`statutory_holidays`)."""
    stated = shelf().layers["national"].parameters["statutory_holidays"].table["value"]
    return frozenset(date.fromisoformat(day) for day in stated)


@lru_cache(maxsize=16384)
def add_working_days(day: date, n: int) -> Counted:
    """The n-th working day after `day`, which itself is not counted (ZD-1.4); n >= 0.

    n = 0 gives `day` when it is worked, else the next working day. Raises ValueError below 0.
    """
    if n < 0:
        raise ValueError(f"{n} working days lead backwards")
    if n == 0:
        return next_working_day(day)
    assumed = False
    while n > 0:
        day += ONE_DAY
        found = working_day(day)
        assumed = assumed or found.assumed
        n -= found.is_working
    return Counted(day, assumed)


@lru_cache(maxsize=16384)
def next_working_day(day: date) -> Counted:
    """`day` itself when it is worked, else the first working day after (Civil Code 203, S42)."""
    found = working_day(day)
    assumed = found.assumed
    while not found.is_working:
        day += ONE_DAY
        found = working_day(day)
        assumed = assumed or found.assumed
    return Counted(day, assumed)


def working_days_between(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`; 0 when `end` is not after `start`."""
    days = range(1, (end - start).days + 1)
    return sum(working_day(start + timedelta(days=n)).is_working for n in days)
