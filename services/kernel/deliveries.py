"""Events to reactions: claim whole streams, carry out, mark handled in the same transaction.

A failing delivery is set aside (backed off, then parked) and holds up its own stream only.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from services.kernel import tally
from services.kernel.db import Conflict, passing, told, transact
from services.kernel.registry import Happened, Registry
from services.kernel.unit import Envelope, Unit
from workflows.lifecycle.refusals import NotAllowed, NotPossible, Refused
from workflows.lifecycle.roles import PLATFORM

BATCH = 200  # streams a transaction
WINDOW = 16 * BATCH  # deliveries looked at to find them
MOST_ATTEMPTS = 5
NAMED = 10  # deliveries of a batch that the log names; the rest are counted
FINAL = (Refused, NotPossible, NotAllowed)  # the same question would get the same answer again

log = structlog.get_logger("zhidai.deliveries")

# A delivery that failed and was parked, or waits for its next try, holds up its stream.
HELD = (
    "EXISTS (SELECT 1 FROM delivery p WHERE p.stream = d.stream AND p.handled_at IS NULL"
    " AND p.attempts > 0 AND (p.parked OR p.due_at > clock_timestamp()))"
)
# Streams are claimed by advisory locks that die with the transaction: a killed worker frees them.
# The window is wider than the batch: the oldest streams may be with other workers.
_CLAIM = text(
    f"""
    WITH open AS MATERIALIZED (
      SELECT stream, min(id) AS first FROM (
        SELECT d.stream, d.id FROM delivery d
        WHERE d.handled_at IS NULL AND NOT d.parked AND NOT {HELD}
        ORDER BY d.id LIMIT :window) d
      GROUP BY stream ORDER BY min(id))
    SELECT stream FROM open
    WHERE pg_try_advisory_xact_lock(hashtextextended(stream, 0)) LIMIT :batch
    """
)
_CLAIM_ONE = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:stream, 0))")
_HOLD_ONE = text("SELECT pg_advisory_xact_lock(hashtextextended(:stream, 0))")
_OPEN = text(
    f"""
    SELECT d.id, d.stream, d.seq, d.reaction, e.type, e.schema_version, e.payload,
           e.business_date, e.correlation
    FROM delivery d JOIN event e USING (stream, seq)
    WHERE d.stream = ANY(CAST(:streams AS text[])) AND d.handled_at IS NULL AND NOT d.parked
      AND NOT {HELD}
    ORDER BY d.id LIMIT :window
    """
)
WAITS = (
    f"EXISTS (SELECT 1 FROM delivery d WHERE d.handled_at IS NULL AND NOT d.parked AND NOT {HELD})"
)
_HANDLED = text(
    "UPDATE delivery SET handled_at = clock_timestamp(), error = NULL"
    " WHERE id = ANY(CAST(:ids AS bigint[])) AND handled_at IS NULL RETURNING id"
)
_FAILED = text(
    """
    UPDATE delivery SET attempts = attempts + 1, error = :error,
      parked = :final OR attempts + 1 >= :most,
      due_at = clock_timestamp() + make_interval(secs => power(2, attempts))
    WHERE id = :id AND handled_at IS NULL AND NOT parked RETURNING parked
    """
)
_RETRY = text(
    "UPDATE delivery SET parked = false, attempts = 0, due_at = clock_timestamp()"
    " WHERE parked RETURNING id"
)
_TODAY = text("SELECT business_date FROM clock")


def deliver(bind: Engine, registry: Registry) -> int:
    """Handle one batch; returns how many deliveries were handled or set aside. 0 = nothing open."""
    try:
        return transact(bind, lambda connection: _batch(connection, registry))
    except Exception as error:
        log.warning("a batch failed and is retried one by one", error=repr(error))
    return _one_by_one(bind, registry)


def retry(connection: Connection) -> int:
    """Give all that are parked another chance; how many."""
    return len(connection.execute(_RETRY).all())


def _batch(connection: Connection, registry: Registry) -> int:
    unit, today = Unit(connection, registry), _today(connection)
    handled: list[Any] = []
    failed: dict[str, tuple[Any, Exception]] = {}  # by stream: what stands behind it waits for it
    asked = [(row, _asked(registry, row, today)) for row in _claim(connection)]
    unit.prepare(e for _, envelopes in asked if isinstance(envelopes, list) for e in envelopes)
    for row, envelopes in asked:
        if row.stream in failed:
            continue
        if isinstance(envelopes, Exception):
            failed[row.stream] = (row, envelopes)
            continue
        try:
            unit.run(envelopes)
            handled.append(row)
        except (DBAPIError, Conflict):
            raise
        except Exception as error:
            failed[row.stream] = (row, error)
    unit.flush()
    _mark(connection, handled, events=len(unit.events))
    for row, failure in failed.values():
        _set_aside(connection, row, failure)
    return len(handled) + len(failed)


def _asked(registry: Registry, row: Any, today: date) -> list[Envelope] | Exception:
    """What its reaction asks for, or why it fails to say."""
    try:
        return _envelopes(registry, row, today)
    except Exception as error:
        return error


def _one_by_one(bind: Engine, registry: Registry) -> int:
    """After a batch failed for a reason of its own: the same deliveries, each by itself."""
    with bind.begin() as connection:
        candidates = _claim(connection)
    return sum(_alone(bind, registry, row) for row in candidates)


def _alone(bind: Engine, registry: Registry, row: Any) -> int:
    def work(connection: Connection) -> int:
        if not _first_of_its_stream(connection, row):
            return 0  # handled meanwhile, or its turn has not come
        unit = Unit(connection, registry)
        unit.run(_envelopes(registry, row, _today(connection)))
        unit.flush()
        _mark(connection, [row], events=len(unit.events))
        return 1

    try:
        return transact(bind, work)
    except Exception as error:
        if isinstance(error, DBAPIError) and passing(error):
            raise  # nothing is wrong with the delivery
        with bind.begin() as connection:
            connection.execute(_HOLD_ONE, {"stream": row.stream})
            _set_aside(connection, row, error)
        return 1


def _claim(connection: Connection) -> list[Any]:
    """What is open in up to BATCH streams that no other worker has, in order of ids."""
    limits = {"batch": BATCH, "window": WINDOW}
    streams = list(connection.execute(_CLAIM, limits).scalars())
    if not streams:
        return []
    return list(connection.execute(_OPEN, {"streams": streams, "window": WINDOW}))


def _first_of_its_stream(connection: Connection, row: Any) -> bool:
    if not connection.execute(_CLAIM_ONE, {"stream": row.stream}).scalar_one():
        return False
    first = connection.execute(_OPEN, {"streams": [row.stream], "window": 1}).first()
    return first is not None and first.id == row.id


def _envelopes(registry: Registry, row: Any, today: date) -> list[Envelope]:
    """What its reaction asks for. Raises when the reaction or the event is not known any more."""
    noun, _, ident = row.stream.partition("/")
    event = registry.event_of(row)
    happened = Happened(noun, ident, event, row.business_date)
    day, cause = max(today, row.business_date), f"{row.stream}:{row.seq}"
    return [
        Envelope(command, PLATFORM, day, cause=cause, correlation=row.correlation)
        for command in registry.by_name[row.reaction].then(happened)
    ]


def _mark(connection: Connection, rows: Sequence[Any], *, events: int) -> None:
    """Handled, in this very transaction; one line in the log for all of them."""
    if not rows:
        return
    ids = [row.id for row in rows]
    marked = list(connection.execute(_HANDLED, {"ids": ids}).scalars())
    if len(marked) != len(ids):  # RETURNING: rowcount is -1 for some drivers
        raise Conflict("another worker handled a delivery of this batch")
    tally.count(tally.REACTION, tally.DONE, len(ids))
    named = {"deliveries": ids[:NAMED], "correlations": [row.correlation for row in rows[:NAMED]]}
    log.info("deliveries handled", handled=len(ids), events=events, **named)


def _set_aside(connection: Connection, row: Any, error: Exception) -> None:
    final = isinstance(error, FINAL)
    reason = told(error)
    values = {"id": row.id, "error": reason, "final": final, "most": MOST_ATTEMPTS}
    parked = connection.execute(_FAILED, values).scalar_one_or_none()
    tally.count(tally.REACTION, tally.outcome_of(error))
    bound = log.bind(delivery=row.id, correlation=row.correlation)
    bound.warning("delivery set aside", parked=parked, error=reason)


def _today(connection: Connection) -> date:
    today: date = connection.execute(_TODAY).scalar_one()
    return today
