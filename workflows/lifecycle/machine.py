"""A lifecycle is a table of rows; firing a row asks who, two persons, and all guards at once.

The only module (with diagram.py) that knows the `transitions` library. It changes nothing: it
answers where a trigger leads, or why it leads nowhere.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, make_dataclass
from enum import Enum
from typing import Any

from transitions import EventData, Machine, MachineError

from policies.reading.pack import UnknownParameter
from workflows.lifecycle.checks import check
from workflows.lifecycle.deadlines import MISS, Deadline, DeadlineMissed, missed
from workflows.lifecycle.effects import Awaited
from workflows.lifecycle.persons import ask_person
from workflows.lifecycle.refusals import (
    NotAllowed,
    NotGivenYet,
    NotPossible,
    Refusal,
    Refused,
    Remark,
)
from workflows.lifecycle.roles import Role
from workflows.lifecycle.rows import (
    ALONE,
    NEW,
    Control,
    Fired,
    Guard,
    Judged,
    Row,
    Situation,
    Turn,
    WrongTable,
    alone,
    commands_of,
    events_of,
    in_turn,
    staying,
    two_persons,
)

__all__ = [
    "ALONE",
    "NEW",
    "Control",
    "Fired",
    "Guard",
    "Judged",
    "Lifecycle",
    "Row",
    "Situation",
    "Turn",
    "WrongTable",
    "alone",
    "commands_of",
    "events_of",
    "in_turn",
    "staying",
    "two_persons",
]

logging.getLogger("transitions").setLevel(logging.WARNING)


class _Token:
    """What `transitions` moves: it carries the question and collects the refusals."""

    __slots__ = ("asked", "open", "refusals", "remarks", "state")

    def __init__(self, state: str, asked: Situation[Any, Any]) -> None:
        self.state = state
        self.asked = asked
        self.refusals: list[Refusal] = []
        self.remarks: list[Remark] = []
        self.open: list[str] = []


@dataclass(frozen=True)
class Lifecycle:
    """The table of one noun with what belongs to it. Checked when it is built.

    record: the frozen dataclass of the noun (has `id` and `state`); commands: command class ->
    trigger (commands_of); events: event class by dotted name (events_of); decide: trigger ->
    events and follow-up commands; evolve: event class -> changed fields; postings, timers: event
    class -> what it books or sets; deadlines: lapses and duties (deadlines.py); notes: events that
    accompany a row's own and change no state. missing: the command that tells of a missed duty.
    """

    noun: str
    record: type[Any]
    states: type[Enum]
    final: tuple[Enum, ...]
    rows: tuple[Row, ...]
    commands: Mapping[type[Any], str]
    events: Mapping[str, type[Any]]
    decide: Mapping[str, Callable[[Situation[Any, Any]], tuple[Any, ...]]]
    evolve: Mapping[type[Any], Callable[[Any, Any], dict[str, Any]]]
    postings: Mapping[type[Any], Callable[[Any, Any], tuple[Any, ...]]] = field(
        default_factory=dict
    )
    timers: Mapping[type[Any], Callable[[Any, Any], tuple[Any, ...]]] = field(default_factory=dict)
    deadlines: tuple[Deadline, ...] = ()
    notes: tuple[type[Any] | str, ...] = ()
    missing: type[Any] = field(init=False, repr=False)
    table: dict[tuple[str, str], Row] = field(init=False, repr=False, default_factory=dict)
    names: dict[type[Any], str] = field(init=False, repr=False, default_factory=dict)
    machine: Any = field(init=False, repr=False, default=None)

    def __post_init__(self) -> None:
        self._watch()
        for row in self.rows:
            for source in row.sources:
                if (row.trigger, source) in self.table:
                    raise WrongTable(f"{self.noun}: {row.trigger} from {source} stands twice")
                self.table[(row.trigger, source)] = row
        self.names.update({kind: name for name, kind in self.events.items()})
        check(self)
        object.__setattr__(self, "machine", _machine(self))

    def _watch(self) -> None:
        """Give a table with duties the row by which the platform tells that one was missed."""
        named = [(self.noun, str), ("duty", str), ("awaited", Awaited)]
        name, space = f"Miss{self.title}Deadline", {"trigger": MISS, "__module__": __name__}
        missing = make_dataclass(name, named, frozen=True, slots=True, namespace=space)
        object.__setattr__(self, "missing", missing)
        duties = tuple(one for one in self.deadlines if one.is_duty)
        if not duties:
            return
        told = f"{self.title}.DeadlineMissed"
        owed = frozenset().union(*(one.states for one in duties))
        states = tuple(state for state in self.states if state.name in owed)
        more: dict[str, Any] = {
            "rows": (*self.rows, *staying(MISS, states, Role.SYS, (), told)),
            "commands": {**self.commands, missing: MISS},
            "events": {**self.events, told: DeadlineMissed},
            "decide": {**self.decide, MISS: missed},
            "evolve": {**self.evolve, DeadlineMissed: lambda _row, _event: {}},
        }
        for attribute, value in more.items():
            object.__setattr__(self, attribute, value)

    @property
    def title(self) -> str:
        """The prefix of its event names: `Loan` of `Loan.Disbursed`."""
        return next(iter(self.events)).partition(".")[0]

    @property
    def triggers(self) -> tuple[str, ...]:
        """Every trigger once, in the table's order."""
        return tuple(dict.fromkeys(row.trigger for row in self.rows))

    def leading(self, trigger: str, it: Any) -> Row:
        """The row by which `trigger` leads on from where `it` stands. Raises NotPossible."""
        state = NEW if it is None else it.state
        row = self.table.get((trigger, state))
        if row is None:
            raise NotPossible(self.noun, "-" if it is None else it.id, trigger, state)
        return row

    def fire(self, trigger: str, asked: Situation[Any, Any]) -> Fired:
        """Where `trigger` leads from here.

        Raises NotPossible (no such row), NotAllowed (wrong person), Refused (guards; all reasons).
        """
        row = self.leading(trigger, asked.it)
        self._ask_person(row, asked)
        state = NEW if asked.it is None else asked.it.state
        token = _Token(state, asked)
        try:
            self.machine.events[trigger].trigger(token)
        except MachineError as error:  # the table was checked above, so this is our own fault
            raise WrongTable(str(error)) from error
        waived = tuple(r for r in token.refusals if r.code in asked.waivable)
        if len(waived) < len(token.refusals):
            left = tuple(r for r in token.refusals if r.code not in asked.waivable)
            raise Refused(trigger, left)
        return Fired(row, state, row.dest.name, waived, tuple(token.remarks))

    def ask_persons(self, trigger: str, asked: Situation[Any, Any]) -> None:
        """Raise NotAllowed unless these persons may make and confirm it, now or later."""
        state = NEW if asked.it is None else asked.it.state
        row = self.table.get((trigger, state))
        self._ask_person(row or next(r for r in self.rows if r.trigger == trigger), asked)

    def _ask_person(self, row: Row, asked: Situation[Any, Any]) -> None:
        try:
            ask_person(self.noun, row, asked)
        except UnknownParameter as silent:
            raise Refused(row.trigger, (_silence(silent),)) from silent

    def peek(self, trigger: str, asked: Situation[Any, Any]) -> Judged:
        """Ask as `fire` does, but move nothing and let the command be unwritten in part.

        What raises NotGivenYet when a guard looks at it is left open. Raises NotPossible.
        """
        row = self.leading(trigger, asked.it)
        token = _Token(NEW if asked.it is None else asked.it.state, asked)
        try:
            self._ask_person(row, asked)
        except NotAllowed as refused:
            return Judged(row, (refused.reason,), barred=True)
        except Refused as silent:
            return Judged(row, silent.reasons)
        except NotGivenYet as later:
            token.open.append(later.what)
        _ask_guards(row, token)
        left = tuple(r for r in token.refusals if r.code not in asked.waivable)
        return Judged(row, left, tuple(dict.fromkeys(token.open)), tuple(token.remarks))

    def decided(self, trigger: str, asked: Situation[Any, Any]) -> tuple[Any, ...]:
        """The events and commands that follow. Raises Refused where the case says too little."""
        try:
            return tuple(self.decide[trigger](asked))
        except UnknownParameter as silent:
            raise Refused(trigger, (_silence(silent),)) from silent


def _collect(event: EventData) -> None:
    token = event.model
    _ask_guards(event.machine.zhidai_table[(event.event.name, token.state)], token)
    if token.open:  # a command that is given is complete
        raise NotGivenYet(", ".join(token.open))


def _ask_guards(row: Row, token: _Token) -> None:
    for guard in row.guards:
        try:
            said = guard(token.asked)
        except NotGivenYet as later:
            token.open.append(later.what)
            continue
        except UnknownParameter as silent:
            said = _silence(silent)
        if isinstance(said, Remark):
            token.remarks.append(said)
        elif said is not None:
            token.refusals.append(said)


def _silence(found: UnknownParameter) -> Refusal:
    """A case that says nothing of what the act asks for forbids it, rather than guess a value."""
    return Refusal(
        "case_is_silent", parameter=found.name, actual=found.case, citation=found.citation
    )


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
