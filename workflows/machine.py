"""A lifecycle is a table of rows; firing a row asks who, two persons, and all guards at once.

The only module (with diagram.py) that knows the `transitions` library. It changes nothing: it
answers where a trigger leads, or why it leads nowhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar

from transitions import EventData, Machine, MachineError

from policies.pack import Policy
from workflows.persons import ALONE as ALONE
from workflows.persons import Control as Control
from workflows.persons import ask_checker, ask_maker
from workflows.persons import two_persons as two_persons
from workflows.refusals import (
    NotAllowed,
    NotGivenYet,
    NotPossible,
    NotThere,
    Refusal,
    Refused,
)
from workflows.roles import Actor, Role
from workflows.table_faults import NEW as NEW
from workflows.table_faults import faults

logging.getLogger("transitions").setLevel(logging.WARNING)

T = TypeVar("T")
R = TypeVar("R")


class WrongTable(ValueError):
    """A lifecycle table contradicts itself; found when it is built, never when it runs."""


@dataclass(frozen=True, slots=True)
class Situation(Generic[R]):
    """All that a guard or decider may look at. Plain data; nothing in it can do I/O.

    it: the row acted on (None before it exists); act: the command; rows: other rows read with it,
    by class; facts: figures computed for this command; today: the business date.
    """

    it: R
    act: Any
    rows: Mapping[type, Any]
    facts: Mapping[str, Any]
    policy: Policy
    today: date
    actor: Actor
    checker: Actor | None = None
    waivable: frozenset[str] = frozenset()

    def row(self, kind: type[T]) -> T:
        """The row of that class read with the command. Raises NotThere."""
        found: T | None = self.rows.get(kind)
        if found is None:
            raise NotThere(kind.__name__)
        return found


Guard = Callable[[Situation[Any]], Refusal | None]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a lifecycle table, readable from left to right."""

    trigger: str
    source: Enum | str | tuple[Enum, ...]
    dest: Enum
    by: Role | tuple[Role, ...]
    guards: tuple[Guard, ...]
    event: str
    control: Control = ALONE

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the states this row leaves."""
        several = self.source if isinstance(self.source, tuple) else (self.source,)
        return tuple(s if isinstance(s, str) else s.name for s in several)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles that may act."""
        return self.by if isinstance(self.by, tuple) else (self.by,)


def staying(
    trigger: str,
    states: tuple[Enum, ...],
    by: Role | tuple[Role, ...],
    guards: tuple[Guard, ...],
    event: str,
    control: Control = ALONE,
) -> tuple[Row, ...]:
    """Rows of an act that leaves every one of these states as it is: a flag or a note is set."""
    return tuple(Row(trigger, state, state, by, guards, event, control) for state in states)


@dataclass(frozen=True, slots=True)
class Fired:
    """Where a trigger leads, and which refusals were waived on the way (boarding only)."""

    row: Row
    source: str
    dest: str
    waived: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a trigger before its command is written.

    refusals: reasons that stand whatever the command says; open: what guards still have to see
    (fields of the command, or figures that depend on them). Both empty: it may be done.
    """

    row: Row
    refusals: tuple[Refusal, ...] = ()
    open: tuple[str, ...] = ()


class _Token:
    """What `transitions` moves: it carries the question and collects the refusals."""

    __slots__ = ("asked", "open", "refusals", "state")

    def __init__(self, state: str, asked: Situation[Any]) -> None:
        self.state = state
        self.asked = asked
        self.refusals: list[Refusal] = []
        self.open: list[str] = []


@dataclass(frozen=True)
class Lifecycle:
    """The table of one noun with what belongs to it. Checked when it is built.

    record: the frozen dataclass of the noun (has `id` and `state`); commands: command class ->
    trigger; events: event class by dotted name; decide: trigger -> events and follow-up commands;
    evolve: event class -> changed fields; postings, timers: event class -> what it books or sets.
    notes: events that accompany a row's own event and change no state.
    """

    noun: str
    record: type[Any]
    states: type[Enum]
    final: tuple[Enum, ...]
    rows: tuple[Row, ...]
    commands: Mapping[type[Any], str]
    events: Mapping[str, type[Any]]
    decide: Mapping[str, Callable[[Situation[Any]], tuple[Any, ...]]]
    evolve: Mapping[type[Any], Callable[[Any, Any], dict[str, Any]]]
    postings: Mapping[type[Any], Callable[[Any, Any], tuple[Any, ...]]] = field(
        default_factory=dict
    )
    timers: Mapping[type[Any], Callable[[Any, Any], tuple[Any, ...]]] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    table: dict[tuple[str, str], Row] = field(init=False, repr=False, default_factory=dict)
    names: dict[type[Any], str] = field(init=False, repr=False, default_factory=dict)
    machine: Any = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        for row in self.rows:
            for source in row.sources:
                if (row.trigger, source) in self.table:
                    raise WrongTable(f"{self.noun}: {row.trigger} from {source} stands twice")
                self.table[(row.trigger, source)] = row
        self.names.update({kind: name for name, kind in self.events.items()})
        wrong = next(faults(self), None)
        if wrong is not None:
            raise WrongTable(f"{self.noun}: {wrong}")
        object.__setattr__(self, "machine", _machine(self))

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger once, in the table's order."""
        return tuple(dict.fromkeys(row.trigger for row in self.rows))

    def fire(self, trigger: str, asked: Situation[Any]) -> Fired:
        """Where `trigger` leads from here.

        Raises NotPossible (no such row), NotAllowed (wrong person), Refused (guards; all reasons).
        """
        row, token = self._row(trigger, asked)
        state = token.state
        _ask_person(row, asked)
        try:
            self.machine.events[trigger].trigger(token)
        except MachineError as error:  # the table was checked above, so this is our own fault
            raise WrongTable(str(error)) from error
        waived = tuple(r for r in token.refusals if r.code in asked.waivable)
        if len(waived) < len(token.refusals):
            left = tuple(r for r in token.refusals if r.code not in asked.waivable)
            raise Refused(trigger, left)
        return Fired(row, state, row.dest.name, waived)

    def peek(self, trigger: str, asked: Situation[Any]) -> Judged:
        """Ask as `fire` does, but move nothing and let the command be unwritten in part.

        What raises NotGivenYet when a guard looks at it is left open. Raises NotPossible.
        """
        row, token = self._row(trigger, asked)
        try:
            _ask_person(row, asked)
        except NotAllowed as refused:
            return Judged(row, (refused.reason,))
        _ask_guards(row, token)
        left = tuple(r for r in token.refusals if r.code not in asked.waivable)
        return Judged(row, left, tuple(dict.fromkeys(token.open)))

    def _row(self, trigger: str, asked: Situation[Any]) -> tuple[Row, _Token]:
        state = NEW if asked.it is None else asked.it.state
        row = self.table.get((trigger, state))
        if row is None:
            ident = "-" if asked.it is None else asked.it.id
            raise NotPossible(self.noun, ident, trigger, state)
        return row, _Token(state, asked)


def _ask_person(row: Row, asked: Situation[Any]) -> None:
    """Role, organisation, and where the row is controlled, two different persons."""
    holders = (asked.it, asked.act)
    ask_maker(row.trigger, row.roles, asked.actor, holders)
    if not row.control.checkers or asked.checker is None:
        return  # the kernel turns a controlled act without checker into a proposal
    ask_checker(row.trigger, row.control, asked.actor, asked.checker, holders)


def _collect(event: EventData) -> None:
    token = event.model
    _ask_guards(event.machine.zhidai_table[(event.event.name, token.state)], token)
    if token.open:  # a command that is given is complete
        raise NotGivenYet(", ".join(token.open))


def _ask_guards(row: Row, token: _Token) -> None:
    for guard in row.guards:
        try:
            refusal = guard(token.asked)
        except NotGivenYet as later:
            token.open.append(later.what)
            continue
        if refusal is not None:
            token.refusals.append(refusal)


def _none_refused(event: EventData) -> bool:
    token = event.model
    waivable = token.asked.waivable
    return all(refusal.code in waivable for refusal in token.refusals)


def _machine(lifecycle: Lifecycle) -> Machine:
    states = [NEW, *(state.name for state in lifecycle.states)]
    machine = Machine(
        model=None,
        states=states,
        initial=NEW,
        auto_transitions=False,
        send_event=True,
        model_attribute="state",
    )
    machine.zhidai_table = lifecycle.table
    for row in lifecycle.rows:
        machine.add_transition(
            row.trigger,
            list(row.sources),
            row.dest.name,
            prepare=[_collect],
            conditions=[_none_refused],
        )
    return machine
