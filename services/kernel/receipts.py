"""Idempotency: the receipt of an input and its outcome lie in the transaction of the effect.

The same key with the same input gets the first answer; with another input it is refused. While the
first call is still at work the second waits for it, or is told so at once if it had rather not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from sqlalchemy import Connection, text

from services.kernel import codec

T = TypeVar("T")

_WAIT = text("SELECT pg_advisory_xact_lock(hashtextextended('receipt:' || :key, 0)), true")
_TRY = text("SELECT 0, pg_try_advisory_xact_lock(hashtextextended('receipt:' || :key, 0))")
_FIND = text("SELECT input_hash, outcome FROM receipt WHERE key = :key")
_KEEP = text(
    "INSERT INTO receipt (key, input_hash, outcome) VALUES (:key, :hash, CAST(:outcome AS jsonb))"
)


class KeyReused(Exception):
    """The idempotency key was used before for another input."""


class KeyInFlight(Exception):
    """The first call with this idempotency key is still at work."""


def once(
    connection: Connection,
    key: str | None,
    digest: bytes,
    work: Callable[[Connection], T],
    *,
    kinds: Mapping[str, type[Any]],
    wait: bool = True,
) -> T:
    """Do `work` unless the key's receipt already says what came of it.

    kinds: the dataclasses an outcome may be, by name; wait: for a first call still at work.
    Raises KeyReused, and KeyInFlight where it shall not wait.
    """
    if key is None:
        return work(connection)
    # Before anything is read: a call at the same moment would find the row moved on, and refuse.
    _, alone = connection.execute(_WAIT if wait else _TRY, {"key": key}).one()
    if not alone:
        raise KeyInFlight("the first call with this idempotency key is still at work")
    found = connection.execute(_FIND, {"key": key}).one_or_none()
    if found is not None:
        kept: T = _same(found.input_hash, found.outcome, digest, kinds)
        return kept
    outcome = work(connection)
    body = codec.encode({"kind": type(outcome).__name__, "body": outcome})
    values = {"key": key, "hash": digest, "outcome": body}
    connection.execute(_KEEP, values)
    return outcome


def _same(
    input_hash: bytes, outcome: dict[str, Any], digest: bytes, kinds: Mapping[str, type[Any]]
) -> Any:
    if bytes(input_hash) != digest:
        raise KeyReused("this idempotency key was used before, for another input")
    return codec.of_plain(kinds[outcome["kind"]], outcome["body"])
