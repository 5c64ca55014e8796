"""The business clock: the only place that knows and moves a world's date.

Arriving at a day fires the timers due by it, in order and with that date, then its sweeps, before
any act of the day. Nothing scans the book: the next day that matters is the next timer, sweep or
act, or the target.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import date

import structlog
from sqlalchemy import Connection, Engine, text

from services.kernel import acts, anchors, seals, standing_still, sweeps, timers
from services.kernel.db import transact
from services.kernel.registry import Registry
from services.kernel.watch import Watch

_LOCK = text("SELECT pg_try_advisory_xact_lock(7015)")
_CLOCK = text("SELECT business_date, target_date, opening FROM clock FOR UPDATE")
_BUSY = text(  # a parked delivery holds up its own stream, never the day
    """
    SELECT EXISTS (SELECT 1 FROM delivery d WHERE d.handled_at IS NULL AND NOT d.parked
      AND NOT EXISTS (SELECT 1 FROM delivery p WHERE p.stream = d.stream AND p.parked))
    """
)
_STANDING = text(
    f"""
    SELECT business_date, target_date, opening, ({_BUSY.text}),
      (SELECT count(*) FROM act a WHERE {acts.READY} AND due_on <= business_date),
      {standing_still.COUNT}
    FROM clock
    """
)
_NEXT = text(
    f"""
    SELECT least(:target, (SELECT min(due_on) FROM timer WHERE NOT parked AND due_on > :today),
                 (SELECT min(due_on) FROM act a WHERE {acts.READY} AND due_on > :today))
    """
)
_ARRIVE = text(
    "UPDATE clock SET business_date = :day, opening = true, arrived_at = clock_timestamp(),"
    " opened_at = NULL"
)
_OPEN = text("UPDATE clock SET opening = false, opened_at = clock_timestamp()")
_TARGET = text("UPDATE clock SET target_date = greatest(business_date, :day) RETURNING target_date")
_AIM = text("UPDATE clock SET target_date = greatest(target_date, :day)")
_HALT = text("UPDATE clock SET target_date = business_date")


log = structlog.get_logger("zhidai.clock")

WAITS = f"""
    EXISTS (SELECT 1 FROM clock WHERE target_date > business_date OR opening)
    OR EXISTS (SELECT 1 FROM timer t, clock c WHERE NOT t.parked AND t.due_on <= c.business_date)
    OR EXISTS (SELECT 1 FROM act a, clock c WHERE {acts.READY} AND a.due_on <= c.business_date)
"""
PATIENCE = 60.0  # seconds at one date before giving up
PAUSE = 0.2
ARRIVED = 2  # what a step does that leaves a day


class Standstill(RuntimeError):
    """No worker looks at the world, or one is at it for longer than anybody waits."""


class Halted(RuntimeError):
    """An act of a script was refused on that day: a story does not go on past it by itself."""

    def __init__(self, day: date) -> None:
        super().__init__(f"an act was refused on {day}")
        self.day = day


class NoWayBack(ValueError):
    """A business date never moves backwards."""


def today(bind: Engine) -> date:
    """The world's business date."""
    with bind.connect() as connection:
        day: date = connection.execute(text("SELECT business_date FROM clock")).scalar_one()
        return day


def _target(bind: Engine) -> date:
    with bind.connect() as connection:
        day: date = connection.execute(text("SELECT target_date FROM clock")).scalar_one()
        return day


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a world stands in time. parked: deliveries, timers and acts that failed."""

    business_date: date
    target_date: date
    opening: bool
    busy: bool
    acts: int
    parked: int

    @property
    def at_rest(self) -> bool:
        """Whether the target is reached and nothing is left to do there."""
        arrived = self.business_date == self.target_date and not self.opening
        return arrived and not self.busy and not self.acts


def standing(connection: Connection) -> Standing:
    """Date, target, and whether anything is still to be done today."""
    return Standing(*connection.execute(_STANDING).one())


def held(connection: Connection) -> date:
    """The business date, which no other transaction moves before this one ends."""
    day: date = connection.execute(text("SELECT business_date FROM clock FOR SHARE")).scalar_one()
    return day


def advance_to(bind: Engine, day: date) -> None:
    """Set the date the workers move the world to. Raises NoWayBack for an earlier day."""
    with bind.begin() as connection:
        set_target(connection, day)


def set_target(connection: Connection, day: date) -> None:
    """`advance_to` in a transaction of the caller's. Raises NoWayBack for an earlier day."""
    target = connection.execute(_TARGET, {"day": day}).scalar_one()
    if target != day:
        raise NoWayBack(f"the world's date is {target} already, after {day}")


def aim(connection: Connection, day: date) -> None:
    """`set_target` where an earlier day changes nothing."""
    connection.execute(_AIM, {"day": day})


def wait_for(bind: Engine, day: date) -> None:
    """Wait until the workers have brought the world to `day`. Raises Halted, Standstill."""
    watch = Watch()
    seen, since = watch.done(lambda: today(bind)), time.monotonic()
    while (now := watch.ask(lambda: today(bind)) or seen) < day:
        if (watch.ask(lambda: _target(bind)) or day) < day:
            raise Halted(now)
        if now != seen:
            seen, since = now, time.monotonic()
            watch.progress()
        elif time.monotonic() - since > PATIENCE:
            raise Standstill(f"the world stands at {now} and nobody moves it on")
        time.sleep(PAUSE)


def step(bind: Engine, registry: Registry) -> int:
    """One step of time, if nothing is left to deliver: timers, else an act, else the next day.

    Returns how much was done; 0 = at rest, or another worker is at it and will go on.
    """
    done = transact(bind, lambda connection: _step(connection, registry))
    if done == ARRIVED:
        anchors.anchor(bind)
    return done


def _step(connection: Connection, registry: Registry) -> int:
    if not connection.execute(_LOCK).scalar_one():
        return 0
    now = connection.execute(_CLOCK).one_or_none()
    if now is None or connection.execute(_BUSY).scalar_one():
        return 0
    if timers.fire(connection, registry, now.business_date):
        return 1  # also those that the day itself set for today
    if now.opening and sweeps.run(connection, registry, now.business_date):
        return 1
    if now.opening:
        connection.execute(_OPEN)
        log.info("day open", day=now.business_date.isoformat())
        return 1
    outcome = acts.perform_next(connection, registry, now.business_date)
    if outcome is acts.Performed.REFUSED:
        connection.execute(_HALT)  # a story does not go on past an act that a rule forbids
    if outcome is not acts.Performed.NOTHING:
        return 1
    return _next_day(connection, registry, now.business_date, now.target_date)


def _next_day(connection: Connection, registry: Registry, day: date, target: date) -> int:
    if target <= day:
        return 0
    swept = sweeps.next_day(connection, registry, day)
    furthest = target if swept is None else min(target, swept)
    following = connection.execute(_NEXT, {"target": furthest, "today": day}).scalar_one()
    seals.seal(connection, day)
    connection.execute(_ARRIVE, {"day": following})
    return ARRIVED
