"""Timers due on a business day: each is a command the platform gives to its stream.

A timer that is refused or fails is parked with its reason; it never stops the day.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from services.kernel import codec, tally
from services.kernel.db import Conflict
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
_PARK = text(
    "INSERT INTO timer (stream, kind, due_on, command, payload, attempts, parked, error,"
    " nature, since, last_day, roles, organisation, rule)"
    " VALUES (:stream, :kind, :due_on, :command, CAST(:payload AS jsonb), 1, true, :error,"
    " :nature, :since, :last_day, :roles, :organisation, :rule)"
    " ON CONFLICT DO NOTHING"
)


_NO_DEADLINE = dict.fromkeys(("nature", "since", "last_day", "roles", "organisation", "rule"))

_RETRY = text(
    "UPDATE timer SET parked = false, error = NULL WHERE parked"
    " AND (CAST(:stream AS text) IS NULL OR stream = :stream) RETURNING stream || ':' || kind"
)


def fire(connection: Connection, registry: Registry, day: date) -> int:
    """Fire one batch of the timers due by `day`, with that date; returns how many were due."""
    due = connection.execute(_DUE, {"day": day, "batch": BATCH}).all()
    if not due:
        return 0
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
        park(connection, row._mapping, failure)
    tally.count(tally.TIMER, tally.DONE, len(due) - len(parked))
    log.info("timers fired", day=day.isoformat(), timers=len(due), events=len(unit.events))
    return len(due)


def retry(bind: Engine, stream: str | None = None) -> list[str]:
    """Give the parked timers of a stream (or all) another chance; returns `stream:kind` of each."""
    with bind.begin() as connection:
        return list(connection.execute(_RETRY, {"stream": stream}).scalars())


def _envelope(registry: Registry, row: Any, day: date) -> Envelope:
    command = codec.of_plain(registry.commands[row.command], row.payload)
    return Envelope(command, PLATFORM, day, cause=f"timer:{row.stream}:{row.kind}")


def park(connection: Connection, row: Mapping[str, Any], error: Exception) -> None:
    """Keep a timer that was refused or failed, with its reason. row: the columns of its table."""
    reason = str(error)[:500] or type(error).__name__
    tally.count(tally.TIMER, tally.outcome_of(error))
    log.warning("timer parked", stream=row["stream"], kind=row["kind"], reason=reason)
    values = {**_NO_DEADLINE, **row, "payload": codec.encode(row["payload"]), "error": reason}
    connection.execute(_PARK, values)
