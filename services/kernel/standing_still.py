"""What stands still in a world until a person looks: deliveries and timers set aside, failed acts.

Each holds up its own stream or script only. A refused act is no failure: a rule answered.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, text

from services.kernel import acts, deliveries, timers

DELIVERY, TIMER, ACT = "delivery", "timer", "act"
MOST = 500

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
        DELIVERY: deliveries.retry(connection),
        TIMER: timers.retry(connection),
        ACT: acts.retry(connection),
    }
