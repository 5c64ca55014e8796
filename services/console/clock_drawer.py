"""What stands at the foot of every page: the world's date and the next days with things due.

Moving the date is clock_pages.py; each day's timers are fired by the workers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from policies.calendar import working_day
from services.kernel import standing_still
from services.kernel.i18n import label
from services.kernel.registry import Registry

DAYS = 5

# The days one by one along the index: a book of a million timers costs as much as one of ten.
_NEXT = text(
    """
    WITH RECURSIVE due(day, n) AS (
        (SELECT t.due_on, 1 FROM timer t, clock c WHERE NOT t.parked AND t.due_on > c.business_date
         ORDER BY t.due_on LIMIT 1)
        UNION ALL
        SELECT (SELECT t.due_on FROM timer t WHERE NOT t.parked AND t.due_on > due.day
                ORDER BY t.due_on LIMIT 1), n + 1
        FROM due WHERE due.day IS NOT NULL AND n < :days
    )
    SELECT d.day, (SELECT count(*) FROM timer t WHERE t.due_on = d.day AND NOT t.parked) AS number,
           one.stream, one.command
    FROM due d, LATERAL (SELECT t.stream, t.command FROM timer t
                         WHERE t.due_on = d.day AND NOT t.parked
                         ORDER BY t.stream LIMIT 1) one
    ORDER BY d.day
    """
)
_CLOCK = text("SELECT business_date, target_date, opening FROM clock")


@dataclass(frozen=True, slots=True)
class DueDay:
    """A day on which the platform has something to do, with the first of it."""

    day: date
    days: int  # from today
    number: int
    act: str
    noun: str
    ident: str


@dataclass(frozen=True, slots=True)
class Drawer:
    """The date as it stands, and what is due next."""

    today: date
    target: date
    working: bool
    due: Sequence[DueDay]
    still: int  # things that failed and wait for a person

    @property
    def advancing(self) -> bool:
        """Whether the workers are still on their way to the target."""
        return self.target > self.today

    @property
    def weekday(self) -> int:
        """0 = Monday."""
        return self.today.weekday()


def read(connection: Connection, registry: Registry, lang: str) -> Drawer:
    """The clock of a world and the next DAYS days that have timers."""
    clock = connection.execute(_CLOCK).one()
    rows = connection.execute(_NEXT, {"days": DAYS})
    due = [_due(row, registry, clock.business_date, lang) for row in rows]
    return Drawer(
        clock.business_date,
        clock.target_date,
        working_day(clock.business_date).is_working,
        due,
        standing_still.count(connection),
    )


def _due(row: Any, registry: Registry, today: date, lang: str) -> DueDay:
    noun, _, ident = row.stream.partition("/")
    kind = registry.commands.get(row.command)
    lifecycle = registry.nouns[noun].lifecycle if noun in registry.nouns else None
    trigger = lifecycle.commands.get(kind) if lifecycle and kind else None
    act = label(f"trigger.{noun}.{trigger}", lang) if trigger else label(f"noun.{noun}", lang)
    return DueDay(row.day, (row.day - today).days, row.number, act, noun, ident)
