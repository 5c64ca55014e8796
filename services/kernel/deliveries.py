"""Events to reactions: claim whole streams, carry out, mark handled in the same transaction.

A failing delivery is set aside (backed off, then parked) and holds up its own stream only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from services.kernel import codec, tally
from services.kernel.db import Conflict, transact
from services.kernel.registry import Happened, Reaction, Registry
from services.kernel.unit import Envelope, Unit
from workflows.refusals import NotAllowed, NotPossible, Refused
from workflows.roles import PLATFORM

BATCH = 200
MOST_ATTEMPTS = 5
FINAL = (Refused, NotPossible, NotAllowed)  # the same question would get the same answer again

log = structlog.get_logger("zhidai.deliveries")

# Streams are claimed by advisory locks that die with the transaction: a killed worker frees them.
_CLAIM = text(
    """
    WITH open AS MATERIALIZED (
      SELECT stream, min(id) AS first FROM (
        SELECT d.stream, d.id FROM delivery d
        WHERE d.handled_at IS NULL AND NOT d.parked AND d.due_at <= clock_timestamp()
          AND NOT EXISTS (SELECT 1 FROM delivery p WHERE p.stream = d.stream AND p.parked)
        ORDER BY d.id LIMIT 4 * :batch) d
      GROUP BY stream ORDER BY min(id) LIMIT :batch)
    SELECT stream FROM open
    WHERE pg_try_advisory_xact_lock(hashtextextended(stream, 0))
    """
)
_OPEN = text(
    """
    SELECT d.id, d.stream, d.seq, d.reaction, d.attempts, e.type, e.payload, e.business_date,
           e.correlation
    FROM delivery d JOIN event e USING (stream, seq)
    WHERE d.stream = ANY(CAST(:streams AS text[])) AND d.handled_at IS NULL AND NOT d.parked
      AND NOT EXISTS (SELECT 1 FROM delivery p WHERE p.stream = d.stream AND p.parked)
      AND NOT EXISTS (SELECT 1 FROM delivery w WHERE w.stream = d.stream AND w.id < d.id
                      AND w.handled_at IS NULL AND w.due_at > clock_timestamp())
    ORDER BY d.id FOR UPDATE OF d SKIP LOCKED
    """
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
    WHERE id = :id RETURNING parked
    """
)
_RETRY = text(
    "UPDATE delivery SET parked = false, attempts = 0, due_at = clock_timestamp()"
    " WHERE parked AND (CAST(:id AS bigint) IS NULL OR id = :id) RETURNING id"
)
_TODAY = text("SELECT business_date FROM clock")


@dataclass(frozen=True, slots=True)
class _Delivery:
    id: int
    reaction: Reaction
    happened: Happened
    cause: str
    correlation: str

    @property
    def stream(self) -> str:
        return f"{self.happened.noun}/{self.happened.id}"


def deliver(bind: Engine, registry: Registry) -> int:
    """Handle one batch; returns how many deliveries were handled or set aside. 0 = nothing open."""
    try:
        return transact(bind, lambda connection: _batch(connection, registry))
    except Exception as error:
        log.warning("a batch failed and is retried one by one", error=repr(error))
    return _one_by_one(bind, registry)


def retry(bind: Engine, delivery: int | None = None) -> list[int]:
    """Give one parked delivery (or all) another chance; returns their ids."""
    with bind.begin() as connection:
        return list(connection.execute(_RETRY, {"id": delivery}).scalars())


def _batch(connection: Connection, registry: Registry) -> int:
    rows = _claim(connection, registry, BATCH)
    unit = Unit(connection, registry)
    today = _today(connection)
    handled: list[int] = []
    held: set[str] = set()  # what stands behind a failed delivery of its stream waits for it
    failed = []
    for row in rows:
        if row.stream in held:
            continue
        try:
            unit.run(_envelopes(row, today))
            handled.append(row.id)
        except (DBAPIError, Conflict):
            raise
        except Exception as error:
            held.add(row.stream)
            failed.append((row, error))
    unit.flush()
    _mark(connection, handled)
    _tell([row for row in rows if row.id in set(handled)], len(unit.events))
    for row, error in failed:
        _set_aside(connection, row, error)
    return len(handled) + len(failed)


def _one_by_one(bind: Engine, registry: Registry) -> int:
    """After a batch failed for a reason of its own: the same deliveries, each by itself."""
    with bind.begin() as connection:
        candidates = [row.id for row in _claim(connection, registry, BATCH)]
    done = 0
    for ident in candidates:
        done += _alone(bind, registry, ident)
    return done


def _alone(bind: Engine, registry: Registry, ident: int) -> int:
    taken: list[_Delivery] = []

    def work(connection: Connection) -> int:
        taken[:] = [row for row in _claim(connection, registry, BATCH) if row.id == ident]
        if not taken:
            return 0
        unit = Unit(connection, registry)
        unit.run(_envelopes(taken[0], _today(connection)))
        unit.flush()
        _mark(connection, [ident])
        _tell(taken, len(unit.events))
        return 1

    try:
        return transact(bind, work)
    except Exception as error:
        with bind.begin() as connection:
            _set_aside(connection, taken[0], error)
        return 1


def _claim(connection: Connection, registry: Registry, batch: int) -> list[_Delivery]:
    streams = list(connection.execute(_CLAIM, {"batch": batch}).scalars())
    if not streams:
        return []
    by_name = {reaction.name: reaction for reaction in registry.reactions}
    found = connection.execute(_OPEN, {"streams": streams})
    return [_delivery(row, by_name, registry) for row in found]


def _delivery(row: Any, by_name: dict[str, Reaction], registry: Registry) -> _Delivery:
    noun, _, ident = row.stream.partition("/")
    event = codec.of_plain(registry.event_class(row.type), row.payload)
    happened = Happened(noun, ident, event, row.business_date)
    cause = f"{row.stream}:{row.seq}"
    return _Delivery(row.id, by_name[row.reaction], happened, cause, row.correlation)


def _envelopes(row: _Delivery, today: date) -> Sequence[Envelope]:
    day = max(today, row.happened.business_date)
    return [
        Envelope(command, PLATFORM, day, cause=row.cause, correlation=row.correlation)
        for command in row.reaction.then(row.happened)
    ]


def _mark(connection: Connection, ids: list[int]) -> None:
    if not ids:
        return
    marked = list(connection.execute(_HANDLED, {"ids": ids}).scalars())
    if len(marked) != len(ids):  # RETURNING, not rowcount: reliability.md 2
        raise Conflict("another worker handled a delivery of this batch")


def _tell(rows: Sequence[_Delivery], events: int) -> None:
    """One line a batch: which deliveries, of which outermost commands, led to how many events."""
    if not rows:
        return
    tally.count(tally.REACTION, tally.DONE, len(rows))
    log.info(
        "deliveries handled",
        deliveries=[row.id for row in rows],
        correlations=sorted({row.correlation for row in rows}),
        events=events,
    )


def _set_aside(connection: Connection, row: _Delivery, error: Exception) -> None:
    final = isinstance(error, FINAL)
    values = {"id": row.id, "error": str(error)[:500], "final": final, "most": MOST_ATTEMPTS}
    parked = connection.execute(_FAILED, values).scalar_one()
    tally.count(tally.REACTION, tally.outcome_of(error))
    log.warning(
        "delivery set aside", delivery=row.id, correlation=row.correlation, parked=parked,
        error=str(error),
    )  # fmt: skip


def _today(connection: Connection) -> date:
    today: date = connection.execute(_TODAY).scalar_one()
    return today
