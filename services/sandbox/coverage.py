"""Coverage by play: which rows of the lifecycle tables have fired, by the events of worlds.

A row is a trigger of a noun as a banker reads it; it leaves one state or several, and each of those
is counted as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from services.kernel.registry import Registry

ARGUED = {
    "bank.board": "boarding writes it for a tape's banks, no person does",
    "enterprise.board": "boarding writes it for a tape's firms, no person does",
}
"""Rows that no scenario can fire, as docs/adr/0011-rows-never-played.md argues."""

AWAITED = frozenset(
    {
        "asset.reject_invalidation", "breaker.half_open", "breaker.reset", "breaker.trip",
        "claim.set_off", "clawback.offset", "filing.refuse_by_breaker", "fund.end_watch",
        "fund.watch", "loan.restore_collateral", "pledge.prepare_substitute",
    }
)  # fmt: skip
"""Rows whose scenario is still to be written; one that has fired no longer belongs here."""

_FIRED = text(
    "SELECT split_part(stream, '/', 1), trigger, from_state, to_state, type, count(*) FROM event"
    " GROUP BY 1, 2, 3, 4, 5"
)


@dataclass(frozen=True, slots=True, order=True)
class TableLine:
    """One row of a table from one of the states it leaves."""

    noun: str
    trigger: str
    source: str
    dest: str
    event: str

    @property
    def row(self) -> str:
        """The row it belongs to: `loan.repay`."""
        return f"{self.noun}.{self.trigger}"


@dataclass(frozen=True, slots=True)
class Coverage:
    """never: rows that did not fire; argued: those of them that the ADR argues; awaited: whose
    scenario is to be written; told: awaited, and fired; lines: states left by no play, of rows
    that did fire.
    """

    rows: int
    never: tuple[str, ...]
    argued: tuple[str, ...]
    awaited: tuple[str, ...]
    told: tuple[str, ...]
    lines: tuple[TableLine, ...]


def lines(registry: Registry) -> tuple[TableLine, ...]:
    """Every row of every table, one for each state it leaves, in the tables' order."""
    return tuple(
        TableLine(noun.name, row.trigger, source, row.dest.name, row.told)
        for noun in registry.nouns.values()
        for row in noun.lifecycle.rows
        for source in row.sources
    )


def fired(connection: Connection) -> Counter[TableLine]:
    """How often each line has fired in a world, counted from its event rows."""
    return Counter({TableLine(*row[:5]): row[5] for row in connection.execute(_FIRED)})


def coverage(registry: Registry, told: Iterable[TableLine]) -> Coverage:
    """What all these have fired together, of what there is."""
    seen = set(told)
    known = lines(registry)
    rows = dict.fromkeys(line.row for line in known)
    played = {line.row for line in known if line in seen}
    return Coverage(
        len(rows),
        tuple(row for row in rows if row not in played and row not in {*ARGUED, *AWAITED}),
        tuple(row for row in rows if row not in played and row in ARGUED),
        tuple(row for row in rows if row not in played and row in AWAITED),
        tuple(sorted(AWAITED & played)),
        tuple(line for line in known if line not in seen and line.row in played),
    )
