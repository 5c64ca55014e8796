"""Timers due on a business day: each is a command the platform gives to its stream.

A timer that is refused or fails is parked with its reason; it never stops the day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from services.kernel import codec, tally
from services.kernel.db import Conflict, passing, told
from services.kernel.registry import Registry
from services.kernel.unit import Envelope, Unit
from services.kernel.writing import drop_timers
from workflows.lifecycle.roles import PLATFORM

BATCH = 500

log = structlog.get_logger("zhidai.timers")

_DUE = text(
    """
    SELECT stream, kind, due_on, command, payload, nature, since, last_day, roles, organisation,
      rule FROM timer
    WHERE due_on <= :day AND NOT parked ORDER BY due_on, stream, kind LIMIT :batch FOR UPDATE
    """
)
_PUT = text(
    "INSERT INTO timer (stream, kind, due_on, command, payload)"
    " VALUES (:stream, :kind, :due_on, :command, CAST(:payload AS jsonb)) ON CONFLICT DO NOTHING"
)
_STILL_DUE = text(
    "SELECT 1 FROM timer WHERE stream = :stream AND kind = :kind AND due_on <= :day AND NOT parked"
)
_RETRY = text("UPDATE timer SET parked = false, error = NULL WHERE parked RETURNING stream")
_PARK = text(
    "INSERT INTO timer (stream, kind, due_on, command, payload, attempts, parked, error,"
    " nature, since, last_day, roles, organisation, rule)"
    " VALUES (:stream, :kind, :due_on, :command, CAST(:payload AS jsonb), 1, true, :error,"
    " :nature, :since, :last_day, :roles, :organisation, :rule)"
    " ON CONFLICT DO NOTHING"
)


def fire(connection: Connection, registry: Registry, day: date) -> int:
    """Fire one batch of the timers due by `day`, with that date; returns how many were due."""
    due = connection.execute(_DUE, {"day": day, "batch": BATCH}).all()
    if not due:
        return 0
    try:
        with connection.begin_nested():
            _together(connection, registry, due, day)
    except Exception as error:
        if passing(error):
            raise
        log.warning("a batch of timers failed and is fired one by one", error=told(error))
        for row in due:
            _alone(connection, registry, row, day)
    return len(due)


def put(connection: Connection, stream: str, kind: str, *, day: date, command: Any) -> None:
    """Have a command given by itself on that day, and parked if it fails."""
    name, payload = type(command).__name__, codec.encode(command)
    values = {"stream": stream, "kind": kind, "due_on": day, "command": name, "payload": payload}
    connection.execute(_PUT, values)


def retry(connection: Connection) -> int:
    """Give all that are parked another chance; how many."""
    return len(connection.execute(_RETRY).all())


def _together(connection: Connection, registry: Registry, due: Sequence[Any], day: date) -> None:
    # Gone first: the command itself may set the next of its kind.
    drop_timers(connection, [(row.stream, row.kind) for row in due])
    parked: list[tuple[Any, Exception]] = []
    given = []
    for row in due:
        try:
            given.append((row, _envelope(registry, row, day)))
        except Exception as error:
            parked.append((row, error))
    unit = Unit(connection, registry)
    unit.prepare([envelope for _, envelope in given])
    for row, envelope in given:
        if (row.stream, row.kind) in unit.retimed:
            continue  # a timer before it on this day dropped it, or set it anew
        try:
            unit.run([envelope])
        except (DBAPIError, Conflict):
            raise
        except Exception as error:
            parked.append((row, error))
    unit.flush()
    for row, failure in parked:
        _park(connection, row, failure)
    tally.count(tally.TIMER, tally.DONE, len(due) - len(parked))
    log.info("timers fired", day=day.isoformat(), timers=len(due), events=len(unit.events))


def _alone(connection: Connection, registry: Registry, row: Any, day: date) -> None:
    """One timer of a batch that failed for a reason of its own; the others go on without it."""
    key = {"stream": row.stream, "kind": row.kind, "day": day}
    if connection.execute(_STILL_DUE, key).one_or_none() is None:
        return  # a timer before it on this day dropped it, or set it anew
    try:
        with connection.begin_nested():
            drop_timers(connection, [(row.stream, row.kind)])
            unit = Unit(connection, registry)
            unit.run([_envelope(registry, row, day)])
            unit.flush()
    except Exception as error:
        if passing(error):
            raise
        drop_timers(connection, [(row.stream, row.kind)])
        _park(connection, row, error)
    else:
        tally.count(tally.TIMER, tally.DONE)


def _envelope(registry: Registry, row: Any, day: date) -> Envelope:
    command = codec.of_plain(registry.commands[row.command], row.payload)
    return Envelope(command, PLATFORM, day, cause=f"timer:{row.stream}:{row.kind}")


def _park(connection: Connection, row: Any, error: Exception) -> None:
    reason = told(error)
    tally.count(tally.TIMER, tally.outcome_of(error))
    log.warning("timer parked", stream=row.stream, kind=row.kind, reason=reason)
    values = {**row._mapping, "payload": codec.encode(row.payload), "error": reason}
    connection.execute(_PARK, values)
