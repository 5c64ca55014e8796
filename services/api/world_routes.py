"""Worlds and their time: list and make worlds, read the date, move it on."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Query
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy import Connection, text
from starlette.concurrency import run_in_threadpool

from services.api.act_routes import KeyIn, scoped
from services.api.caller import ActIn, Caller, CallerIn, VisitIn
from services.api.failures import of, of_read
from services.api.wire import Day
from services.kernel import clock, codec, db, doorbell, grants, worlds
from services.kernel.clock import Standing
from services.kernel.grants import Grant
from services.kernel.i18n import text as sentence
from services.kernel.receipts import KeyInFlight, KeyReused, once
from services.kernel.tokens import TokenElsewhere
from services.kernel.worlds import World
from workflows.lifecycle.refusals import NotAllowed, Refusal

LAST_DAY = date(2100, 12, 31)
LONGEST_WAIT = 30.0
PAUSE = 0.05


class WorldOut(BaseModel):
    """A world: a platform of its own with its own business date."""

    name: str
    starts_on: date
    origin: str = Field(description="What made it: story:<case>, book:<hash>, api ..")
    label: str = Field(description='What must be known about it, "" for nothing')


class Worlds(BaseModel):
    """All worlds, oldest first."""

    items: list[WorldOut]


class NewWorld(BaseModel):
    """A world to be made."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]{0,39}$", examples=["lesson-1"])
    starts_on: Day = Field(description="Its first business date", examples=["2025-05-26"])


class Clock(BaseModel):
    """Where the world stands in time."""

    world: str
    business_date: date
    target_date: date = Field(description="Where it is going")
    opening: bool = Field(description="The timers of the day are firing; acts wait for them")
    at_rest: bool = Field(description="Arrived, and every consequence of what happened is done")
    parked: int = Field(description="Consequences that failed and wait for somebody")


class Advance(BaseModel):
    """Where to go."""

    model_config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    to: Day = Field(description="A later business date", examples=["2025-06-03"])


router = APIRouter()


@router.get("/worlds", operation_id="worlds_list", tags=["worlds"], responses=of_read())
def listing(known: CallerIn) -> Worlds:
    """All worlds there are; by a token limited to some, those."""
    token = known.token
    there = (one for one in worlds.listing() if token is None or token.serves(one.name))
    return Worlds(items=[_out(world, known.lang) for world in there])


@router.post(
    "/worlds",
    operation_id="worlds_create",
    tags=["worlds"],
    status_code=201,
    responses=of(401, 403, 409, 422, 503),
)
def create(known: CallerIn, body: NewWorld, key: KeyIn = None) -> WorldOut:
    """Make a world, empty but for its rules. Then name it in `Zhidai-World`."""
    if known.token is not None and not known.token.serves(body.name):
        raise TokenElsewhere(body.name)
    return _out(_made(known, body, key), known.lang)


@router.get("/clock", operation_id="clock_get", tags=["clock"], responses=of_read())
async def read(
    visit: VisitIn,
    wait: Annotated[
        float, Query(ge=0, le=LONGEST_WAIT, description="Seconds to wait for `at_rest`")
    ] = 0,
) -> Clock:
    """The business date. After an act or an advance ask until `at_rest`."""
    until = time.monotonic() + wait
    while True:
        now = await run_in_threadpool(_standing, visit.world)
        if now.at_rest or time.monotonic() >= until:
            return _clock(visit.world, now)
        await asyncio.sleep(PAUSE)


@router.post(
    "/clock/advance",
    operation_id="clock_advance",
    tags=["clock"],
    status_code=202,
    responses=of(400, 401, 403, 404, 409, 422, 503),
)
def advance(visit: ActIn, background: BackgroundTasks, body: Advance, key: KeyIn = None) -> Clock:
    """Let the world move on to a later day; the workers do on the way what falls due.

    The answer is where it stands now: ask `clock_get` until it is `at_rest`. A date never goes
    back. Whoever made a world moves it; `main` and the platform's own are an operator's to move.
    """
    user = visit.actor.user
    if visit.world.owner != user and not grants.has(user, Grant.OPERATOR):
        raise NotAllowed("advance", Refusal("not_your_world", actual=visit.world.name))
    to: date = body.to
    if to > LAST_DAY:
        raise clock.NoWayBack(f"{to} lies after {LAST_DAY}")

    def work(connection: Connection) -> Standing:
        clock.set_target(connection, to)
        return clock.standing(connection)

    digest = codec.digest(["advance", to, visit.actor.user])
    kinds = {Standing.__name__: Standing}
    mine = scoped(visit, key)
    name = mine.text if mine else None

    def worked(connection: Connection) -> Standing:
        return once(connection, name, digest, work, kinds=kinds, wait=False)

    now = db.transact(visit.world.engine, worked)
    background.add_task(doorbell.ring, visit.world.name)
    return _clock(visit.world, now)


def _standing(world: World) -> Standing:
    with world.engine.connect() as connection:
        return clock.standing(connection)


def _clock(world: World, now: Standing) -> Clock:
    return Clock(
        world=world.name,
        business_date=now.business_date,
        target_date=now.target_date,
        opening=now.opening,
        at_rest=now.at_rest,
        parked=now.parked,
    )


def _out(world: World, lang: str) -> WorldOut:
    label = sentence(world.label, lang=lang) if world.label else ""
    origin = world.origin.partition(" ")[0]
    return WorldOut(name=world.name, starts_on=world.starts_on, origin=origin, label=label)


_KEY = text("SELECT pg_try_advisory_lock(hashtextextended('world-key:' || :key, 0))")
_FREE = text("SELECT pg_advisory_unlock(hashtextextended('world-key:' || :key, 0))")


def _made(known: Caller, body: NewWorld, key: str | None) -> World:
    """A world's receipt is its origin: it names the key and the request that made it."""
    if key is None:
        return _owned(known, body, "api")
    marks = _marks(known.actor.user, key, (body.name, body.starts_on.isoformat()))
    with db.engine().connect() as connection:
        if not connection.execute(_KEY, {"key": marks[0]}).scalar_one():
            raise KeyInFlight("the first call with this idempotency key is still at work")
        try:
            return _once(known, marks, body)
        finally:
            connection.execute(_FREE, {"key": marks[0]})


def _once(known: Caller, marks: tuple[str, str], body: NewWorld) -> World:
    for world in worlds.listing():
        kind, _, receipt = world.origin.partition(" ")
        if kind == "api" and receipt.partition(":")[0] == marks[0]:
            if receipt != ":".join(marks):
                raise KeyReused("this idempotency key was used before, for another world")
            return world
    return _owned(known, body, f"api {':'.join(marks)}")


def _owned(known: Caller, body: NewWorld, origin: str) -> World:
    starts_on, owner = body.starts_on, known.actor.user
    return worlds.create(body.name, starts_on=starts_on, origin=origin, owner=owner)


def _marks(user: str, key: str, given: Sequence[str]) -> tuple[str, str]:
    digests = (hashlib.sha256("\x00".join(part).encode()) for part in ((user, key), given))
    first, second = (digest.hexdigest()[:32] for digest in digests)
    return first, second
