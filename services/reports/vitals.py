"""How each world is doing: what waits to be delivered, what is parked, how its days open.

Read from the worlds themselves, each over a short connection of its own: a queue that stands still
must show although, or because, no process of the platform is alive. Used by /metrics and `doctor`.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date

import psycopg

from services.kernel import db, worlds

AT_ONCE = 2
"""Worlds asked at the same time; each costs the server a process for some milliseconds."""
_LIMITS = "-c statement_timeout=2000"

# What stands behind a parked delivery of its stream waits for a person, not for a worker.
_ASK = """
WITH waiting AS (
  SELECT d.created_at, EXISTS (SELECT 1 FROM delivery p
                               WHERE p.stream = d.stream AND p.parked) AS held
  FROM delivery d WHERE d.handled_at IS NULL AND NOT d.parked)
SELECT (SELECT count(*) FROM waiting WHERE NOT held),
       (SELECT coalesce(extract(epoch FROM clock_timestamp() - min(created_at)), 0)::float8
        FROM waiting WHERE NOT held),
       (SELECT count(*) FROM waiting WHERE held),
       (SELECT count(*) FROM delivery WHERE parked),
       (SELECT count(*) FROM timer WHERE parked),
       (SELECT count(*) FROM act WHERE state = 'FAILED'),
       business_date, target_date,
       extract(epoch FROM opened_at - arrived_at)::float8
FROM clock
"""


@dataclass(frozen=True, slots=True)
class Vitals:
    """One world now. Ages and durations are seconds; `day_close` None before its first new day."""

    world: str
    open: int
    oldest: float
    held: int
    parked: int
    parked_timers: int
    failed_acts: int
    business_date: date
    target_date: date
    day_close: float | None

    @property
    def still(self) -> int:
        """How many things stand still until a person looks."""
        return self.parked + self.parked_timers + self.failed_acts

    @property
    def days_behind(self) -> int:
        """Calendar days between the business date and where the world is told to go."""
        return (self.target_date - self.business_date).days


@dataclass(frozen=True, slots=True)
class Unread:
    """A world that did not answer, and the kind of error."""

    world: str
    error: str


def vitals() -> tuple[list[Vitals], list[Unread]]:
    """Every world that answers, and those that do not. Raises DBAPIError without the registry."""
    known = worlds.listing()
    with ThreadPoolExecutor(max_workers=AT_ONCE, thread_name_prefix="vitals") as threads:
        found: Sequence[Vitals | Unread] = list(threads.map(_ask, known))
    return (
        [one for one in found if isinstance(one, Vitals)],
        [one for one in found if isinstance(one, Unread)],
    )


def _ask(world: worlds.World) -> Vitals | Unread:
    url = db.server_url(world.database).set(drivername="postgresql")
    try:
        # Not db.engine: asking every world would drive out the few engines that serve requests.
        with psycopg.connect(
            url.render_as_string(hide_password=False),
            autocommit=True,
            connect_timeout=2,
            options=_LIMITS,
        ) as connection:
            row = connection.execute(_ASK).fetchone()
    except psycopg.Error as error:
        return Unread(world.name, type(error).__name__)
    return Vitals(world.name, *row) if row else Unread(world.name, "NoClock")
