"""Sweeps: on certain days many rows of a noun are given one command, set-based and in batches.

What is refused or fails gets a timer of its own for that day, which is parked if it fails again.
"""

from __future__ import annotations

from datetime import date

import structlog
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from services.kernel import tally, timers
from services.kernel.db import Conflict, passing, told
from services.kernel.registry import Registry, Sweep
from services.kernel.unit import Envelope, Unit
from workflows.lifecycle.roles import PLATFORM

BATCH = 2000

log = structlog.get_logger("zhidai.sweeps")


def run(connection: Connection, registry: Registry, day: date) -> int:
    """One batch of the first sweep that has rows left on that day; returns how many they were."""
    for sweep in registry.sweeps:
        if sweep.falls_on(day) and (done := _batch(connection, registry, sweep, day)):
            return done
    return 0


def next_day(connection: Connection, registry: Registry, day: date) -> date | None:
    """The next day on which a sweep may have rows; None where no row waits for any."""
    ahead = [
        sweep.following(day)
        for sweep in registry.sweeps
        if connection.execute(_waiting(registry, sweep), {"kind": sweep.name}).scalar_one()
    ]
    return min(ahead, default=None)


def _batch(connection: Connection, registry: Registry, sweep: Sweep, day: date) -> int:
    values = {"day": day, "batch": BATCH, "kind": sweep.name}
    ids = list(connection.execute(_due(registry, sweep), values).scalars())
    failed: list[str] = []
    if ids:
        try:
            with connection.begin_nested():
                failed = _together(connection, registry, sweep, ids, day)
        except Exception as error:
            if passing(error):
                raise
            log.warning("a batch failed and is gone through one by one", error=told(error))
            failed = ids
    for ident in failed:
        stream, command = f"{sweep.noun}/{ident}", sweep.command(ident)
        timers.put(connection, stream, sweep.name, day=day, command=command)
    return len(ids)


def _together(
    connection: Connection, registry: Registry, sweep: Sweep, ids: list[str], day: date
) -> list[str]:
    """Give all of them the command; returns those to which it could not be given."""
    unit, cause = Unit(connection, registry), f"sweep:{sweep.name}:{day.isoformat()}"
    envelopes = [Envelope(sweep.command(ident), PLATFORM, day, cause=cause) for ident in ids]
    unit.prepare(envelopes)
    failed = []
    for ident, envelope in zip(ids, envelopes, strict=True):
        try:
            unit.run([envelope])
        except (DBAPIError, Conflict):
            raise
        except Exception:
            failed.append(ident)
    unit.flush()
    tally.count(tally.TIMER, tally.DONE, len(ids) - len(failed))
    log.info("swept", sweep=sweep.name, day=day.isoformat(), rows=len(ids), alone=len(failed))
    return failed


def _rows(registry: Registry, sweep: Sweep) -> str:
    """Its rows, but those that have a timer of their own for it."""
    states = ", ".join(f"'{state}'" for state in sweep.states)
    table = registry.nouns[sweep.noun].table.name
    return (
        f"FROM {table} r WHERE r.state IN ({states}) AND r.{sweep.since} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.kind = :kind"
        f" AND t.stream = '{sweep.noun}/' || r.id)"
    )


def _due(registry: Registry, sweep: Sweep) -> TextClause:
    rows = _rows(registry, sweep)
    order = f"ORDER BY r.{sweep.since}, r.id LIMIT :batch"
    return text(f"SELECT r.id {rows} AND r.{sweep.since} < :day {order}")


def _waiting(registry: Registry, sweep: Sweep) -> TextClause:
    return text(f"SELECT EXISTS (SELECT 1 {_rows(registry, sweep)})")
