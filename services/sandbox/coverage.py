"""Coverage by play: which rows of the lifecycle tables have fired, by the events of worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from services.kernel.registry import Registry

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


def never_fired(registry: Registry, told: Iterable[TableLine]) -> tuple[TableLine, ...]:
    """The lines that none of these is."""
    seen = set(told)
    return tuple(line for line in lines(registry) if line not in seen)
