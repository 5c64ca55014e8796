"""What a worker does when it is told to look at a world: everything that is due, until rest.

Redis is the doorbell, PostgreSQL the record: a message says which world, never what to do there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from sqlalchemy import Engine, text

from services.kernel import acts, clock, deliveries
from services.kernel.registry import Registry

LONGEST_LOOK = 5.0  # seconds; then the bell is rung again, so that no world waits for another

Job = Callable[[Engine, Registry], int]

JOBS: tuple[Job, ...] = (deliveries.deliver, clock.step)

_WAITING = text(
    f"""
    SELECT EXISTS (SELECT 1 FROM delivery d
                   WHERE handled_at IS NULL AND NOT parked AND NOT {deliveries.HELD})
        OR EXISTS (SELECT 1 FROM clock WHERE target_date > business_date OR opening)
        OR EXISTS (SELECT 1 FROM timer t, clock c
                   WHERE NOT t.parked AND t.due_on <= c.business_date)
        OR EXISTS (SELECT 1 FROM act a, clock c WHERE {acts.READY} AND a.due_on <= c.business_date)
    """
)


def look(bind: Engine, registry: Registry, jobs: Sequence[Job] = JOBS) -> bool:
    """Do what is due in one world; True when nothing was left, False when the time was up.

    After each piece of work the first job is asked again, so deliveries go before time moves on.
    """
    until = time.monotonic() + LONGEST_LOOK
    while _first(bind, registry, jobs):
        if time.monotonic() > until:
            return False
    return True


def _first(bind: Engine, registry: Registry, jobs: Sequence[Job]) -> int:
    for job in jobs:
        done = job(bind, registry)
        if done:
            return done
    return 0


def waiting(bind: Engine) -> bool:
    """Whether something is due in a world, for the sweeper."""
    with bind.connect() as connection:
        return bool(connection.execute(_WAITING).scalar_one())
