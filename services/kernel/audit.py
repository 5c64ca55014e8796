"""Audit a world: every event hashed and folded again, every row held against what comes of it.

One pass over the history in order of streams, in one snapshot: a world may go on meanwhile. Then
the days: what was sealed, and what was anchored of it outside the database.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter
from typing import Any

import msgspec
from sqlalchemy import Connection, text

from services.kernel import anchors, fold, seals
from services.kernel.mapper import Stored, mapper
from services.kernel.registry import Noun, Registry
from services.kernel.verify import breaks

_EVENTS = text(
    """
    SELECT e.stream, e.seq, position, type, schema_version, payload, trigger, from_state, to_state,
      actor, role, organisation, checkers, command_id, cause, correlation, e.business_date, policy,
      hash, p.postings, p.first_day, p.last_day
    FROM event e LEFT JOIN (
      SELECT stream, seq, jsonb_agg(jsonb_build_array(owner, account, fen, currency) ORDER BY id)
        AS postings, min(business_date) AS first_day, max(business_date) AS last_day
      FROM posting GROUP BY stream, seq) p
    ON p.stream = e.stream AND p.seq = e.seq
    WHERE starts_with(e.stream, :prefix) ORDER BY e.stream, e.seq
    """
)
# What points at an event that is not there: the traces of a history that was taken away.
_LOST = text(
    """
    SELECT DISTINCT stream, seq FROM (
      SELECT stream, seq FROM posting UNION ALL SELECT stream, seq FROM delivery
      UNION ALL
      SELECT substring(cause FROM '^(.*):[0-9]+$'), substring(cause FROM ':([0-9]+)$')::integer
      FROM event WHERE cause LIKE '%/%:%' AND cause NOT LIKE 'timer:%'
      UNION ALL
      SELECT substring(id FROM '^(.*):[0-9]+$'), substring(id FROM ':([0-9]+)$')::integer
      FROM event, LATERAL (VALUES (command_id), (correlation)) named(id)
    ) pointed
    WHERE stream IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM event e WHERE (e.stream, e.seq) = (pointed.stream, pointed.seq))
    ORDER BY stream, seq LIMIT 1000
    """
)
_STREAMS = text("SELECT DISTINCT split_part(stream, '/', 1) AS noun FROM event")
_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Bad:
    """One place that does not hold.

    what: gap or hash (the chain of events with their postings), order (a later event was recorded
    before), posting (booked on another day), unreadable (an event that cannot be read), head (the
    row names another last event), row (it is not what its events make), no_row, no_events, lost
    (something points at an event that is not there). Of a day, with the position it reaches: seal
    (the events are not what was sealed), anchor (the seal is not what was anchored); forged: a line
    of the anchors that nobody with the key wrote.
    """

    stream: str
    seq: int
    what: str


@dataclass(slots=True)
class Audit:
    """What was looked at, and all that is bad, by stream and sequence number."""

    events: int = 0
    streams: int = 0
    sealed: int = 0
    anchored: int = 0
    seconds: float = 0.0
    bad: list[Bad] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether all holds."""
        return not self.bad


@dataclass(frozen=True, slots=True)
class _Told:
    """A stream as its events tell it; record is None where one could not be read."""

    ident: str
    seq: int
    chain: bytes
    record: Any


def audit(connection: Connection, registry: Registry) -> Audit:
    """Verify and fold the whole history; the connection has no transaction open yet."""
    connection = connection.execution_options(isolation_level="REPEATABLE READ")
    started, found = time.monotonic(), Audit()
    for noun in registry.nouns.values():
        _audit_noun(connection, registry, noun, found)
    for row in connection.execute(_STREAMS).all():
        if row.noun not in registry.nouns:
            found.bad.append(Bad(f"{row.noun}/", 0, "unreadable"))
    found.bad += [Bad(row.stream, row.seq, "lost") for row in connection.execute(_LOST)]
    found.bad += _days(connection, found)
    found.seconds = time.monotonic() - started
    return found


def _days(connection: Connection, found: Audit) -> Iterator[Bad]:
    """Each day's seal made again, and held against what was anchored of it."""
    kept = seals.listing(connection)
    known = anchors.read(connection.engine.url.database or "")
    found.sealed, found.anchored = len(kept), len(known.heads)
    for one in seals.broken(connection, kept):
        yield Bad(one.day.isoformat(), one.upto, "seal")
    there = {one.day: (one.upto, one.head) for one in kept}
    for day, anchored in known.heads.items():
        if there.get(day) != anchored:
            yield Bad(day.isoformat(), anchored[0], "anchor")
    yield from (Bad("", number, "forged") for number in known.forged)


def _audit_noun(connection: Connection, registry: Registry, noun: Noun, found: Audit) -> None:
    seen: set[str] = set()
    options = {"stream_results": True, "yield_per": _CHUNK}
    rows = connection.execute(_EVENTS, {"prefix": f"{noun.name}/"}, execution_options=options)
    for told in _chunks(_streams(registry, noun, rows, found)):
        kept = _kept(connection, noun, [one.ident for one in told])
        for one in told:
            found.bad += _compared(noun, one, kept.get(one.ident))
        seen.update(kept)
    ids = connection.execute(text(f"SELECT id FROM {noun.table.name} ORDER BY id")).scalars()
    found.bad += [Bad(f"{noun.name}/{i}", 0, "no_events") for i in ids if i not in seen]


def _streams(registry: Registry, noun: Noun, rows: Iterable[Any], found: Audit) -> Iterator[_Told]:
    for stream, group in groupby(rows, key=attrgetter("stream")):
        events = list(group)
        found.streams += 1
        found.events += len(events)
        found.bad += [Bad(one.stream, one.seq, one.reason) for one in breaks(events)]
        found.bad += _misplaced(events)
        ident, last = stream.partition("/")[2], events[-1]
        try:
            record = fold.fold(registry, noun, ident, events)
        except (LookupError, TypeError, ValueError, msgspec.ValidationError):
            found.bad.append(Bad(stream, last.seq, "unreadable"))
            record = None
        yield _Told(ident, last.seq, bytes(last.hash), record)


def _misplaced(events: Sequence[Any]) -> Iterator[Bad]:
    last = 0
    for row in events:
        if row.position < last:
            yield Bad(row.stream, row.seq, "order")
        if row.postings and not row.first_day == row.last_day == row.business_date:
            yield Bad(row.stream, row.seq, "posting")
        last = row.position


def _kept(connection: Connection, noun: Noun, ids: Sequence[str]) -> dict[str, Stored]:
    rows = mapper(noun).load(connection, ids, lock=False)
    return {stored.record.id: stored for stored in rows}


def _compared(noun: Noun, told: _Told, kept: Stored | None) -> Iterator[Bad]:
    stream = f"{noun.name}/{told.ident}"
    if kept is None:
        yield Bad(stream, told.seq, "no_row")
        return
    if (kept.version, kept.chain) != (told.seq, told.chain):
        yield Bad(stream, kept.version, "head")
    if told.record is not None and kept.record != told.record:
        yield Bad(stream, told.seq, "row")


def _chunks(told: Iterable[_Told]) -> Iterator[list[_Told]]:
    chunk: list[_Told] = []
    for one in told:
        chunk.append(one)
        if len(chunk) >= _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk
