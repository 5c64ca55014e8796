"""What a lifecycle table is made of: rows, who acts, who confirms, and what a guard may look at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any, Generic, TypeVar

from policies.reading.pack import Policy
from workflows.lifecycle.refusals import NotThere, Refusal
from workflows.lifecycle.roles import Actor, Role

T = TypeVar("T")
R = TypeVar("R")

NEW = "NEW"  # the source of a row that brings a thing into being


class WrongTable(ValueError):
    """A lifecycle table contradicts itself; found when it is built, never when it runs."""


@dataclass(frozen=True, slots=True)
class Control:
    """Who must confirm, if anybody. ZD-2.2.

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
