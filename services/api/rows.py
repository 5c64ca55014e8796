"""GET /{nouns} and /{nouns}/{id}: rows as they stand, by page, with filters, as far as seen."""

from __future__ import annotations

import base64
import binascii
import dataclasses
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response
from pydantic import BaseModel, ConfigDict, Field, create_model
from sqlalchemy import text

from services.api import bodies, sight, wire
from services.api.act_routes import IdIn
from services.api.acts import plural
from services.api.caller import Visit, VisitIn
from services.api.failures import of_read
from services.api.sight import Unseen
from services.kernel.mapper import Stored, mapper
from services.kernel.registry import Noun, Registry

MOST, USUAL = 200, 50
CURSOR = r"^[A-Za-z0-9_-]*$"


def router(registry: Registry) -> APIRouter:
    """A list and a single row for every noun."""
    made = APIRouter()
    for noun in registry.nouns.values():
        model = bodies.answer(noun)
        name, where = noun.name, f"/{plural(noun.name)}"
        tags: Any = [plural(name)]
        made.add_api_route(
            where, _listing(noun, registry), operation_id=f"{name}_list", tags=tags,
            response_model=_page(model), responses=of_read(), summary=f"{plural(name)} by page",
        )  # fmt: skip
        made.add_api_route(
            where + "/{id}", _single(noun), operation_id=f"{name}_get", tags=tags,
            response_model=model, responses=of_read(), summary=f"One {name}",
            description="`ETag` is its version; send it back as `If-Match`.",
        )  # fmt: skip
    return made


def filters(noun: Noun, registry: Registry) -> tuple[str, ...]:
    """Fields a list is filtered by: the ids of other rows that the noun's rows bear."""
    fields = (field.name for field in dataclasses.fields(noun.lifecycle.record))
    return tuple(name for name in fields if name in registry.nouns)


def found(visit: Visit, noun: Noun, ident: str) -> Stored:
    """The row, if it is there for the caller. Raises Unseen."""
    with visit.world.engine.connect() as connection:
        if sight.sees(connection, noun, ident, visit.actor):
            for stored in mapper(noun).load(connection, [ident], lock=False):
                return stored
    raise Unseen(noun.name, ident)


def shown(stored: Stored) -> dict[str, Any]:
    """The row's fields, its version, and which of its days an assumed calendar gave."""
    marks = {"version": stored.version, "calendar_assumed": wire.assumed(stored.record)}
    return {**wire.shown(stored.record), **marks}


def _page(model: type[BaseModel]) -> type[BaseModel]:
    about = "Send it as `cursor` for the next page; null on the last"
    return create_model(
        f"{model.__name__}Page",
        items=(list[model], ...),  # type: ignore[valid-type]  # a model made at run time
        next=(str | None, Field(description=about)),
    )


def _query(noun: Noun, registry: Registry) -> type[BaseModel]:
    states = tuple(state.name for state in noun.lifecycle.states)
    same: dict[str, Any] = {
        name: (Annotated[str | None, Field(max_length=200, pattern=r"^[^\x00]*$")], None)
        for name in filters(noun, registry)
    }
    same["state"] = (Literal[states] | None, None)
    return create_model(
        f"{noun.title}Filter",
        __config__=ConfigDict(extra="forbid"),
        limit=(Annotated[int, Field(ge=1, le=MOST)], USUAL),
        cursor=(Annotated[str | None, Field(max_length=400, pattern=CURSOR)], None),
        **same,
    )


def _listing(noun: Noun, registry: Registry) -> Callable[..., Any]:
    asked = ("state", *filters(noun, registry))

    def listing(visit: VisitIn, query: Any) -> Any:
        values = {name: getattr(query, name) for name in asked}
        given = {name: value for name, value in values.items() if value is not None}
        after = _place(query.cursor)
        rows = page_of(visit, noun, given, after=after, limit=query.limit + 1)
        more, page = len(rows) > query.limit, rows[: query.limit]
        last = _cursor(page[-1].record.id) if more else None
        return {"items": [shown(one) for one in page], "next": last}

    listing.__annotations__["query"] = Annotated[_query(noun, registry), Query()]
    return listing


def _single(noun: Noun) -> Callable[..., Any]:
    def single(visit: VisitIn, response: Response, id: IdIn) -> Any:
        stored = found(visit, noun, id)
        response.headers["ETag"] = f'"{stored.version}"'
        return shown(stored)

    return single


def page_of(
    visit: Visit, noun: Noun, given: Mapping[str, str], *, after: str, limit: int
) -> list[Stored]:
    """Rows that the visitor sees, by id, after one of them; given: fields with their values."""
    columns = ", ".join(f't."{name}"' for name in mapper(noun).columns)
    asked = "".join(f' AND t."{name}" = :{name}' for name in given)
    statement = text(
        f"SELECT {columns} FROM {noun.table.name} t WHERE t.id > :after{asked}"
        f" AND ({sight.condition(noun, visit.actor)}) ORDER BY t.id LIMIT :limit"
    )
    values = {**given, "after": after, "limit": limit, "org": visit.actor.organisation}
    with visit.world.engine.connect() as connection:
        return [mapper(noun).stored(tuple(row)) for row in connection.execute(statement, values)]


def _cursor(ident: str) -> str:
    return base64.urlsafe_b64encode(ident.encode()).decode().rstrip("=")


def _place(cursor: str | None) -> str:
    """The id a cursor names; one that nobody was given names a place, too."""
    if not cursor:
        return ""
    try:
        place = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except binascii.Error:
        return cursor
    return place.decode("utf-8", "replace").replace("\x00", "")
