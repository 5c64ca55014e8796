"""Play a scenario: a world of its own, its acts written down, and the workers told to go on.

Everything that happens is done by the workers; this module only waits and reads.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from services.kernel import acts, clock, codec, doorbell, standing_still, worlds
from services.kernel.db import transact
from services.kernel.registry import Registry
from services.kernel.watch import Watch
from services.kernel.worlds import World, WorldExists
from services.reports.steps import ToldStep, steps_after
from services.sandbox.scenario import Scenario, ScenarioStep, WrongScenario
from services.sandbox.verdict import Deviation, of_expected, of_steps
from workflows.lifecycle.refusals import Refusal

PATIENCE = 60.0  # seconds without any new step before giving up
PAUSE = 0.05
LONGEST_STEM = 30  # letters of a scenario's id in its world's name

_STATE = text(
    """
    SELECT (SELECT count(*) FROM act WHERE script = :script AND state = 'WAITING') AS waiting,
           (SELECT count(*) FROM delivery WHERE handled_at IS NULL AND NOT parked) AS open,
           (SELECT business_date = target_date AND NOT opening FROM clock) AS arrived
    """
)
_STUCK = text(
    """
    SELECT due_on::text, command, reasons FROM act
    WHERE script = :script AND state IN ('REFUSED', 'FAILED') ORDER BY ordinal
    """
)


@dataclass(frozen=True, slots=True)
class Stuck:
    """An act of the scenario that was refused, with the reasons."""

    date: str
    command: str
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """The world in which a scenario was played, what happened, and what came out otherwise.

    stuck: acts refused against the scenario's word, and what the platform itself could not do.
    """

    world: World
    steps: tuple[ToldStep, ...]
    stuck: tuple[Stuck, ...]
    differences: tuple[Deviation, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """A scenario on its way in its world. whole: to its end, so that `[expect]` is asked too."""

    scenario: Scenario
    world: World
    steps: tuple[ScenarioStep, ...]
    whole: bool


def play(
    scenario: Scenario,
    registry: Registry,
    *,
    tell: Callable[[ToldStep], None],
    until: str | None = None,
    world: str | None = None,
) -> Played:
    """Let the workers play the scenario, tell each step. Raises Standstill, WrongScenario."""
    begun = begin(scenario, until=until, world=world)
    doorbell.ring(begun.world.name)
    steps = _follow(begun, tell)
    return ended(begun, registry, steps)


def begin(scenario: Scenario, *, until: str | None = None, world: str | None = None) -> Begun:
    """Write the acts into a world, as far as a step or day, and set its date to move there.

    world: its name; one that stands already goes on from where it is. Raises WrongScenario.
    """
    steps, day = (scenario.steps, scenario.ends_on) if until is None else scenario.until(until)
    found = _fresh(scenario) if world is None else _named(scenario, world, day)
    done = tuple(step.act for step in steps if step.act is not None)
    Watch().done(lambda: _written(found, scenario.ident, done, day))
    return Begun(scenario, found, steps, whole=until is None)


def _written(world: World, script: str, done: Sequence[acts.ScriptedAct], day: date) -> None:
    transact(world.engine, lambda connection: acts.write_script(connection, script, done))
    clock.advance_to(world.engine, day)


def ended(begun: Begun, registry: Registry, steps: Sequence[ToldStep]) -> Played:
    """What came of it, beside what the scenario says must come of it."""
    stuck, found = Watch().done(lambda: _ending(begun, registry))
    return Played(begun.world, tuple(steps), stuck, found)


def _ending(begun: Begun, registry: Registry) -> tuple[tuple[Stuck, ...], tuple[Deviation, ...]]:
    scenario = begun.scenario
    with begun.world.engine.connect() as connection:
        stuck = _stuck(connection, scenario.ident)
        found = of_steps(connection, scenario.ident, begun.steps)
        if begun.whole:
            found += of_expected(connection, registry, scenario.expect)
    return stuck, found


def at_rest(connection: Connection, script: str) -> bool:
    """Whether nothing more will happen: all is done and the day reached, or it is stuck."""
    state = connection.execute(_STATE, {"script": script}).one()
    if connection.execute(_STUCK, {"script": script}).first() is not None:
        return bool(state.open == 0)
    return bool(state.waiting == 0 and state.open == 0 and state.arrived)


def _fresh(scenario: Scenario) -> World:
    stem = re.sub("[^a-z0-9]+", "-", scenario.ident.lower()).strip("-")[:LONGEST_STEM]
    number = 1
    while True:
        try:
            return _created(scenario, f"{stem}-{number}")
        except WorldExists:
            number += 1


def _created(scenario: Scenario, name: str) -> World:
    origin = f"scenario:{scenario.ident}"
    return worlds.create(name, starts_on=scenario.starts_on, origin=origin)


def _named(scenario: Scenario, name: str, day: date) -> World:
    """The world of that name, made where there is none."""
    try:
        found = worlds.find(name)
    except worlds.UnknownWorld:
        return _created(scenario, name)
    if (today := clock.today(found.engine)) > day:
        values = {"file": scenario.file, "world": name, "today": today, "day": day}
        raise WrongScenario("scenario.world_is_later", values)
    return found


def _follow(begun: Begun, tell: Callable[[ToldStep], None]) -> list[ToldStep]:
    world, script = begun.world, begun.scenario.ident
    steps: dict[int, ToldStep] = {}
    last, watch = time.monotonic(), Watch()
    while True:
        over, fresh = watch.ask(lambda: _news(world, script, steps)) or (False, [])
        for step in fresh:
            tell(step)
            steps[step.position] = step
            last = time.monotonic()
            watch.progress()
        if over:
            return [steps[position] for position in sorted(steps)]
        if time.monotonic() - last > PATIENCE:
            raise clock.Standstill(
                f"nothing has happened in {world.name} for {PATIENCE:.0f} seconds"
            )
        time.sleep(PAUSE)


def _news(world: World, script: str, seen: Container[int]) -> tuple[bool, list[ToldStep]]:
    with world.engine.connect() as connection:
        over = at_rest(connection, script)
        # all of them each time: two workers may commit in another order than they recorded
        return over, [s for s in steps_after(connection, 0) if s.position not in seen]


def _stuck(connection: Connection, script: str) -> tuple[Stuck, ...]:
    refused = [
        Stuck(row.due_on, row.command, tuple(codec.of_plain(tuple[Refusal, ...], row.reasons)))
        for row in connection.execute(_STUCK, {"script": script})
    ]
    parked = [
        Stuck("", f"{one.what} <- {one.place}", (Refusal("parked", actual=one.error),))
        for one in standing_still.listing(connection)
        if one.kind != standing_still.ACT
    ]
    return tuple(refused + parked)
