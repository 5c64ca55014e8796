"""The rail with its numbers: how many rows wait at each station, and for whom.

A row waits where an act of people would move it on (services/console/inbox/waiting.py says which
acts nobody waits for); it counts once, for the roles of the first such act.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from sqlalchemy import Connection, text

from services.api import sight
from services.api.open_acts import BACKWARD, WANTED
from services.console.stations import MAYBE, STATIONS, station
from services.kernel.registry import Noun, Registry
from services.kernel.states import quoted
from workflows.lifecycle.machine import NEW
from workflows.lifecycle.roles import Actor, Role
from workflows.loan.states import LATE

READER = Actor("reader", Role.AUD, "")
"""Who reads an open demo without a seat."""


# Where a station of the rail leads: the list of what stands there.
# fmt: off
_PLACES: Mapping[str, str] = {
    "enrolment":    "/enterprises",
    "product":      "/products",
    "application":  "/applications",
    "matching":     "/matches",
    "disbursement": "/loans",
    "monitoring":   "/loans",
    "compensation": "/claims",
    "recovery":     "/recoveries",
}
# fmt: on
_HUES = {"monitoring": "r", "compensation": "l", "recovery": "l"}


@dataclass(slots=True)
class Stand:
    """One station with the rows that wait there, by the role whose turn it is."""

    name: str
    turns: Counter[Role] = field(default_factory=Counter)
    mine: int = 0

    @property
    def number(self) -> int:
        """Rows that wait there."""
        return sum(self.turns.values())

    @property
    def place(self) -> str:
        """The list of what stands there."""
        return _PLACES[self.name]

    @property
    def look(self) -> str:
        """Its classes: dashed where only a loan that goes wrong comes, coloured where one waits."""
        hue = _HUES.get(self.name, "") if self.number else ""
        return f"maybe {hue}".strip() if self.name in MAYBE else hue


def rail(connection: Connection, registry: Registry, actor: Actor | None) -> list[Stand]:
    """The eight stations as that seat sees them; as an auditor would where no seat is taken."""
    seen = actor or READER
    stands = {name: Stand(name) for name in STATIONS}
    statement = " UNION ALL ".join(_counted(registry, seen))
    for noun, state, number in connection.execute(text(statement), {"org": seen.organisation}):
        roles = _turns(registry.nouns[noun])[state]
        stand = stands[station(noun, state)]
        stand.turns[roles[0]] += number
        if actor is not None and actor.role in roles:
            stand.mine += number
    reporters = _reporters(registry)
    for state, number in connection.execute(
        text(_late(registry, seen)), {"org": seen.organisation}
    ):
        stand = stands[station("loan", state)]
        stand.turns[reporters[0]] += number
        if actor is not None and actor.role in reporters:
            stand.mine += number
    return list(stands.values())


def _late(registry: Registry, actor: Actor) -> str:
    """Overdue loans whose risk nobody has reported yet: as in the inbox."""
    return (
        f"SELECT t.state, count(*) FROM loan t WHERE t.state IN ({quoted(LATE)})"
        f" AND ({sight.condition(registry.nouns['loan'], actor)})"
        " AND NOT EXISTS (SELECT 1 FROM claim c WHERE c.id = t.id) GROUP BY t.state"
    )


def _reporters(registry: Registry) -> tuple[Role, ...]:
    rows = [row for row in registry.nouns["claim"].lifecycle.rows if NEW in row.sources]
    return tuple(role for row in rows for role in row.roles if role is not Role.SYS)


def _counted(registry: Registry, actor: Actor) -> Iterator[str]:
    for noun in registry.nouns.values():
        if states := _turns(noun):
            yield (
                f"SELECT '{noun.name}', t.state, count(*) FROM {noun.table.name} t"
                f" WHERE t.state IN ({_names(states)}) AND ({sight.condition(noun, actor)})"
                f" AND ({_wanted(noun)}) GROUP BY t.state"
            )


def _names(states: Iterable[str]) -> str:
    return ", ".join(f"'{name}'" for name in states)


def _wanted(noun: Noun) -> str:
    """An act that is open all the time waits for somebody only then."""
    parts = [
        f"(t.state NOT IN ({_names(row.sources)}) OR {WANTED[(noun.name, row.trigger)]})"
        for row in noun.lifecycle.rows
        if (noun.name, row.trigger) in WANTED
    ]
    return " AND ".join(parts) or "TRUE"


@lru_cache(maxsize=64)
def _turns(noun: Noun) -> Mapping[str, tuple[Role, ...]]:
    """State -> roles of the acts that move a row on from there, the first act's role first."""
    found: dict[str, dict[Role, None]] = {}
    ended = {state.name for state in noun.lifecycle.final}
    for row in noun.lifecycle.rows:
        people = [role for role in row.roles if role is not Role.SYS]
        if row.trigger in BACKWARD or not people:
            continue
        for source in row.sources:
            if source not in (NEW, row.dest.name, *ended):
                found.setdefault(source, {}).update(dict.fromkeys(people))
    return {state: tuple(roles) for state, roles in found.items()}
