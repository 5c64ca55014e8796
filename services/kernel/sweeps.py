"""Sweeps: on certain days many rows of a noun are given one command, set-based and in batches.

What is refused or fails is parked as a timer with its reason; it never stops the day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from services.kernel import codec, tally
from services.kernel.db import Conflict
from services.kernel.registry import Registry, Sweep
from services.kernel.timers import park
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
    if not ids:
        return 0
    unit, cause = Unit(connection, registry), f"sweep:{sweep.name}:{day.isoformat()}"
    envelopes = [Envelope(sweep.command(ident), PLATFORM, day, cause=cause) for ident in ids]
    unit.prepare(envelopes)
    failed = []
    for ident, envelope in zip(ids, envelopes, strict=True):
        try:
            unit.run([envelope])
        except (DBAPIError, Conflict):
            raise
        except Exception as error:
            failed.append((ident, envelope.command, error))
    unit.flush()
    for ident, command, failure in failed:
        park(connection, _as_timer(sweep, ident, command, day), failure)
    tally.count(tally.TIMER, tally.DONE, len(ids) - len(failed))
    log.info("swept", sweep=sweep.name, day=day.isoformat(), rows=len(ids), parked=len(failed))
    return len(ids)


def _as_timer(sweep: Sweep, ident: str, command: Any, day: date) -> dict[str, Any]:
    return {
        "stream": f"{sweep.noun}/{ident}",
        "kind": sweep.name,
        "due_on": day,
        "command": type(command).__name__,
        "payload": codec.plain(command),
    }


def _rows(registry: Registry, sweep: Sweep) -> str:
    """Its rows, but those for which it is parked."""
    states = ", ".join(f"'{state}'" for state in sweep.states)
    table = registry.nouns[sweep.noun].table.name
    return (
        f"FROM {table} r WHERE r.state IN ({states}) AND r.{sweep.since} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM timer t WHERE t.parked AND t.kind = :kind"
        f" AND t.stream = '{sweep.noun}/' || r.id)"
    )


def _due(registry: Registry, sweep: Sweep) -> TextClause:
    rows = _rows(registry, sweep)
    order = f"ORDER BY r.{sweep.since}, r.id LIMIT :batch"
    return text(f"SELECT r.id {rows} AND r.{sweep.since} < :day {order}")


def _waiting(registry: Registry, sweep: Sweep) -> TextClause:
    return text(f"SELECT EXISTS (SELECT 1 {_rows(registry, sweep)})")
