"""Write what a unit recorded: events, postings, timers and deliveries, one statement each."""

from __future__ import annotations

from datetime import UTC, datetime
from operator import attrgetter

from sqlalchemy import Connection, text

from services.kernel import bulk, codec, feed, tables
from services.kernel.record import Recorder

_EVENT = (
    "stream",
    "seq",
    "type",
    "schema_version",
    "payload",
    "trigger",
    "from_state",
    "to_state",
    "actor",
    "role",
    "organisation",
    "checker",
    "checker_role",
    "command_id",
    "cause",
    "correlation",
    "business_date",
    "policy",
    "hash",
)
_COLUMNS = attrgetter(*_EVENT)
_POSTING = ("stream", "seq", "owner", "account", "fen", "currency", "business_date")
_TIMER = ("stream", "kind", "due_on", "command", "payload")
_TIMER_AGAIN = (
    "ON CONFLICT (stream, kind) DO UPDATE SET due_on = excluded.due_on,"
    " command = excluded.command, payload = excluded.payload, attempts = 0, parked = false,"
    " error = NULL"
)
_DROP = text(
    "DELETE FROM timer t USING unnest(CAST(:stream AS text[]), CAST(:kind AS text[]))"
    " AS v(stream, kind) WHERE t.stream = v.stream AND t.kind = v.kind"
)
_DELIVERY = ("stream", "seq", "reaction", "handled_at")


def write_unit(connection: Connection, recorder: Recorder) -> None:
    """Insert everything recorded. The ledger's balance is checked by the database."""
    if recorder.events:
        feed.announce(connection)  # before the first position is taken
        _write_events(connection, recorder)
    if recorder.postings:
        bulk.copy_in(connection, tables.posting, _POSTING, recorder.postings)
    _write_timers(connection, recorder)
    if recorder.deliveries:
        _write_deliveries(connection, recorder)


def _write_events(connection: Connection, recorder: Recorder) -> None:
    bulk.copy_in(connection, tables.event, _EVENT, map(_COLUMNS, recorder.events))


def _write_timers(connection: Connection, recorder: Recorder) -> None:
    gone = [key for key, timer in recorder.timers.items() if timer is None]
    if gone:
        connection.execute(_DROP, bulk.columnar(gone, ("stream", "kind")))
    rows = [
        (stream, kind, t.due_on, type(t.command).__name__, codec.encode(t.command))
        for (stream, kind), t in recorder.timers.items()
        if t is not None
    ]
    if rows:
        statement = bulk.insert(tables.timer, _TIMER, _TIMER_AGAIN)
        values = bulk.columnar(rows, _TIMER)
        connection.execute(statement, bulk.parameters(tables.timer, values))


def _write_deliveries(connection: Connection, recorder: Recorder) -> None:
    now = datetime.now(UTC)
    rows = ((*key, now if key in recorder.handled else None) for key in recorder.deliveries)
    bulk.copy_in(connection, tables.delivery, _DELIVERY, rows)
