"""POST /{nouns}/{id}/{trigger}: one route for each act, generated; the kernel decides."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Body, Header, Path, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from services.api import bodies, examples, sight, told
from services.api.acts import Act, acts, creating, plural
from services.api.caller import ActIn, Visit
from services.api.failures import of_act
from services.api.root import ROOT
from services.api.sight import IdTaken, Unseen
from services.api.told import ActDone
from services.kernel import commands, doorbell
from services.kernel.commands import Done, Key, Outcome
from services.kernel.i18n import label
from services.kernel.proposals import Proposed
from services.kernel.registry import Registry
from workflows.lifecycle.machine import NEW

IdIn = Annotated[str, Path(max_length=200, pattern=r"^[^\x00]+$", examples=["A-0001"])]
KeyIn = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=255,
        pattern=r"^[\x21-\x7e]+$",
        description="The same key with the same request gets the same answer, done once.",
    ),
]
MatchIn = Annotated[
    str | None,
    Header(alias="If-Match", max_length=100, description='The ETag seen, `"3"`; 412 if it is old.'),
]
NO_VERSION = -1  # no row has it: an ETag that is none of ours matches nothing


def router(registry: Registry) -> APIRouter:
    """The routes of all acts."""
    made = APIRouter()
    for act in acts(registry):
        _add(made, act, _endpoint(act, bodies.body(act.command, act.noun.name)))
    for noun in registry.nouns.values():
        act_ = creating(noun)
        if act_ is not None:
            _add_collection(made, act_)
    return made


def _endpoint(act: Act, model: type[BaseModel]) -> Callable[..., Any]:
    def endpoint(
        visit: ActIn,
        background: BackgroundTasks,
        response: Response,
        id: IdIn,
        body: Any,
        key: KeyIn = None,
        match: MatchIn = None,
    ) -> ActDone | JSONResponse:
        given = model() if body is None else body
        command = bodies.command_of(act.command, act.noun.name, id, given)
        return perform(visit, act, command, background=background, response=response,
                       key=key, match=match)  # fmt: skip

    needed = any(field.is_required() for field in model.model_fields.values())
    endpoint.__annotations__["body"] = Annotated[model, Body()]
    if not needed:
        endpoint.__annotations__["body"] = Annotated[model | None, Body()]
        endpoint.__defaults__ = (None, None, None)
    return endpoint


def perform(
    visit: Visit,
    act: Act,
    command: Any,
    *,
    background: BackgroundTasks,
    response: Response,
    key: str | None,
    match: str | None,
) -> ActDone | JSONResponse:
    """Carry the command out for the caller and tell what came of it."""
    ident = getattr(command, act.noun.name)
    ask_sight(visit, act, command)
    outcome = commands.execute(
        visit.world.engine,
        visit.registry,
        command,
        actor=visit.actor,
        key=scoped(visit, key),
        version=version_of(match),
    )
    background.add_task(doorbell.ring, visit.world.name)
    return answer(visit, f"{act.noun.name}/{ident}", outcome, response)


def answer(
    visit: Visit, stream: str, outcome: Outcome, response: Response
) -> ActDone | JSONResponse:
    """200 with what happened, or 202 with what waits for a second person."""
    if isinstance(outcome, Proposed):
        waits = told.waiting(outcome, f"{ROOT}/proposals/{outcome.proposal}/confirm")
        return JSONResponse(waits.model_dump(mode="json"), status_code=202)
    assert isinstance(outcome, Done)
    with visit.world.engine.connect() as connection:
        done = told.happened(connection, visit.registry, stream, outcome, lang=visit.lang)
    response.headers["ETag"] = f'"{done.version}"'
    return done


def scoped(visit: Visit, key: str | None) -> Key | None:
    """Keys of two users never meet; nobody waits for a call in flight."""
    return None if key is None else Key(f"api:{visit.actor.user}:{key}", wait=False)


def version_of(match: str | None) -> int | None:
    """The version an If-Match names; None where any will do."""
    if match is None or match.strip() == "*":
        return None
    tag = match.strip().removeprefix("W/").strip('"')
    return int(tag) if tag.isascii() and tag.isdigit() else NO_VERSION


def ask_sight(visit: Visit, act: Act, command: Any) -> None:
    """Raise Unseen for a row, or one that the command names, which is not there for the caller."""
    nouns, ident = visit.registry.nouns, getattr(command, act.noun.name)
    with visit.world.engine.connect() as connection:
        there = sight.exists(connection, act.noun, ident)
        if there and not sight.sees(connection, act.noun, ident, visit.actor):
            raise IdTaken(ident) if act.creates else Unseen(act.noun.name, ident)
        if not there and not act.creates:
            raise Unseen(act.noun.name, ident)
        for name in visit.registry.handles[act.command].reads:
            named = getattr(command, name, "")
            if named and not sight.sees(connection, nouns[name], named, visit.actor):
                raise Unseen(name, named, at=name)


def _add(made: APIRouter, act: Act, endpoint: Callable[..., Any]) -> None:
    made.add_api_route(
        act.path,
        endpoint,
        methods=["POST"],
        operation_id=act.operation,
        tags=[plural(act.noun.name)],
        summary=label(f"trigger.{act.noun.name}.{act.trigger}", "en"),
        description=described(act),
        response_model=ActDone,
        responses=of_act(act),
        openapi_extra={"x-zhidai": _facts(act), **examples.of_body(act)},
    )


def _add_collection(made: APIRouter, act: Act) -> None:
    model = bodies.body(act.command, act.noun.name, with_id=True)

    def create(
        visit: ActIn,
        background: BackgroundTasks,
        response: Response,
        body: Any,
        key: KeyIn = None,
    ) -> ActDone | JSONResponse:
        command = bodies.command_of(act.command, act.noun.name, body.id, body)
        made = perform(visit, act, command, background=background, response=response,
                       key=key, match=None)  # fmt: skip
        if isinstance(made, ActDone):
            response.headers["Location"] = f"{ROOT}/{plural(act.noun.name)}/{body.id}"
        return made

    create.__annotations__["body"] = Annotated[model, Body()]
    made.add_api_route(
        f"/{plural(act.noun.name)}",
        create,
        methods=["POST"],
        status_code=201,
        operation_id=f"{act.noun.name}_create",
        tags=[plural(act.noun.name)],
        summary=f"{label(f'trigger.{act.noun.name}.{act.trigger}', 'en')} (id in the body)",
        description=f"The same act as `{act.operation}`.\n\n{described(act)}",
        response_model=ActDone,
        responses=of_act(act),
        openapi_extra={"x-zhidai": _facts(act), **examples.of_body(act, with_id=True)},
    )


def described(act: Act) -> str:
    """Who does it, who confirms, and where it leads: from the rows."""
    name = act.noun.name
    chinese = label(f"trigger.{name}.{act.trigger}", "zh")
    who = " or ".join(role.value for role in act.roles)
    stages = [" or ".join(role.value for role in stage) for stage in act.stages]
    confirmed = f", confirmed by {', then by '.join(stages)}" if stages else ""
    lines = [f"{chinese}. By {who}{confirmed}."]
    leads = [
        f"{'(new)' if source == NEW else source} → {dest}"
        for source, dest in dict(act.leads).items()
    ]
    lines.append(f"{name.capitalize()}: {', '.join(leads)}.")
    lines.append(f"Event: {', '.join(dict.fromkeys(row.told for row in act.rows))}.")
    return "\n\n".join(lines)


def _facts(act: Act) -> dict[str, Any]:
    return {
        "noun": act.noun.name,
        "trigger": act.trigger,
        "roles": [role.value for role in act.roles],
        "checkers": [[role.value for role in stage] for stage in act.stages],
        "leads": [{"from": source, "to": dest} for source, dest in act.leads],
        "events": list(dict.fromkeys(row.told for row in act.rows)),
        "refusals": sorted(
            {rule.__name__ for row in act.rows for rule in (*row.control.apart, *row.guards)}
        ),
    }
