"""How a noun tells the kernel what it has: its table, its commands, its reactions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Table

from services.kernel import codec
from workflows.lifecycle.machine import Lifecycle
from workflows.lifecycle.refusals import PairRefused
from workflows.lifecycle.rows import Facts
from workflows.lifecycle.versions import brought_up
from workflows.lifecycle.waivers import GuardWaived


@dataclass(frozen=True, eq=False)
class Noun:
    """A lifecycle with the table that keeps its rows.

    The table has one column for each field of the record (same names), and `version` and `chain`
    (sequence number and hash of the stream's last event). Streams are named `<noun>/<id>`.
    """

    lifecycle: Lifecycle
    table: Table

    @property
    def name(self) -> str:
        """The noun's name, which is also the prefix of its streams."""
        return self.lifecycle.noun

    @property
    def title(self) -> str:
        """The prefix of its event names: `Loan` of `Loan.Disbursed`."""
        return self.lifecycle.title


Query = Callable[[Connection, Sequence[Mapping[str, Any]]], Sequence[Facts]]


@dataclass(frozen=True)
class Handle:
    """How a command is carried out. The command's field named after the noun has its id.

    reads: nouns read with it; the id of each stands in an attribute named after the noun on the
    command, on the target row, or on a row read before it. A missing id reads nothing.
    locks: nouns of `reads` whose rows a follow-up command will change; locked last.
    facts: one query for the whole batch: given for each command the rows by noun (with "act" and
    "it"), returns for each the figures that guards read as `situation.fact(Kind)`.
    """

    noun: str
    reads: tuple[str, ...] = ()
    locks: tuple[str, ...] = ()
    facts: Query | None = None


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as a reaction sees it."""

    noun: str
    id: str
    event: Any  # the event's dataclass
    business_date: date


@dataclass(frozen=True)
class Reaction:
    """When an event of this name has happened, the platform gives these commands.

    `name` is stored on delivery rows: once released it must not change.
    """

    name: str
    on: str  # dotted event name
    then: Callable[[Happened], tuple[Any, ...]]


Noted = Callable[[Connection, PairRefused], Any]


@dataclass(frozen=True)
class Sweep:
    """What the platform does with many rows of a noun on certain days, a batch a transaction.

    following: the next such day after a day; of the rows in `states`, those whose date `since`
    lies before it are given the command. It must move that date: what is done is not done again.
    """

    name: str
    noun: str
    states: tuple[str, ...]
    since: str
    following: Callable[[date], date]
    command: Callable[[str], Any]

    def falls_on(self, day: date) -> bool:
        """Whether that is one of its days."""
        return self.following(day - timedelta(days=1)) == day

    def asks(self, row: Any, day: date) -> bool:
        """Whether the row is to be given the command on that day."""
        since: date | None = getattr(row, self.since)
        return row.state in self.states and since is not None and since < day


@dataclass(frozen=True, eq=False)
class Registry:
    """All nouns, commands and reactions of the application; built in services/wiring.py."""

    nouns: Mapping[str, Noun]
    handles: Mapping[type[Any], Handle]
    reactions: tuple[Reaction, ...]
    noted: Noted | None = None  # the command that notes a refused pair
    sweeps: tuple[Sweep, ...] = ()
    by_event: Mapping[str, tuple[Reaction, ...]] = field(init=False)
    by_name: Mapping[str, Reaction] = field(init=False)
    commands: Mapping[str, type[Any]] = field(init=False)
    events: Mapping[str, type[Any]] = field(init=False)

    def __post_init__(self) -> None:
        by_event: dict[str, tuple[Reaction, ...]] = {}
        for reaction in self.reactions:
            by_event[reaction.on] = (*by_event.get(reaction.on, ()), reaction)
        object.__setattr__(self, "by_event", by_event)
        object.__setattr__(self, "by_name", {one.name: one for one in self.reactions})
        if len(self.by_name) < len(self.reactions):
            raise ValueError("two reactions have one name, which their deliveries go by")
        object.__setattr__(self, "commands", {kind.__name__: kind for kind in self.handles})
        events: dict[str, type[Any]] = {}
        for noun in self.nouns.values():
            events.update(noun.lifecycle.events)
        object.__setattr__(self, "events", events)

    def event_class(self, name: str) -> type[Any]:
        """The dataclass of a dotted event name. Raises KeyError for an unknown one."""
        if name.endswith(".GuardWaived"):
            return GuardWaived
        return self.events[name]

    def event_of(self, row: Any) -> Any:
        """The event of a row of the event table (type, schema_version, payload).

        Raises KeyError for an unknown type, UnknownVersion.
        """
        kind = self.event_class(row.type)
        return codec.of_plain(kind, brought_up(kind, row.schema_version, row.payload))
