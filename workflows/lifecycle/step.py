"""One step of a lifecycle: an act asked, decided and evolved. Pure: whoever calls it does the I/O.

The unit of work, the twin in memory and the fold of a history move rows by this and nothing else.
"""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any, NamedTuple

from workflows.lifecycle.deadlines import watched
from workflows.lifecycle.effects import DropTimer, Posting, SetTimer, Then
from workflows.lifecycle.machine import Fired, Lifecycle, Situation
from workflows.lifecycle.refusals import Remark
from workflows.lifecycle.roles import Role
from workflows.lifecycle.waivers import GuardWaived, waived


class NotConfirmedYet(Exception):
    """All guards let pass, but the row asks for another person who has not spoken yet."""

    def __init__(self, fired: Fired, roles: tuple[Role, ...]) -> None:
        super().__init__(f"{fired.row.trigger} asks for another person")
        self.fired, self.roles = fired, roles


class Moved(NamedTuple):
    """One event with the row before and after it, what it books and which timers it sets."""

    name: str
    event: Any
    was: Any
    row: Any
    postings: tuple[Posting, ...] = ()
    timers: tuple[SetTimer | DropTimer, ...] = ()


class Stepped(NamedTuple):
    """What an act comes to. parts: events and follow-up commands in the order they are told."""

    fired: Fired
    row: Any
    parts: tuple[Moved | Then, ...]
    waived: tuple[GuardWaived, ...] = ()

    @property
    def events(self) -> tuple[Any, ...]:
        """The events, in order."""
        return tuple(part.event for part in self.parts if isinstance(part, Moved))

    @property
    def postings(self) -> tuple[Posting, ...]:
        """What they book, in order."""
        moved = (part for part in self.parts if isinstance(part, Moved))
        return tuple(line for one in moved for line in one.postings)

    @property
    def timers(self) -> tuple[SetTimer | DropTimer, ...]:
        """Which timers they set or drop, in order."""
        moved = (part for part in self.parts if isinstance(part, Moved))
        return tuple(timer for one in moved for timer in one.timers)

    @property
    def follow_ups(self) -> tuple[Any, ...]:
        """Commands that must succeed with it, in order."""
        return tuple(part.command for part in self.parts if isinstance(part, Then))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What guards that let pass had to say."""
        return self.fired.remarks


def step(lifecycle: Lifecycle, trigger: str, asked: Situation[Any, Any]) -> Stepped:
    """Ask who and only if, decide what follows, evolve the row.

    Raises NotPossible, NotAllowed, Refused; NotConfirmedYet where only another person lacks.
    """
    fired = lifecycle.fire(trigger, asked)
    waits = _waits_for(fired, asked)
    if waits:
        raise NotConfirmedYet(fired, waits)
    row = asked.it
    ident = getattr(asked.act, lifecycle.noun) if row is None else row.id
    parts: list[Moved | Then] = []
    for outcome in lifecycle.decided(trigger, asked):
        if isinstance(outcome, Then):
            parts.append(outcome)
            continue
        moved = _moved(lifecycle, fired, ident, row, event=outcome, today=asked.today)
        parts.append(moved)
        row = moved.row
    let_pass = tuple([waived(one) for one in fired.waived]) if fired.waived else ()
    return Stepped(fired, row, tuple(parts), let_pass)


def _waits_for(fired: Fired, asked: Situation[Any, Any]) -> tuple[Role, ...]:
    """Roles of the turn nobody has confirmed yet; the platform's own acts wait for nobody."""
    if not fired.row.control.turns or asked.actor.role is Role.SYS:
        return ()
    left = fired.row.control.asked_of(asked)[len(asked.checkers) :]
    return left[0].of(asked) if left else ()


def _moved(
    lifecycle: Lifecycle, fired: Fired, ident: str, row: Any, *, event: Any, today: date
) -> Moved:
    kind = type(event)
    name = lifecycle.names[kind]
    state = fired.dest if name == fired.row.told else row.state
    now = evolved(lifecycle, ident, row, event=event, state=state)
    books, sets = lifecycle.postings.get(kind), lifecycle.timers.get(kind)
    dates = () if sets is None else sets(now, event)
    deadlines = watched(
        lifecycle.deadlines, lifecycle.missing, was=row, now=now, event=event, today=today
    )
    posted = () if books is None else books(now, event)
    return Moved(name, event, row, now, posted, (*dates, *deadlines))


def evolved(lifecycle: Lifecycle, ident: str, row: Any, *, event: Any, state: str) -> Any:
    """The row after an event that leads to a state; a new one where there was none (None)."""
    evolve = lifecycle.evolve.get(type(event))  # a waiver changes no field
    changes = {} if evolve is None else evolve(row, event)
    if row is None:
        return lifecycle.record(id=ident, state=state, **changes)
    if not changes and row.state == state:
        return row
    return dataclasses.replace(row, state=state, **changes)
