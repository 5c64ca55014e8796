"""The kernel without PostgreSQL: commands of the real registry, carried out in memory.

The same steps, and what a handle reads and locks is all that a command sees and may have changed;
figures are given by whoever tells the story, and one policy governs it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from policies.money import Money, total
from policies.reading.pack import Policy
from services.kernel.reading import read
from services.kernel.registry import Happened, Reaction, Registry
from workflows.lifecycle.accounts import Unbalanced
from workflows.lifecycle.effects import DropTimer, Posting, SetTimer, Then
from workflows.lifecycle.machine import Lifecycle, Situation
from workflows.lifecycle.refusals import NotAllowed, Refusal, Refused
from workflows.lifecycle.roles import PLATFORM, Actor
from workflows.lifecycle.rows import Facts, by_class
from workflows.lifecycle.step import Moved, step

Key = tuple[str, str]
TimerKey = tuple[str, str, str]


class NotLocked(Exception):
    """A follow-up changed a row that the command had read without locking it."""


@dataclass
class Lives:
    """The rows, events, timers and postings of one story.

    facts: figures that the kernel would query, by command class name: as a handle's query returns
    them, or a function of the story and the command. reactions: those followed, at once, as the
    platform. Timers fire on `at(day)`, in date order. fired: noun, trigger and source of each row
    that did.
    """

    registry: Registry
    policy: Policy
    today: date
    reactions: tuple[Reaction, ...] = ()
    facts: dict[str, Any] = field(default_factory=dict)
    rows: dict[Key, Any] = field(default_factory=dict)
    events: list[Happened] = field(default_factory=list)
    timers: dict[TimerKey, SetTimer] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
    unlocked: set[Key] = field(default_factory=set)
    fired: list[tuple[str, str, str]] = field(default_factory=list)

    def act(self, command: Any, actor: Actor = PLATFORM, *checkers: Actor) -> Any:
        """Carry the command out with all that follows from it; returns the row after it.

        Raises Refused, NotAllowed, NotPossible, and NotConfirmedYet where another person lacks.
        """
        before = dict(self.rows), dict(self.timers), len(self.events), len(self.postings)
        fired = len(self.fired)
        self.unlocked.clear()
        try:
            self._carry_out(command, actor, checkers)
        except Exception:
            self.rows, self.timers = before[0], before[1]
            del self.events[before[2] :], self.postings[before[3] :], self.fired[fired:]
            raise
        for happened in self.events[before[2] :]:
            self._react(happened)
        return self.rows[self._key(command)]

    def reasons(self, command: Any, actor: Actor = PLATFORM) -> tuple[Refusal, ...]:
        """The reasons against the command; none when it may happen. Changes nothing."""
        lifecycle = self.lifecycle(command)
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

    def situation(self, command: Any, actor: Actor, *checkers: Actor) -> Situation[Any, Any]:
        """What guards and deciders see of this command."""
        handle = self.registry.handles[type(command)]
        it = self.rows.get(self._key(command))

        def get(noun: str, ident: str) -> Any:
            if noun not in handle.locks:
                self.unlocked.add((noun, ident))
            return self.rows.get((noun, ident))

        rows = read(handle, command, it, get).kinds
        facts = by_class(self._facts(command))
        return Situation(it, command, rows, facts, self.policy, self.today, actor, checkers)

    def at(self, day: date) -> Lives:
        """Arrive at that day: timers due by it fire in order, each with its own date."""
        while ahead := sorted([*self._timers_by(day), *self._sweeps_by(day)]):
            due_on, _, key = ahead[0]
            self.today = max(due_on, self.today)
            timer = self.timers.pop(key, None)
            self.act(self._swept(key) if timer is None else timer.command)
        self.today = day
        return self

    def _timers_by(self, day: date) -> Iterator[tuple[date, int, TimerKey]]:
        for key, timer in self.timers.items():
            if timer.due_on is not None and timer.due_on <= day:
                yield timer.due_on, 0, key

    def _sweeps_by(self, day: date) -> Iterator[tuple[date, int, TimerKey]]:
        """After the timers of the day."""
        for sweep in self.registry.sweeps:
            for (noun, ident), row in self.rows.items():
                if noun == sweep.noun and sweep.asks(row, date.max):
                    falls = sweep.following(max(getattr(row, sweep.since), self.today))
                    if falls <= day:
                        yield falls, 1, (noun, ident, sweep.name)

    def _swept(self, key: TimerKey) -> Any:
        [sweep] = [one for one in self.registry.sweeps if one.name == key[2]]
        return sweep.command(key[1])

    def row(self, noun: str, ident: str) -> Any:
        """The row as it stands now."""
        return self.rows[(noun, ident)]

    def told(self, noun: str = "") -> tuple[str, ...]:
        """Dotted names of what happened so far, in order; of one noun if asked."""
        return tuple(self._name(one) for one in self.events if noun in ("", one.noun))

    def lifecycle(self, command: Any) -> Lifecycle:
        """The lifecycle that a command belongs to."""
        return self.registry.nouns[self.registry.handles[type(command)].noun].lifecycle

    def _key(self, command: Any) -> Key:
        noun = self.registry.handles[type(command)].noun
        return noun, getattr(command, noun)

    def _name(self, happened: Happened) -> str:
        return self.registry.nouns[happened.noun].lifecycle.names[type(happened.event)]

    def _facts(self, command: Any) -> Facts:
        facts: Any = self.facts.get(type(command).__name__, ())
        known: Facts = facts(self, command) if callable(facts) else facts
        return known

    def _carry_out(self, command: Any, actor: Actor, checkers: tuple[Actor, ...]) -> None:
        lifecycle, key = self.lifecycle(command), self._key(command)
        if key in self.unlocked:
            raise NotLocked(f"{type(command).__name__}: {key} was read without a lock")
        asked = self.situation(command, actor, *checkers)
        stepped = step(lifecycle, lifecycle.commands[type(command)], asked)
        self.fired.append((lifecycle.noun, stepped.fired.row.trigger, stepped.fired.source))
        for part in stepped.parts:
            if isinstance(part, Then):
                self._carry_out(part.command, PLATFORM, ())
            else:
                self._happen(key, part)

    def _happen(self, key: Key, moved: Moved) -> None:
        noun, ident = key
        self.rows[key] = moved.row
        self.events.append(Happened(noun, ident, moved.event, self.today))
        for owner in {line.owner for line in moved.postings}:
            if total(line.amount for line in moved.postings if line.owner == owner) != Money.ZERO:
                raise Unbalanced(f"{moved.name}: {owner}")
        self.postings.extend(moved.postings)
        for timer in moved.timers:
            if isinstance(timer, DropTimer):
                self.timers.pop((noun, ident, timer.kind), None)
            else:
                self.timers[(noun, ident, timer.kind)] = timer

    def _react(self, happened: Happened) -> None:
        for command in self._answers(happened):
            self.act(command)

    def _answers(self, happened: Happened) -> Iterator[Any]:
        name = self._name(happened)
        for reaction in self.reactions:
            if reaction.on == name:
                yield from reaction.then(happened)
