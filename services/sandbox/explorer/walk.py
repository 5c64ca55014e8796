"""Walk: from every day of the scenarios on, each act of the alphabet and each day that matters.

Nodes are joint states: which rows stand where, and which of their fields are set. What fires a row
for the first time is followed first. Nothing is drawn by lot: the same tables give the same walk.
"""

from __future__ import annotations

import dataclasses
import heapq
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from typing import Any

from policies.reading.pack import Policy
from services.kernel.memory import Lives
from services.kernel.registry import Registry
from services.sandbox.explorer.alphabet import Alphabet
from services.sandbox.explorer.figures import ToldFigures
from services.sandbox.scenario import Scenario
from workflows.lifecycle.refusals import NotAllowed, NotPossible, NotThere, Refused
from workflows.lifecycle.roles import ORGANISATION_OF, PLATFORM, Actor, Role
from workflows.lifecycle.rows import NEW
from workflows.lifecycle.step import NotConfirmedYet

Fired = tuple[str, str, str]
MOST_PERSONS = 5
MOST_DAYS = 4
NEWS = 10  # what a row that fired for the first time is worth, against one not fired yet
ALIKE = 1  # rows of a noun in one state: the others would only say the same


@dataclass(frozen=True, slots=True)
class Node:
    """A joint state with the way to it: what was done last, after which other."""

    rows: dict[Any, Any]
    timers: dict[Any, Any]
    today: date
    depth: int
    done: str
    before: Node | None
    news: int = 0


@dataclass(slots=True)
class Walked:
    """What a walk found.

    first: the nearest node in which a noun comes to a state; parked: reactions and timers refused
    after an act had been let pass, with the node they came from.
    """

    fired: dict[Fired, Node] = field(default_factory=dict)
    first: dict[tuple[str, str], Node] = field(default_factory=dict)
    parked: dict[str, Node] = field(default_factory=dict)
    states: int = 0
    tried: int = 0


class Walk:
    """One walk over the tables of a registry under one policy."""

    def __init__(self, registry: Registry, policy: Policy, scenarios: Sequence[Scenario]) -> None:
        self.registry, self.policy, self.scenarios = registry, policy, scenarios
        self.alphabet = Alphabet(registry, scenarios)
        self.found = Walked()
        self.seen: set[Any] = set()
        self.queue: list[tuple[float, int, int, Node]] = []
        self.looked: Counter[Fired] = Counter()
        self.leaving = {
            (noun.name, state.name): [
                (noun.name, trigger, source)
                for trigger, source in noun.lifecycle.table
                if source == state.name
            ]
            for noun in registry.nouns.values()
            for state in noun.lifecycle.states
        }
        self.order = count()
        self.persons = count(1)
        acts = [act for one in scenarios for act in one.acts]
        self.cast = {who.role: who for act in acts for who in (act.actor, *act.checkers)}

    def run(self, *, states: int) -> Walked:
        """Walk until that many joint states are known, or nothing new is left."""
        for scenario in self.scenarios:
            self._play(scenario)
        limit = self.found.states + states
        while self.queue and self.found.states < limit:
            node = self._next()
            for moved, told in self._moves(node):
                self._reach(moved, told, node)
        return self.found

    def _next(self) -> Node:
        """The node that promises most: many rows not fired from there, and seldom tried."""
        while True:
            worth, _, _, node = heapq.heappop(self.queue)
            now = self._worth(node)
            if now <= worth or not self.queue:
                self.looked.update(self._open(node))
                return node
            heapq.heappush(self.queue, (now, node.depth, next(self.order), node))

    def _worth(self, node: Node) -> float:
        """Less is better."""
        open_ = sum(1 / (1 + self.looked[one]) ** 2 for one in self._open(node))
        return -open_ - NEWS * node.news

    def _open(self, node: Node) -> set[Fired]:
        """Rows of the tables that lead on from a node and never fired."""
        stands = {(noun, row.state) for (noun, _), row in node.rows.items()}
        return {one for place in stands for one in self.leaving[place]} - self.found.fired.keys()

    # -- seeds -----------------------------------------------------------------------------

    def _play(self, scenario: Scenario) -> None:
        lives = Lives(
            self.registry, self.policy, scenario.starts_on, self.registry.reactions, ToldFigures()
        )
        node: Node | None = None
        for act in scenario.acts:
            if act.refused:
                continue
            try:
                lives.at(act.due_on)
                lives.act(act.command, act.actor, *act.checkers)
            except (Refused, NotAllowed, NotPossible, NotThere, NotConfirmedYet):
                return  # from here on the twin tells another story than the platform
            node = self._reach(lives, _told(act.command, act.actor), node)
            lives = self._at(node)

    # -- one step --------------------------------------------------------------------------

    def _moves(self, node: Node) -> Iterator[tuple[Lives, str]]:
        days: set[date] = set()
        for command, roles in self._commands(node):
            for role in roles:
                lives = self._tried(node, command, role, days)
                if lives is not None:
                    yield lives, _told(command, role)
                    break
        for day in sorted({*days, *self._due(node)} - {node.today})[:MOST_DAYS]:
            lives = self._at(node)
            try:
                lives.at(day)
            except (Refused, NotPossible, NotThere) as error:
                self._park(error, node)
            yield lives, day.isoformat()

    def _due(self, node: Node) -> Iterator[date]:
        """The next day of a timer, and those whose row never fired."""
        timers = [(t.due_on, key, t) for key, t in node.timers.items() if t.due_on]
        yield from [min(day for day, *_ in timers)] if timers else []
        for day, (noun, ident, _), timer in timers:
            trigger = self.registry.nouns[noun].lifecycle.commands[type(timer.command)]
            state = node.rows[(noun, ident)].state
            if (noun, trigger, state) not in self.found.fired:
                yield day

    def _commands(self, node: Node) -> Iterator[tuple[Any, tuple[Role, ...]]]:
        lives = self._at(node)
        alike: Counter[Any] = Counter()
        for (noun, ident), row in list(node.rows.items()):
            alike[(noun, row.state)] += 1
            if alike[(noun, row.state)] > ALIKE:
                continue
            lifecycle = self.registry.nouns[noun].lifecycle
            for (trigger, source), line in lifecycle.table.items():
                if source != row.state:
                    continue
                roles = tuple(role for role in line.roles if role is not Role.SYS)
                if roles:
                    for command in self.alphabet.of_row(lives, noun, ident, trigger):
                        yield command, roles
        for command in self.alphabet.new(lives):
            lifecycle = lives.lifecycle(command)
            if (lifecycle.noun, lifecycle.commands[type(command)], NEW) in self.found.fired:
                continue
            line = lifecycle.leading(lifecycle.commands[type(command)], None)
            yield command, tuple(role for role in line.roles if role is not Role.SYS)

    def _tried(self, node: Node, command: Any, role: Role, days: set[date]) -> Lives | None:
        """The story after the act; None where it is refused. days: on which it would not be."""
        lives, who = self._at(node), [self._person(node, command, role)]
        for _ in range(MOST_PERSONS):
            self.found.tried += 1
            events = len(lives.events)
            try:
                lives.act(command, *who)
                return lives
            except NotConfirmedYet as waits:
                who.append(self._person(node, command, waits.roles[0]))
            except Refused as refused:
                if len(lives.events) > events:  # the act passed, a reaction to it did not
                    self._park(refused, node)
                    return lives
                days.update(r.legal_from for r in refused.reasons if r.legal_from)
                for reason in refused.reasons:
                    self.alphabet.learn_from(command, reason)
                return None
            except (NotAllowed, NotPossible, NotThere) as error:
                if len(lives.events) > events:
                    self._park(error, node)
                    return lives
                return None
        return None

    def _person(self, node: Node, command: Any, role: Role) -> Actor:
        """Somebody who had no hand in anything before, of the organisation that is asked."""
        noun = self.registry.handles[type(command)].noun
        row = node.rows.get((noun, getattr(command, noun)))
        name = ORGANISATION_OF.get(role, "")
        known = self.cast.get(role, PLATFORM)
        owner = getattr(row, name, None) or getattr(command, name, None) or known.organisation
        reviewer = getattr(row, "reviewer", "")
        user = reviewer if reviewer and role is Role.FM_M else f"{role.value}-{next(self.persons)}"
        return Actor(user, role, owner, known.region)

    # -- what is known ---------------------------------------------------------------------

    def _reach(self, lives: Lives, done: str, before: Node | None) -> Node:
        depth = 0 if before is None else before.depth + 1
        new = {one for one in lives.fired if one not in self.found.fired}
        node = Node(
            dict(lives.rows), dict(lives.timers), lives.today, depth, done, before, len(new)
        )
        self.found.fired.update(dict.fromkeys(new, node))
        for noun, trigger, source in lives.fired:  # also those it only passed through
            line = self.registry.nouns[noun].lifecycle.table[(trigger, source)]
            place = (noun, line.dest.name)
            known = self.found.first.get(place)
            if known is None or node.depth < known.depth:
                self.found.first[place] = node
        key = _key(node)
        if key not in self.seen:
            self.seen.add(key)
            self.found.states += 1
            heapq.heappush(self.queue, (self._worth(node), depth, next(self.order), node))
        return node

    def _at(self, node: Node) -> Lives:
        return Lives(
            self.registry, self.policy, node.today, self.registry.reactions, ToldFigures(),
            dict(node.rows), timers=dict(node.timers),
        )  # fmt: skip

    def _park(self, error: Exception, node: Node) -> None:
        self.found.parked.setdefault(str(error)[:200], node)


def _key(node: Node) -> Any:
    """Where every row stands, and which of its fields are set."""
    return tuple(
        sorted(
            (noun, ident, row.state, *(bool(getattr(row, f.name)) for f in dataclasses.fields(row)))
            for (noun, ident), row in node.rows.items()
        )
    )


def _told(command: Any, by: Actor | Role) -> str:
    role = by.role if isinstance(by, Actor) else by
    name = type(command).__name__
    return name if by is PLATFORM else f"{name} ({role.value})"


def path(node: Node) -> list[str]:
    """What was done from the beginning to a node, each with its day."""
    told: list[str] = []
    at: Node | None = node
    while at is not None:
        told.append(f"{at.today.isoformat()} {at.done}")
        at = at.before
    return told[::-1]
