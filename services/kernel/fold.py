"""Fold a stream's events into the record they describe: a row is nothing but its history.

Evolves as every step does, so that a row can be rebuilt, explained, and checked.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from services.kernel.mapper import mapper
from services.kernel.registry import Noun, Registry
from workflows.lifecycle.step import evolved

_OF_STREAM = text(
    "SELECT stream, type, schema_version, to_state, payload FROM event"
    " WHERE stream = :stream ORDER BY seq"
)
_OF_NOUN = text(
    "SELECT stream, type, schema_version, to_state, payload FROM event"
    " WHERE starts_with(stream, :prefix) ORDER BY stream, seq"
)
_CHUNK = 1000


def fold_stream(connection: Connection, registry: Registry, stream: str) -> Any:
    """The record that the events of `<noun>/<id>` make; None for a stream without events."""
    noun = registry.nouns[stream.partition("/")[0]]
    rows = connection.execute(_OF_STREAM, {"stream": stream}).all()
    return fold(registry, noun, stream.partition("/")[2], rows) if rows else None


def fold(registry: Registry, noun: Noun, ident: str, rows: Iterable[Any]) -> Any:
    """The record after these event rows (type, schema_version, to_state, payload), oldest first."""
    record: Any = None
    for row in rows:
        event = registry.event_of(row)
        record = evolved(noun.lifecycle, ident, record, event=event, state=row.to_state)
    return record


def differing(connection: Connection, registry: Registry, noun: str) -> list[str]:
    """Ids of the noun whose row is not the fold of its events, rows without events included."""
    described = registry.nouns[noun]
    options = {"stream_results": True, "yield_per": _CHUNK}
    prefix = {"prefix": f"{noun}/"}
    rows = connection.execute(_OF_NOUN, prefix, execution_options=options)
    folded = {
        stream.partition("/")[2]: fold(registry, described, stream.partition("/")[2], events)
        for stream, events in groupby(rows, key=lambda row: row.stream)
    }
    ids = set(connection.execute(text(f"SELECT id FROM {described.table.name}")).scalars())
    found = mapper(described).load(connection, sorted(ids), lock=False)
    kept = {stored.record.id: stored.record for stored in found}
    return sorted(i for i in ids | set(folded) if kept.get(i) != folded.get(i))
