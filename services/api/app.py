"""The API as an application of its own, mounted at /api/v1, and its OpenAPI document."""

from __future__ import annotations

from typing import Any

from fastapi import Depends, FastAPI
from fastapi.openapi.utils import get_openapi

from services.api import (
    account_routes,
    act_routes,
    actions,
    case_routes,
    clause_routes,
    history,
    me,
    owed_routes,
    problems,
    proposals,
    rows,
    tasks,
    world_routes,
)
from services.api.acts import plural
from services.api.failures import ProblemDetails, Reason
from services.api.limits import BodyLimit
from services.api.members import OneMember
from services.api.once import strictly
from services.api.root import ROOT
from services.kernel.registry import Registry

FAILURES = 400
VERSION = "1.0.0"
OPENAPI = "3.1.0"
ABOUT = """Zhidai (知贷): the life of an IP-pledge loan, from the enterprise's enrolment to the
shared recovery. Every act is a sub-resource of the row it acts on, made from the lifecycle's table.

* **Who**: HTTP Basic, or a token of `token_create` as Bearer, limited to worlds, roles and time. A
  user has one role in one organisation; some acts need other persons too: they are answered 202
  with a proposal, which somebody else confirms by citing its digest. Organisations and users are
  made by who was granted it (`operator`, `instructor`): a second bank, a second borrower.
* **Where**: the header `Zhidai-World` names the world. An act without it is 400 `world-required`;
  reading without it, `main` is meant.
* **When**: every world has its own business date. `clock_advance` moves it; `clock_get?wait=30`
  waits until it has arrived and every consequence of what happened is done.
* **Amounts** are yuan as text with two decimals, "3360000.00"; rates are fractions, "0.0360".
* **Once**: send an `Idempotency-Key` with every POST and repeat it as often as you like; accounts
  alone take none, for a password or a token is shown once and nowhere kept.
* **Errors** are `application/problem+json`; a refusal names every rule against the act with its
  clause. Sentences come in Chinese or English, by `Accept-Language`.
"""


def build(registry: Registry) -> FastAPI:
    """The application over these nouns."""
    made = FastAPI(
        title="Zhidai API", version=VERSION, docs_url=None, redoc_url=None, openapi_url=None
    )
    made.state.registry = registry
    for part in (rows, history, actions, tasks, act_routes):
        made.include_router(part.router(registry))
    shared = (proposals, world_routes, account_routes, case_routes, clause_routes, me)
    for one in (owed_routes, *shared):
        made.include_router(one.router)
    made.add_api_route(
        "/openapi.json",
        lambda: specification(made),
        include_in_schema=False,
        dependencies=[Depends(strictly)],
    )
    problems.install(made)
    made.add_middleware(OneMember)
    made.add_middleware(BodyLimit)
    return made


def specification(app: FastAPI) -> dict[str, Any]:
    """OpenAPI 3.1 with whole paths, so that a program needs nothing but this document."""
    if app.openapi_schema is None:
        app.openapi_schema = _specification(app)
    return app.openapi_schema


def _specification(app: FastAPI) -> dict[str, Any]:
    registry: Registry = app.state.registry
    names = (
        "events",
        "proposals",
        "tasks",
        "worlds",
        "clock",
        "accounts",
        "cases",
        "clauses",
        "me",
    )
    tags = [*map(plural, registry.nouns), *names]
    made = get_openapi(
        title=app.title, version=app.version, openapi_version=OPENAPI, routes=app.routes,
        description=ABOUT, tags=[{"name": name} for name in tags],
        license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
    )  # fmt: skip
    made["paths"] = {f"{ROOT}{path}": item for path, item in made["paths"].items()}
    schemas = made["components"]["schemas"]
    for model in (ProblemDetails, Reason):
        whole = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= whole.pop("$defs", {}) | {model.__name__: whole}
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    made["components"]["schemas"] = dict(sorted(schemas.items()))  # a change shows where it is
    made["components"]["responses"] = _shared_failures(made)
    return made


def _shared_failures(made: dict[str, Any]) -> dict[str, Any]:
    """Each kind of failure once, referred to by all operations that may answer so."""
    kept: dict[str, Any] = {}
    for item in made["paths"].values():
        for operation in item.values():
            for status, response in operation["responses"].items():
                if int(status) >= FAILURES:
                    kept[f"Failure{status}"] = response
                    operation["responses"][status] = {
                        "$ref": f"#/components/responses/Failure{status}"
                    }
    return dict(sorted(kept.items()))
