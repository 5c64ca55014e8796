"""What stands still in a world until a person looks: deliveries and timers set aside, failed acts.

Each holds up its own stream or script only. A refused act is no failure: a rule answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

DELIVERY, TIMER, ACT = "delivery", "timer", "act"
KINDS = (DELIVERY, TIMER, ACT)
MOST = 500
LONGEST = 500

COUNT = (
    "(SELECT count(*) FROM delivery WHERE parked) + (SELECT count(*) FROM timer WHERE parked)"
    " + (SELECT count(*) FROM act WHERE state = 'FAILED')"
)
_COUNT = text(f"SELECT {COUNT}")
_LIST = text(
    """
    (SELECT 'delivery' AS kind, stream || ':' || seq AS place, reaction AS what, error
     FROM delivery WHERE parked ORDER BY id LIMIT :most)
    UNION ALL
    (SELECT 'timer', stream || ':' || kind, command, error
     FROM timer WHERE parked ORDER BY due_on, stream, kind LIMIT :most)
    UNION ALL
    (SELECT 'act', script || ':' || ordinal, command, reasons -> 0 ->> 'actual'
     FROM act WHERE state = 'FAILED' ORDER BY id LIMIT :most)
    """
)
_RETRY: Mapping[str, str] = {
    DELIVERY: "UPDATE delivery SET parked = false, attempts = 0, due_at = clock_timestamp()"
    " WHERE parked RETURNING id",
    TIMER: "UPDATE timer SET parked = false, error = NULL WHERE parked RETURNING stream",
    ACT: "UPDATE act SET state = 'WAITING', reasons = NULL WHERE state = 'FAILED' RETURNING id",
}


@dataclass(frozen=True, slots=True)
class Still:
    """One thing that failed. place: stream:seq, stream:kind or script:ordinal; what: its command
    or reaction."""

    kind: str
    place: str
    what: str
    error: str


def count(connection: Connection) -> int:
    """How many things of a world stand still."""
    number: int = connection.execute(_COUNT).scalar_one()
    return number


def listing(connection: Connection) -> list[Still]:
    """What stands still, up to MOST of a kind, with the error it failed with."""
    rows = connection.execute(_LIST, {"most": MOST})
    return [Still(row.kind, row.place, row.what, row.error or "") for row in rows]


def retry(connection: Connection) -> dict[str, int]:
    """Give all of it another chance; how many of each kind."""
    return {
        kind: len(connection.execute(text(statement)).all()) for kind, statement in _RETRY.items()
    }


def told(error: Exception) -> str:
    """An error as it is kept with what failed: the database's first words, no values, no NUL."""
    primary = getattr(getattr(getattr(error, "orig", None), "diag", None), "message_primary", None)
    said = primary or str(error) or type(error).__name__
    return said.encode("utf-8", "replace").decode("utf-8").replace("\x00", "?")[:LONGEST]
