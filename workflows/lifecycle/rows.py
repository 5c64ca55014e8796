"""What a lifecycle table is made of: rows, who acts, who confirms, and what a guard may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from types import ModuleType
from typing import Any, Generic

from typing_extensions import TypeVar

from policies.reading.pack import Policy
from workflows.lifecycle.refusals import NotThere, Refusal, Remark
from workflows.lifecycle.roles import Actor, Role

T = TypeVar("T")
R = TypeVar("R", covariant=True, default=Any)
A = TypeVar("A", covariant=True, default=Any)

NEW = "NEW"  # the source of a row that brings a thing into being


class WrongTable(ValueError):
    """A lifecycle table contradicts itself; found when it is built, never when it runs."""


@dataclass(frozen=True, slots=True)
class Situation(Generic[R, A]):
    """All that a guard or decider may look at. Plain data; nothing in it can do I/O.

    `Situation[Loan, RepayLoan]` says of what and of which command. it: the row acted on (None
    before it exists); act: the command; rows: other rows read with it, by class; facts: figures
    computed for this command, by class; today: the business date; checkers: who confirmed, in
    order.
    """

    it: R
    act: A
    rows: Mapping[type, Any]
    facts: Mapping[Any, Any]
    policy: Policy
    today: date
    actor: Actor
    checkers: tuple[Actor, ...] = ()
    waivable: frozenset[str] = frozenset()

    @property
    def checker(self) -> Actor | None:
        """Who confirmed last: the second person, where there are two."""
        return self.checkers[-1] if self.checkers else None

    @property
    def persons(self) -> tuple[Actor, ...]:
        """Everybody who had a hand in it: the maker, then who confirmed, in order."""
        return (self.actor, *self.checkers)

    @property
    def users(self) -> tuple[str, ...]:
        """Their names."""
        return tuple(person.user for person in self.persons)

    def again(self, earlier: Sequence[str]) -> tuple[str, ...]:
        """Those of them who had a hand in an earlier step."""
        return tuple(user for user in self.users if user in earlier)

    def row(self, kind: type[T]) -> T:
        """The row of that class read with the command. Raises NotThere."""
        found: T | None = self.rows.get(kind)
        if found is None:
            raise NotThere(kind.__name__)
        return found

    def fact(self, kind: type[T]) -> T:
        """The figure of that class computed for the command. Raises NotThere."""
        found: T | None = self.facts.get(kind)
        if found is None:
            raise NotThere(kind.__name__)
        return found


PersonRule = Callable[[Situation[Any, Any]], Refusal | None]
"""Looks at row, command, policy and persons, never at figures: asked also of who only reads."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One confirmation: by a person of one of these roles.

    `same_organisation` as the maker's holds for internal steps; where the matrix names two
    organisations the checker's own organisation is asked of the row instead. Where `limit` speaks,
    `beyond` confirm instead of `roles`; a turn without roles is asked only then.
    """

    roles: tuple[Role, ...]
    same_organisation: bool = True
    limit: PersonRule | None = None
    beyond: tuple[Role, ...] = ()

    @property
    def every(self) -> tuple[Role, ...]:
        """Roles that confirm on either side of the limit."""
        return (*self.roles, *self.beyond)

    def over(self, asked: Situation[Any, Any]) -> Refusal | None:
        """What the limit says against `roles`; None within it."""
        return None if self.limit is None else self.limit(asked)

    def of(self, asked: Situation[Any, Any]) -> tuple[Role, ...]:
        """Roles one of which confirms this; none where the turn is not asked."""
        return self.roles if self.over(asked) is None else self.beyond


@dataclass(frozen=True, slots=True)
class Control:
    """Who must confirm, one after another, if anybody; no person speaks twice. ZD-2.2.

    apart: which of them may not be somebody who took an earlier step. ZD-2.4.
    """

    turns: tuple[Turn, ...] = ()
    apart: tuple[PersonRule, ...] = ()

    @property
    def checkers(self) -> tuple[Role, ...]:
        """Roles that confirm at any turn, in their order."""
        return tuple(dict.fromkeys(role for turn in self.turns for role in turn.every))

    def asked_of(self, asked: Situation[Any, Any]) -> tuple[Turn, ...]:
        """The turns that this command waits for."""
        return tuple(turn for turn in self.turns if turn.of(asked))


ALONE = Control()


def alone(*apart: PersonRule) -> Control:
    """One person does it, who did nothing that these rules ask of another."""
    return Control((), apart)


def two_persons(
    *checkers: Role, same_organisation: bool = True, apart: tuple[PersonRule, ...] = ()
) -> Control:
    """The step is proposed by the row's role and confirmed by one of `checkers`, another user."""
    return Control((Turn(checkers, same_organisation),), apart)


def in_turn(*turns: Turn, apart: tuple[PersonRule, ...] = ()) -> Control:
    """The step is proposed by the row's role and confirmed at each turn, in this order."""
    return Control(turns, apart)


Facts = tuple[Any, ...] | Mapping[Any, Any]
"""Figures computed for one command, each a small frozen dataclass of its own."""
Guard = Callable[[Situation[Any, Any]], Refusal | Remark | None]
"""None lets pass, a Remark too and says why nothing was asked, a Refusal does not."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a lifecycle table, readable from left to right. event: its class."""

    trigger: str
    source: Enum | str | tuple[Enum | str, ...]
    dest: Enum
    by: Role | tuple[Role, ...]
    guards: tuple[Guard, ...]
    event: type[Any] | str
    control: Control = ALONE

    @property
    def told(self) -> str:
        """The name of its event on the wire: `Loan.Disbursed`."""
        return wire_name(self.event)

    @property
    def sources(self) -> tuple[str, ...]:
        """Names of the states this row leaves."""
        several = self.source if isinstance(self.source, tuple) else (self.source,)
        return tuple(s if isinstance(s, str) else s.name for s in several)

    @property
    def roles(self) -> tuple[Role, ...]:
        """Roles that may act."""
        return self.by if isinstance(self.by, tuple) else (self.by,)


def wire_name(event: type[Any] | str) -> str:
    """The dotted name of an event class."""
    if isinstance(event, str):
        return event
    name: str = event.wire
    return name


def commands_of(*modules: ModuleType) -> dict[type[Any], str]:
    """Command class -> trigger, for the classes of these modules that carry a `trigger`."""
    return {kind: kind.trigger for kind in _carrying("trigger", modules)}


def events_of(*modules: ModuleType) -> dict[str, type[Any]]:
    """Name on the wire -> event class, for the classes of these modules that carry a `wire`."""
    return {kind.wire: kind for kind in _carrying("wire", modules)}


def _carrying(mark: str, modules: tuple[ModuleType, ...]) -> list[Any]:
    """Classes that a module itself defines, in its order."""
    return [
        kind
        for module in modules
        for kind in vars(module).values()
        if isinstance(kind, type) and kind.__module__ == module.__name__ and mark in vars(kind)
    ]


def by_class(facts: Facts) -> Mapping[Any, Any]:
    """Figures as a situation keeps them."""
    if isinstance(facts, tuple):  # asked first: it is quick
        return {type(fact): fact for fact in facts}
    return facts


def staying(
    trigger: str,
    states: tuple[Enum, ...],
    by: Role | tuple[Role, ...],
    guards: tuple[Guard, ...],
    event: type[Any] | str,
    control: Control = ALONE,
) -> tuple[Row, ...]:
    """Rows of an act that leaves every one of these states as it is: a flag or a note is set."""
    return tuple(Row(trigger, state, state, by, guards, event, control) for state in states)


@dataclass(frozen=True, slots=True)
class Fired:
    """Where a trigger leads, and which refusals were waived on the way (boarding only).

    remarks: what guards that let pass had to say.
    """

    row: Row
    source: str
    dest: str
    waived: tuple[Refusal, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Judged:
    """What is known of a trigger before its command is written.

    refusals: reasons that stand whatever the command says; open: what guards still have to see
    (fields of the command, or figures that depend on them). Both empty: it may be done. remarks:
    what guards that let pass had to say; barred: it is the person that is refused, not the act.
    """

    row: Row
    refusals: tuple[Refusal, ...] = ()
    open: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    barred: bool = False
