"""What a worker does when it is told to look at a world: everything that is due, until rest.

Redis is the doorbell, PostgreSQL the record: a message says which world, never what to do there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, text

from services.kernel import clock, deliveries
from services.kernel.registry import Registry

LONGEST_LOOK = 5.0  # seconds; then the bell is rung again, so that no world waits for another


@dataclass(frozen=True, slots=True)
class Job:
    """A kind of work. do: one batch, returns how much was done; waits: SQL, whether any is due."""

    do: Callable[[Engine, Registry], int]
    waits: str


DELIVERIES = Job(deliveries.deliver, deliveries.WAITS)
CLOCK = Job(clock.step, clock.WAITS)
JOBS = (DELIVERIES, CLOCK)


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
        done = job.do(bind, registry)
        if done:
            return done
    return 0


def waiting(bind: Engine, jobs: Sequence[Job] = JOBS) -> bool:
    """Whether something is due in a world, for the sweeper: whoever was told may be dead."""
    asked = text("SELECT " + " OR ".join(f"({job.waits})" for job in jobs))
    with bind.connect() as connection:
        return bool(connection.execute(asked).scalar_one())
