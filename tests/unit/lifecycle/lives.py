"""Commands against lifecycles in memory: fire, decide, evolve, follow-ups, timers, reactions.

What the kernel does with PostgreSQL, without it, so that a test reads like a story.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from policies.money import Money, total
from policies.reading.pack import Policy
from workflows.lifecycle.effects import DropTimer, Posting, SetTimer, Then
from workflows.lifecycle.machine import Lifecycle, Situation
from workflows.lifecycle.refusals import NotAllowed, Refusal, Refused
from workflows.lifecycle.roles import PLATFORM, Actor
from workflows.lifecycle.rows import by_class


@dataclass(frozen=True, slots=True)
class Lived:
    """An event as the story tells it; the shape reactions expect."""

    noun: str
    id: str
    event: Any
    business_date: date


class SecondPersonMissing(AssertionError):
    """A controlled row was acted on by one person; the kernel would make a proposal of it."""


@dataclass
class Lives:
    """A registry of lifecycles with the rows, events, timers and postings of one story.

    facts: figures that the kernel would query, by command class name: a mapping, or a function of
    the story and the command that returns one. reactions: things with
    `on` and `then`, followed at once, as the platform. Timers fire on `at(day)`, in date order.
    """

    policy: Policy
    today: date
    lifecycles: Iterable[Lifecycle]
    reactions: tuple[Any, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    rows: dict[tuple[str, str], Any] = field(default_factory=dict)
    events: list[Lived] = field(default_factory=list)
    timers: dict[tuple[str, str, str], SetTimer] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.lifecycles = tuple(self.lifecycles)
        self._of = {kind: one for one in self.lifecycles for kind in one.commands}

    def act(self, command: Any, actor: Actor = PLATFORM, checker: Actor | None = None) -> Any:
        """Carry the command out with all that follows from it; returns the row after it."""
        lifecycle = self._of[type(command)]
        before = dict(self.rows), dict(self.timers), len(self.events), len(self.postings)
        try:
            self._carry_out(command, actor, checker)
        except Exception:
            self.rows, self.timers = before[0], before[1]
            del self.events[before[2] :], self.postings[before[3] :]
            raise
        ident = getattr(command, lifecycle.noun)
        for lived in self.events[before[2] :]:
            self._react(lived)
        return self.rows[(lifecycle.noun, ident)]

    def reasons(self, command: Any, actor: Actor = PLATFORM) -> tuple[Refusal, ...]:
        """The reasons against the command; none when it may happen. Changes nothing."""
        lifecycle = self._of[type(command)]
        try:
            lifecycle.fire(lifecycle.commands[type(command)], self.situation(command, actor))
        except Refused as refused:
            return refused.reasons
        except NotAllowed as refused:
            return (refused.reason,)
        return ()

    def refusals(self, command: Any, actor: Actor = PLATFORM) -> tuple[str, ...]:
        """Codes of the reasons against the command; empty when it may happen. Changes nothing."""
        return tuple(reason.code for reason in self.reasons(command, actor))

    def situation(self, command: Any, actor: Actor, checker: Actor | None = None) -> Situation[Any]:
        """What guards and deciders see of this command."""
        noun = self._of[type(command)].noun
        it = self.rows.get((noun, getattr(command, noun)))
        return Situation(
            it=it,
            act=command,
            rows=self._read(command, it),
            facts=by_class(self._facts(command)),
            policy=self.policy,
            today=self.today,
            actor=actor,
            checker=checker,
        )

    def _facts(self, command: Any) -> Mapping[str, Any]:
        facts: Any = self.facts.get(type(command).__name__, {})
        known: Mapping[str, Any] = facts(self, command) if callable(facts) else facts
        return known

    def at(self, day: date) -> Lives:
        """Arrive at that day: timers due by it fire in order, each with its own date."""
        while due := sorted(
            ((t.due_on, key) for key, t in self.timers.items() if t.due_on <= day),
        ):
            due_on, key = due[0]
            self.today = max(due_on, self.today)
            self.act(self.timers.pop(key).command)
        self.today = day
        return self

    def row(self, noun: str, ident: str) -> Any:
        """The row as it stands now."""
        return self.rows[(noun, ident)]

    def told(self, noun: str = "") -> tuple[str, ...]:
        """Dotted names of what happened so far, in order; of one noun if asked."""
        names = {kind: name for one in self.lifecycles for name, kind in one.events.items()}
        return tuple(names[type(lived.event)] for lived in self.events if noun in ("", lived.noun))

    def _carry_out(self, command: Any, actor: Actor, checker: Actor | None) -> None:
        lifecycle = self._of[type(command)]
        trigger, ident = lifecycle.commands[type(command)], getattr(command, lifecycle.noun)
        asked = self.situation(command, actor, checker)
        fired = lifecycle.fire(trigger, asked)
        if fired.row.control.checkers and checker is None:
            raise SecondPersonMissing(f"{lifecycle.noun} {ident}: {trigger} asks two persons")
        answer = lifecycle.decide[trigger](asked)
        events = [part for part in answer if not isinstance(part, Then)]
        assert lifecycle.events[fired.row.told] is type(events[0]), "the row's event comes first"
        for event in events:
            self._happen(lifecycle, ident, fired.dest, event)
        for part in answer:
            if isinstance(part, Then):
                self._carry_out(part.command, PLATFORM, None)

    def _happen(self, lifecycle: Lifecycle, ident: str, dest: str, event: Any) -> None:
        key = (lifecycle.noun, ident)
        row = self.rows.get(key)
        changed = lifecycle.evolve[type(event)](row, event)
        if row is None:
            row = lifecycle.record(id=ident, state=dest, **changed)
        else:
            row = replace(row, state=dest, **changed)
        self.rows[key] = row
        self.events.append(Lived(lifecycle.noun, ident, event, self.today))
        self._book(lifecycle, row, event)
        self._set_timers(lifecycle, row, event)

    def _book(self, lifecycle: Lifecycle, row: Any, event: Any) -> None:
        if type(event) not in lifecycle.postings:
            return
        lines = lifecycle.postings[type(event)](row, event)
        for owner in {line.owner for line in lines}:
            assert total(x.amount for x in lines if x.owner == owner) == Money.ZERO, owner
        self.postings.extend(lines)

    def _set_timers(self, lifecycle: Lifecycle, row: Any, event: Any) -> None:
        if type(event) not in lifecycle.timers:
            return
        for effect in lifecycle.timers[type(event)](row, event):
            key = (lifecycle.noun, row.id, effect.kind)
            if isinstance(effect, DropTimer):
                self.timers.pop(key, None)
            else:
                self.timers[key] = effect

    def _read(self, command: Any, it: Any) -> dict[type[Any], Any]:
        """Every row whose id stands, by its noun's name, on the command, its row or one read."""
        found: dict[type[Any], Any] = {}
        holders = [command, it]
        grown = True
        while grown:
            grown = False
            for one in self.lifecycles:
                ids = [getattr(holder, one.noun, None) for holder in holders]
                ident = next((i for i in ids if i), None)
                row = self.rows.get((one.noun, ident)) if ident else None
                if row is not None and one.record not in found:
                    found[one.record] = row
                    holders.append(row)
                    grown = True
        return found

    def _react(self, lived: Lived) -> None:
        names = {kind: name for one in self.lifecycles for name, kind in one.events.items()}
        for reaction in self.reactions:
            if reaction.on == names[type(lived.event)]:
                for command in reaction.then(lived):
                    self.act(command)
