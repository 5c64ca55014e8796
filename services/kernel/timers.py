"""Timers due on a business day: each is a command the platform gives to its stream.

A timer that is refused or fails is parked with its reason; it never stops the day.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from services.kernel import codec, tally
from services.kernel.db import Conflict
from services.kernel.registry import Registry
from services.kernel.unit import Envelope, Unit
from workflows.roles import PLATFORM

BATCH = 500

log = structlog.get_logger("zhidai.timers")

_DUE = text(
    """
    SELECT stream, kind, due_on, command, payload FROM timer
    WHERE due_on <= :day AND NOT parked ORDER BY due_on, stream, kind LIMIT :batch FOR UPDATE
    """
)
_GONE = text(
    "DELETE FROM timer t USING unnest(CAST(:stream AS text[]), CAST(:kind AS text[]))"
    " AS v(stream, kind) WHERE t.stream = v.stream AND t.kind = v.kind"
)
_PARK = text(
    "INSERT INTO timer (stream, kind, due_on, command, payload, attempts, parked, error)"
    " VALUES (:stream, :kind, :due_on, :command, CAST(:payload AS jsonb), 1, true, :error)"
    " ON CONFLICT DO NOTHING"
)


def fire(connection: Connection, registry: Registry, day: date) -> int:
    """Fire one batch of the timers due by `day`, with that date; returns how many were due."""
    due = connection.execute(_DUE, {"day": day, "batch": BATCH}).all()
    if not due:
        return 0
    keys = {"stream": [row.stream for row in due], "kind": [row.kind for row in due]}
    connection.execute(_GONE, keys)  # gone first: the command itself may set the next of its kind
    unit = Unit(connection, registry)
    unit.preload([tuple(row.stream.split("/", 1)) for row in due], lock=True)
    reasons = [(row, _fired(unit, registry, row, day)) for row in due]
    unit.flush()
    for row, reason in reasons:
        if reason is not None:
            _park(connection, row, reason)
    tally.count(tally.TIMER, tally.DONE, sum(reason is None for _, reason in reasons))
    log.info("timers fired", day=day.isoformat(), timers=len(due), events=len(unit.events))
    return len(due)


def _fired(unit: Unit, registry: Registry, row: Any, day: date) -> str | None:
    """None when done, else why not."""
    try:
        command = codec.of_plain(registry.commands[row.command], row.payload)
        unit.run([Envelope(command, PLATFORM, day, cause=f"timer:{row.stream}:{row.kind}")])
    except (DBAPIError, Conflict):
        raise
    except Exception as error:
        tally.count(tally.TIMER, tally.outcome_of(error))
        log.warning("timer parked", stream=row.stream, kind=row.kind, reason=str(error))
        return str(error)[:500]
    return None


def _park(connection: Connection, row: Any, reason: str) -> None:
    values = {**row._mapping, "payload": codec.encode(row.payload), "error": reason}
    connection.execute(_PARK, values)
