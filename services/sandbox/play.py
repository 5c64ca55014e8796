"""Play a story: a world of its own, its acts written down, and the workers told to go on.

Everything that happens is done by the workers; this module only waits and reads.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, text

from services.kernel import acts, clock, codec, doorbell, standing_still, worlds
from services.kernel.db import transact
from services.kernel.worlds import World, WorldExists
from services.reports.steps import ToldStep, steps_after
from services.sandbox.script import Story
from workflows.lifecycle.refusals import Refusal

PATIENCE = 60.0  # seconds without any new step before giving up
PAUSE = 0.05

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
    """An act of the story that was refused, with the reasons."""

    date: str
    command: str
    reasons: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Played:
    """The world in which a story was played, its steps, and where it got stuck, if it did."""

    world: World
    steps: tuple[ToldStep, ...]
    stuck: tuple[Stuck, ...]


def play(story: Story, *, tell: Callable[[ToldStep], None]) -> Played:
    """Make a world, let the workers play the story, tell each step. Raises Standstill."""
    world = _world(story)
    script = f"{story.case}:{story.path}"
    transact(world.engine, lambda connection: acts.write_script(connection, script, story.acts))
    clock.advance_to(world.engine, story.ends_on)
    doorbell.ring(world.name)
    steps = _follow(world, script, tell)
    with world.engine.connect() as connection:
        return Played(world, tuple(steps), _stuck(connection, script))


def _world(story: Story) -> World:
    number = 1
    while True:
        name = f"{_spoken(story.case)}-{story.path}-{number}"
        try:
            origin = f"story:{story.case}:{story.path}"
            return worlds.create(name, starts_on=story.starts_on, origin=origin)
        except WorldExists:
            number += 1


def _spoken(case: str) -> str:
    """A form's id in the letters of a world's name."""
    return case.replace(":", "-").replace("_", "-")


def _follow(world: World, script: str, tell: Callable[[ToldStep], None]) -> list[ToldStep]:
    steps: dict[int, ToldStep] = {}
    last = time.monotonic()
    while True:
        with world.engine.connect() as connection:
            over = _over(connection, script)
            # all of them each time: two workers may commit in another order than they recorded
            fresh = [s for s in steps_after(connection, 0) if s.position not in steps]
        for step in fresh:
            tell(step)
            steps[step.position] = step
            last = time.monotonic()
        if over:
            return [steps[position] for position in sorted(steps)]
        if time.monotonic() - last > PATIENCE:
            raise clock.Standstill(
                f"nothing has happened in {world.name} for {PATIENCE:.0f} seconds"
            )
        time.sleep(PAUSE)


def _over(connection: Connection, script: str) -> bool:
    state = connection.execute(_STATE, {"script": script}).one()
    if connection.execute(_STUCK, {"script": script}).first() is not None:
        return bool(state.open == 0)
    return bool(state.waiting == 0 and state.open == 0 and state.arrived)


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
