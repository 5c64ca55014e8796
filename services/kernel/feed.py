"""Events in the order of their positions, none skipped though transactions commit out of order.

A writer takes positions before it commits, so a higher one may be seen while a lower is in flight.
Each writer therefore announces, by a shared advisory lock that ends with its transaction, above
which position it writes; a reader goes no further than the lowest announcement.
"""

from __future__ import annotations

from sqlalchemy import Connection, text

_CLASS = 7020  # the upper 16 bits of the lock's key; the lower 48 are a position
_LAST = "coalesce(pg_sequence_last_value('event_position_seq'), 0)"

_ANNOUNCE = text(f"SELECT pg_advisory_xact_lock_shared(CAST({_CLASS} AS bigint) << 48 | {_LAST})")
_TAKEN = text(f"SELECT {_LAST}")
_LOWEST = text(
    f"""
    SELECT min(key & ((CAST(1 AS bigint) << 48) - 1)) FROM (
      SELECT CAST(classid AS bigint) << 32 | CAST(objid AS bigint) AS key FROM pg_locks
      WHERE locktype = 'advisory' AND objsubid = 1
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    ) announced WHERE key >> 48 = {_CLASS}
    """
)


def announce(connection: Connection) -> None:
    """Say that this transaction is going to write events above the last position taken so far."""
    connection.execute(_ANNOUNCE)


def settled(connection: Connection) -> int:
    """The position up to which nothing can appear any more.

    The order is what makes it safe: first the last position taken, then the announcements, then
    (by the caller, in a later statement of a READ COMMITTED transaction) the events. Who took a
    position before the first step either is announced in the second or is seen in the third.
    """
    taken: int = connection.execute(_TAKEN).scalar_one()
    lowest: int | None = connection.execute(_LOWEST).scalar_one()
    return taken if lowest is None else min(taken, lowest)
