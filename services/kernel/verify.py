"""Verify history: recompute every stream's hash chain from what is stored, find gaps and forgeries.

Says where a chain breaks, not who broke it. That rows are what their events say is fold.py's.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, text

from services.kernel import codec
from services.kernel.registry import Registry

_EVENTS = text(
    "SELECT stream, seq, type, schema_version, payload, actor, role,"
    " organisation, checkers, business_date, policy, hash"
    " FROM event WHERE CAST(:stream AS text) IS NULL OR stream = :stream ORDER BY stream, seq"
)
_CHUNK = 1000


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a chain does not hold. reason: `gap`, `hash` (content or order) or `head`."""

    stream: str
    seq: int
    reason: str


def verify_chain(connection: Connection, stream: str | None = None) -> list[Break]:
    """Every break of one stream, or of all. After a break the chain is followed from there on.

    Reads rows in chunks: a history of any size fits.
    """
    options = {"stream_results": True, "yield_per": _CHUNK}
    rows = connection.execute(_EVENTS, {"stream": stream}, execution_options=options)
    return list(breaks(rows))


def verify_heads(connection: Connection, registry: Registry) -> list[Break]:
    """Rows whose version or chain is not that of their stream's last event: a tail was cut off."""
    found: list[Break] = []
    for name, noun in registry.nouns.items():
        statement = text(
            f"SELECT '{name}/' || r.id AS stream, r.version FROM {noun.table.name} r"
            f" LEFT JOIN event e ON e.stream = '{name}/' || r.id AND e.seq = r.version"
            f" WHERE e.hash IS DISTINCT FROM r.chain OR EXISTS (SELECT 1 FROM event later"
            f" WHERE later.stream = '{name}/' || r.id AND later.seq > r.version) ORDER BY r.id"
        )
        found += [Break(row.stream, row.version, "head") for row in connection.execute(statement)]
    return found


def breaks(rows: Iterable[Any]) -> Iterable[Break]:
    """Where the chains of these event rows break, in order of streams and sequence numbers."""
    stream, seq, previous = "", 0, codec.GENESIS
    for row in rows:
        if row.stream != stream:
            stream, seq, previous = row.stream, 0, codec.GENESIS
        if row.seq != seq + 1:
            yield Break(stream, row.seq, "gap")
        elif _hash(row, previous) != row.hash:
            yield Break(stream, row.seq, "hash")
        seq, previous = row.seq, row.hash


def _hash(row: Any, previous: bytes) -> bytes:
    return codec.chain_hash(
        previous,
        stream=row.stream,
        seq=row.seq,
        type_=row.type,
        version=row.schema_version,
        payload=codec.encode(row.payload),
        persons=[(row.actor, row.role, row.organisation), *map(_person, row.checkers)],
        business_date=row.business_date,
        policy=row.policy,
    )


def _person(kept: Mapping[str, str]) -> tuple[str, str, str]:
    return kept["user"], kept["role"], kept["organisation"]
