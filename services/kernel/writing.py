"""Write what a unit recorded: events, postings, timers and deliveries, one statement each."""

from __future__ import annotations

from dataclasses import astuple, fields
from typing import Any

from sqlalchemy import Connection, text

from services.kernel import bulk, codec, feed, tables
from services.kernel.record import EventRow, Recorder
from workflows.lifecycle.effects import Awaited, SetTimer

_EVENT = EventRow._fields[:-1]
_POSTING = ("stream", "seq", "owner", "account", "fen", "currency", "business_date")
_AWAITED = tuple(field.name for field in fields(Awaited))
_TIMER = ("stream", "kind", "due_on", "command", "payload", *_AWAITED)
_TIMER_AGAIN = (
    "ON CONFLICT (stream, kind) DO UPDATE SET attempts = 0, parked = false, error = NULL, "
    + ", ".join(f"{name} = excluded.{name}" for name in _TIMER[2:])
)
_NOT_AWAITED = (None,) * len(_AWAITED)
_DROP = text(
    "DELETE FROM timer t USING unnest(CAST(:stream AS text[]), CAST(:kind AS text[]))"
    " AS v(stream, kind) WHERE t.stream = v.stream AND t.kind = v.kind"
)
_DELIVER = text(
    "INSERT INTO delivery (stream, seq, reaction, handled_at)"
    " SELECT v.stream, v.seq, v.reaction, CASE WHEN v.handled THEN clock_timestamp() END"
    " FROM unnest(CAST(:stream AS text[]), CAST(:seq AS integer[]), CAST(:reaction AS text[]),"
    " CAST(:handled AS boolean[])) AS v(stream, seq, reaction, handled)"
)


def write_unit(connection: Connection, recorder: Recorder) -> None:
    """Insert everything recorded. The ledger's balance is checked by the database."""
    if recorder.events:
        feed.announce(connection)  # before the first position is taken
        rows = (row[:-1] for row in recorder.events)
        bulk.copy_in(connection, tables.event, _EVENT, rows)
    if recorder.postings:
        bulk.copy_in(connection, tables.posting, _POSTING, recorder.postings)
    _write_timers(connection, recorder)
    if recorder.deliveries:
        _write_deliveries(connection, recorder)


def _write_timers(connection: Connection, recorder: Recorder) -> None:
    gone = [key for key, timer in recorder.timers.items() if timer is None]
    if gone:
        drop_timers(connection, gone)
    rows = [
        (stream, kind, t.due_on, type(t.command).__name__, codec.encode(t.command), *_awaited(t))
        for (stream, kind), t in recorder.timers.items()
        if t is not None
    ]
    if rows:
        statement = bulk.insert(tables.timer, _TIMER, _TIMER_AGAIN)
        connection.execute(statement, bulk.columnar(tables.timer, _TIMER, rows))


def _awaited(timer: SetTimer) -> tuple[Any, ...]:
    return _NOT_AWAITED if timer.awaited is None else astuple(timer.awaited)


def drop_timers(connection: Connection, keys: list[tuple[str, str]]) -> None:
    """Forget the timers of those streams and kinds."""
    values = {
        "stream": bulk.texts([stream for stream, _ in keys]),
        "kind": bulk.texts([kind for _, kind in keys]),
    }
    connection.execute(_DROP, values)


def _write_deliveries(connection: Connection, recorder: Recorder) -> None:
    streams, seqs, reactions, handled = zip(*recorder.deliveries, strict=True)
    values = {
        "stream": bulk.texts(streams),
        "seq": bulk.numbers(seqs),
        "reaction": bulk.texts(reactions),
        "handled": bulk.flags(handled),
    }
    connection.execute(_DELIVER, values)
