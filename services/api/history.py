"""GET /events and /{nouns}/{id}/events: what happened, in an order that skips nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy import text

from services.api import sight, told
from services.api.act_routes import IdIn
from services.api.acts import plural
from services.api.caller import VisitIn
from services.api.failures import of_read
from services.api.rows import MOST, USUAL, found
from services.api.told import Event
from services.kernel import feed
from services.kernel.registry import Noun, Registry

SCANNED = 5000  # positions looked at in one request, whoever may see them
FURTHEST = 2**63 - 1

_OF_STREAM = text(
    f"SELECT {told.COLUMNS} FROM event WHERE stream = :stream AND seq > :after"
    " ORDER BY seq LIMIT :limit"
)


class Feed(BaseModel):
    """Events after a position."""

    items: list[Event]
    next: int = Field(description="Send it as `after` for what follows; never behind `after`")
    more: bool = Field(description="Whether something follows already")


class Stream(BaseModel):
    """Events of one row, first to last."""

    items: list[Event]
    next: int | None = Field(description="Send it as `after` for the next page; null on the last")


LimitIn = Annotated[int, Query(ge=1, le=MOST)]
AfterIn = Annotated[int, Query(ge=0, le=FURTHEST, description="Events after this position only")]
SeqIn = Annotated[int, Query(ge=0, le=2**31 - 1, description="Events after this `seq` only")]


def router(registry: Registry) -> APIRouter:
    """The world's events, and those of each row."""
    made = APIRouter()
    made.add_api_route(
        "/events", events, operation_id="events_list", tags=["events"], response_model=Feed,
        responses=of_read(), summary="What happened in the world",
        description="""Ask again with `after` = the last answer's `next`. Positions are taken before
transactions commit, so the list ends below the lowest position that a transaction still in flight
may write: what was given once stays, and nothing appears behind it later.""",
    )  # fmt: skip
    for noun in registry.nouns.values():
        made.add_api_route(
            f"/{plural(noun.name)}/{{id}}/events", _of_row(noun),
            operation_id=f"{noun.name}_events", tags=[plural(noun.name)], response_model=Stream,
            responses=of_read(), summary=f"What happened to one {noun.name}",
        )  # fmt: skip
    return made


def events(visit: VisitIn, after: AfterIn = 0, limit: LimitIn = USUAL) -> Feed:
    """Events after a position, as far as the caller sees their rows."""
    seen = sight.streams(visit.registry, visit.actor, "e.stream")
    statement = text(
        f"SELECT {told.COLUMNS} FROM event e WHERE position > :after AND position <= :reach"
        f" AND ({seen}) ORDER BY position LIMIT :limit"
    )
    with visit.world.engine.connect() as connection:
        settled = feed.settled(connection)
        reach = min(settled, after + SCANNED)
        values = {"after": after, "reach": reach, "limit": limit, "org": visit.actor.organisation}
        rows = connection.execute(statement, values).all()
        items = [told.event(row, visit.registry) for row in rows]
    last = items[-1].position if len(items) == limit else max(after, reach)
    return Feed(items=items, next=last, more=last < settled)


def _of_row(noun: Noun) -> Callable[..., Any]:
    def of_row(visit: VisitIn, id: IdIn, after: SeqIn = 0, limit: LimitIn = USUAL) -> Stream:
        found(visit, noun, id)
        values = {"stream": f"{noun.name}/{id}", "after": after, "limit": limit + 1}
        with visit.world.engine.connect() as connection:
            rows = connection.execute(_OF_STREAM, values).all()
            items = [told.event(row, visit.registry) for row in rows[:limit]]
        return Stream(items=items, next=items[-1].seq if len(rows) > limit else None)

    return of_row
