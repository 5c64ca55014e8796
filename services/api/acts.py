"""Every trigger that people may fire, as an address: made from the rows of the lifecycles.

A row that only the platform fires has no address; GET .../actions tells of it all the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from services.kernel.registry import Noun, Registry
from workflows.lifecycle.machine import NEW, Row
from workflows.lifecycle.roles import Role


@dataclass(frozen=True)
class Act:
    """One trigger of one noun with its rows."""

    noun: Noun
    trigger: str
    command: type[Any]
    rows: tuple[Row, ...]

    @property
    def operation(self) -> str:
        """The stable operation id: `loan_disburse`."""
        return f"{self.noun.name}_{self.trigger}"

    @property
    def path(self) -> str:
        """The sub-resource: `/loans/{id}/disburse`."""
        return f"/{plural(self.noun.name)}/{{id}}/{self.trigger.replace('_', '-')}"

    @property
    def creates(self) -> bool:
        """Whether the trigger brings a row into being."""
        return any(NEW in row.sources for row in self.rows)

    @property
    def roles(self) -> tuple[Role, ...]:
        """People who may do it; the platform is left out."""
        found = dict.fromkeys(role for row in self.rows for role in row.roles)
        return tuple(role for role in found if role is not Role.SYS)

    @property
    def stages(self) -> tuple[tuple[Role, ...], ...]:
        """Roles one of which confirms, stage by stage."""
        every = (tuple(stage.every for stage in row.control.turns) for row in self.rows)
        return max(every, key=len)

    @property
    def checkers(self) -> tuple[Role, ...]:
        """People one of whom must confirm it; empty where nobody needs to."""
        return tuple(dict.fromkeys(role for row in self.rows for role in row.control.checkers))

    @property
    def leads(self) -> tuple[tuple[str, str], ...]:
        """From which state to which."""
        return leads(self.noun, self.trigger)


def acts(registry: Registry) -> tuple[Act, ...]:
    """All acts of people, noun by noun in the tables' order."""
    return tuple(act for noun in registry.nouns.values() for act in of_noun(noun))


def of_noun(noun: Noun) -> Sequence[Act]:
    """The acts of people on one noun."""
    commands = {trigger: kind for kind, trigger in noun.lifecycle.commands.items()}
    found = [
        Act(noun, trigger, commands[trigger], _rows(noun, trigger))
        for trigger in noun.lifecycle.triggers
    ]
    return [act for act in found if act.roles]


def creating(noun: Noun) -> Act | None:
    """The one act by which people bring such a row into being; None for none or several."""
    found = [act for act in of_noun(noun) if act.creates]
    return found[0] if len(found) == 1 else None


def leads(noun: Noun, trigger: str) -> tuple[tuple[str, str], ...]:
    """From which state to which a trigger leads, the platform's own rows included."""
    rows = _rows(noun, trigger)
    return tuple((source, row.dest.name) for row in rows for source in row.sources)


def _rows(noun: Noun, trigger: str) -> tuple[Row, ...]:
    return tuple(row for row in noun.lifecycle.rows if row.trigger == trigger)


def plural(noun: str) -> str:
    """The collection's name: loans, matches, recoveries."""
    if noun.endswith("y"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("ch", "s")) else f"{noun}s"
