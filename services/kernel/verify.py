"""Whether the hash chains of stored events hold: recomputed, gaps and forgeries found.

Says where a chain breaks, not who broke it. Reading a world, and its rows, is audit.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from services.kernel import codec


@dataclass(frozen=True, slots=True)
class Break:
    """One place where a chain does not hold. reason: `gap` or `hash` (content or order)."""

    stream: str
    seq: int
    reason: str


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
        step=(row.trigger, row.from_state, row.to_state),
        persons=[(row.actor, row.role, row.organisation), *map(_person, row.checkers)],
        came_of=(row.command_id, row.cause, row.correlation),
        business_date=row.business_date,
        policy=row.policy,
        postings=row.postings or (),
    )


def _person(kept: Mapping[str, str]) -> tuple[str, str, str]:
    return kept["user"], kept["role"], kept["organisation"]
