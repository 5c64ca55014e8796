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
from workflows.refusals import NotAllowed, NotPossible, Refusal, Refused
from workflows.roles import ORGANISATION_OF, Actor, Role

logging.getLogger("transitions").setLevel(logging.WARNING)

T = TypeVar("T")
R = TypeVar("R")

NEW = "NEW"  # the source of a row that brings a thing into being


class WrongTable(ValueError):
    """A lifecycle table contradicts itself; found when it is built, never when it runs."""


@dataclass(frozen=True, slots=True)
class Control:
    """Who must confirm, if anybody. domain.md 2.2.

    `same_organisation` holds for internal steps; where the matrix names two organisations the
    checker's own organisation is asked of the row instead.
    """

    checkers: tuple[Role, ...] = ()
    same_organisation: bool = True


ALONE = Control()


def two_persons(*checkers: Role, same_organisation: bool = True) -> Control:
    """The step is proposed by the row's role and confirmed by one of `checkers`, another user."""
    return Control(checkers, same_organisation)


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
        """The row of that class read with the command. Raises KeyError when it was not read."""
        found: T = self.rows[kind]
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


class _Token:
    """What `transitions` moves: it carries the question and collects the refusals."""

    __slots__ = ("asked", "refusals", "state")

    def __init__(self, state: str, asked: Situation[Any]) -> None:
        self.state = state
        self.asked = asked
        self.refusals: list[Refusal] = []


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
        _check(self)
        object.__setattr__(self, "machine", _machine(self))

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger once, in the table's order."""
        return tuple(dict.fromkeys(row.trigger for row in self.rows))

    def fire(self, trigger: str, asked: Situation[Any]) -> Fired:
        """Where `trigger` leads from here.

        Raises NotPossible (no such row), NotAllowed (wrong person), Refused (guards; all reasons).
        """
        state = NEW if asked.it is None else asked.it.state
        row = self.table.get((trigger, state))
        if row is None:
            ident = "-" if asked.it is None else asked.it.id
            raise NotPossible(self.noun, ident, trigger, state)
        _ask_person(row, asked)
        token = _Token(state, asked)
        try:
            self.machine.events[trigger].trigger(token)
        except MachineError as error:  # the table was checked above, so this is our own fault
            raise WrongTable(str(error)) from error
        waived = tuple(r for r in token.refusals if r.code in asked.waivable)
        if len(waived) < len(token.refusals):
            left = tuple(r for r in token.refusals if r.code not in asked.waivable)
            raise Refused(trigger, left)
        return Fired(row, state, row.dest.name, waived)

    def peek(self, asked: Situation[Any]) -> dict[str, tuple[Refusal, ...]]:
        """Every trigger of the present state with the reasons against it; empty means it may."""
        state = NEW if asked.it is None else asked.it.state
        answers: dict[str, tuple[Refusal, ...]] = {}
        for trigger in self.triggers:
            if (trigger, state) not in self.table:
                continue
            try:
                self.fire(trigger, asked)
                answers[trigger] = ()
            except Refused as refused:
                answers[trigger] = refused.reasons
            except NotAllowed as refused:
                answers[trigger] = (refused.reason,)
        return answers


def _ask_person(row: Row, asked: Situation[Any]) -> None:
    """Role, organisation, and where the row is controlled, two different persons."""
    actor, checker = asked.actor, asked.checker
    _ask_role(row, actor, row.roles, asked)
    if not row.control.checkers or checker is None:
        return  # the kernel turns a controlled act without checker into a proposal
    if checker.user == actor.user:
        raise NotAllowed(row.trigger, Refusal("same_person", actual=checker.user))
    _ask_role(row, checker, row.control.checkers, asked)
    if row.control.same_organisation and checker.organisation != actor.organisation:
        reason = Refusal(
            "other_organisation", threshold=actor.organisation, actual=checker.organisation
        )
        raise NotAllowed(row.trigger, reason)


def _ask_role(row: Row, actor: Actor, roles: tuple[Role, ...], asked: Situation[Any]) -> None:
    if actor.role not in roles:
        names = " / ".join(role.value for role in roles)
        raise NotAllowed(
            row.trigger, Refusal("wrong_role", threshold=names, actual=actor.role.value)
        )
    attribute = ORGANISATION_OF.get(actor.role)
    if attribute is None:
        return
    owner = _owner(attribute, asked)
    if owner is not None and owner != actor.organisation:
        raise NotAllowed(
            row.trigger,
            Refusal("wrong_organisation", threshold=owner, actual=actor.organisation),
        )


def _owner(attribute: str, asked: Situation[Any]) -> str | None:
    """The organisation a row belongs to: named by the row, else (while new) by the command."""
    for holder in (asked.it, asked.act):
        found: str | None = getattr(holder, attribute, None)
        if found is not None:
            return found
    return None


def _collect(event: EventData) -> None:
    token = event.model
    row: Row = event.machine.zhidai_table[(event.event.name, token.state)]
    for guard in row.guards:
        refusal = guard(token.asked)
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


def _check(lifecycle: Lifecycle) -> None:
    """Raise WrongTable unless every state is reachable, leads on or is final, and all is named."""
    noun, names = lifecycle.noun, {state.name for state in lifecycle.states}
    reached = {NEW}
    while True:
        more = {
            row.dest.name for row in lifecycle.rows if any(s in reached for s in row.sources)
        } - reached
        if not more:
            break
        reached |= more
    if names - reached:
        raise WrongTable(f"{noun}: never reached: {sorted(names - reached)}")
    left = {s for row in lifecycle.rows for s in row.sources if row.dest.name != s}
    dead = names - left - {state.name for state in lifecycle.final}
    if dead:
        raise WrongTable(f"{noun}: no way out of {sorted(dead)}, and not final")
    known = set(lifecycle.events)
    for row in lifecycle.rows:
        if row.event not in known:
            raise WrongTable(f"{noun}: {row.trigger} names the unknown event {row.event}")
        if row.trigger not in lifecycle.decide:
            raise WrongTable(f"{noun}: nothing decides {row.trigger}")
    missing = [name for name, kind in lifecycle.events.items() if kind not in lifecycle.evolve]
    if missing:
        raise WrongTable(f"{noun}: nothing evolves {missing}")
    strays = known - {row.event for row in lifecycle.rows} - set(lifecycle.notes)
    if strays:
        raise WrongTable(f"{noun}: no row nor note has {sorted(strays)}")
