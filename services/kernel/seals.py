"""The seal of a day: one hash over all that was recorded until its end, chained to the day before.

Made when a world leaves a day, over every event recorded since the last seal: where it stands, in
which stream, and its own hash, so that the head of every stream is in it. No act touches a seal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from services.kernel import feed

CHUNK = 20_000  # positions hashed at a time

_LAST = text("SELECT upto, head FROM day_seal ORDER BY upto DESC, day DESC LIMIT 1")
_PUT = text(
    "INSERT INTO day_seal (day, upto, head) VALUES (:day, :upto, :head)"
    " ON CONFLICT (day) DO NOTHING"
)
_ALL = text("SELECT day, upto, head FROM day_seal WHERE day > :after ORDER BY day")
# recorded_at is no part of an event's own hash: the same story told again has the same hashes.
_NEXT = text(
    """
    SELECT sha256(:head || convert_to(coalesce(string_agg(line, E'\\n' ORDER BY position), ''),
                                      'UTF8'))
    FROM (SELECT position, concat_ws(E'\\t', position, stream, seq, encode(hash, 'hex'),
                                     extract(epoch FROM recorded_at)) AS line
          FROM event WHERE position > :after AND position <= :upto) recorded
    """
)
_DAY = text("SELECT sha256(:head || convert_to(:day, 'UTF8'))")


@dataclass(frozen=True, slots=True)
class Seal:
    """A day and what was recorded until its end: positions up to `upto`, hashed to `head`."""

    day: date
    upto: int
    head: bytes


def seal(connection: Connection, day: date) -> None:
    """Seal the day a world is about to leave. A day is sealed once."""
    upto = feed.settled(connection)
    last = connection.execute(_LAST).one_or_none()
    after, head = (last.upto, bytes(last.head)) if last else (0, b"")
    values = {"day": day, "upto": upto, "head": head_of(connection, day, head, after, upto)}
    connection.execute(_PUT, values)


def head_of(connection: Connection, day: date, head: bytes, after: int, upto: int) -> bytes:
    """The seal of a day over the events above `after`, chained to the head before."""
    while after < upto:
        reach = min(after + CHUNK, upto)
        head = connection.execute(_NEXT, {"head": head, "after": after, "upto": reach}).scalar_one()
        after = reach
    sealed: bytes = connection.execute(_DAY, {"head": head, "day": day.isoformat()}).scalar_one()
    return bytes(sealed)


def listing(connection: Connection, *, after: date = date.min) -> list[Seal]:
    """The seals as they are kept, of days after that one."""
    rows = connection.execute(_ALL, {"after": after})
    return [Seal(row.day, row.upto, bytes(row.head)) for row in rows]


def broken(connection: Connection, kept: list[Seal]) -> Iterator[Seal]:
    """The seals that are not what the events, and the seal before, make now."""
    before, after = b"", 0
    for one in kept:
        if head_of(connection, one.day, before, after, one.upto) != one.head:
            yield one
        before, after = one.head, one.upto
