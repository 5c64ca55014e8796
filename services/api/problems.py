"""RFC 9457: every error as application/problem+json, with a type that stays for good.

The reasons of a refusal carry code, parameter, threshold, actual value, clause and grade, and the
same sentence a button of the console shows, in the caller's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from traceback import format_exception
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnection
from starlette.exceptions import HTTPException
from starlette.routing import Match

from policies.reading.pack import UnknownCase
from services.api import because
from services.api.caller import WORLD_HEADER, NotSignedIn, language
from services.api.sight import IdTaken, Unseen
from services.api.wire import FarAway
from services.kernel.clock import NoWayBack
from services.kernel.commands import DayIsOpening
from services.kernel.db import Conflict, NoDatabase
from services.kernel.envelope import Stale
from services.kernel.grants import NotGranted
from services.kernel.i18n import text
from services.kernel.organisations import OrganisationExists
from services.kernel.proposals import ProposalChanged, UnknownProposal
from services.kernel.receipts import KeyInFlight, KeyReused
from services.kernel.tokens import TokenElsewhere, UnknownToken, WrongLimits
from services.kernel.trials import TooManyTrials
from services.kernel.users import NameTaken, UnknownUser
from services.kernel.worlds import TooManyWorlds, UnknownWorld, WorldExists
from workflows.lifecycle.refusals import (
    NotAllowed,
    NotPossible,
    NotThere,
    Refused,
)

log = structlog.get_logger("zhidai.api")

MEDIA = "application/problem+json"
PREFIX = "urn:zhidai:problem:"
LONGEST_TRACE = 6000
METHODS = ("DELETE", "GET", "PATCH", "POST", "PUT")
AGAIN = {"Retry-After": "1"}
SIGN_IN = {"WWW-Authenticate": 'Basic realm="zhidai", charset="UTF-8"'}

# fmt: off
STATUS: Mapping[str, int] = {
    "world-required":  400,
    "not-signed-in":   401,
    "not-allowed":     403,
    "not-granted":     403,
    "token-elsewhere": 403,
    "not-found":       404,
    "unknown-world":   404,
    "wrong-method":    405,
    "refused":         409,
    "not-possible":    409,
    "missing-row":     409,
    "id-taken":        409,
    "proposal-closed":  409,
    "proposal-changed": 409,
    "key-in-flight":   409,
    "conflict":        409,
    "no-way-back":     409,
    "day-far-away":    409,
    "token-limits":    409,
    "too-many-worlds": 409,
    "world-exists":    409,
    "name-taken":      409,
    "stale":           412,
    "too-slow":        408,
    "too-large":       413,
    "malformed":       422,
    "key-reused":      422,
    "too-many-tries":  429,
    "our-fault":       500,
    "database-away":   503,
    "overloaded":      503,
    "day-is-opening":  503,
}
"""Problem -> status. The type is `urn:zhidai:problem:<problem>`."""
# fmt: on


def problem(
    request: Request,
    kind: str,
    values: Mapping[str, Any] | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    extra: Mapping[str, Any] | None = None,
) -> JSONResponse:
    """The answer: type, title, status, detail, instance, and what belongs to this kind."""
    lang = language(request)
    request_id = str(getattr(request.state, "request_id", ""))
    content = {
        "type": f"{PREFIX}{kind}",
        "title": text(f"problem.{kind}.title", lang=lang),
        "status": STATUS[kind],
        "detail": text(f"problem.{kind}", dict(values or {}), lang=lang),
        "instance": request.url.path,
        "request_id": request_id,
        **(extra or {}),
    }
    told = {"Content-Language": lang, **(headers or {})}
    return JSONResponse(content, status_code=STATUS[kind], media_type=MEDIA, headers=told)


def refused(request: Request, error: Any) -> JSONResponse:
    """409: rules forbid the act now; all of them are named."""
    lang = language(request)
    told = because.reasons(error.reasons, lang)
    values = {"reasons": "; ".join(one["sentence"] for one in told)}
    return problem(request, "refused", values, extra={"trigger": error.trigger, "reasons": told})


def not_possible(request: Request, error: Any) -> JSONResponse:
    """409: the row's state does not know this act."""
    values = {"noun": error.noun, "id": error.ident, "trigger": error.trigger, "state": error.state}
    return problem(request, "not-possible", values, extra=values)


def not_allowed(request: Request, error: Any) -> JSONResponse:
    """403: the act is there, but not for this person."""
    told = because.reasons((error.reason,), language(request))
    values = {"reason": told[0]["sentence"]}
    return problem(
        request, "not-allowed", values, extra={"trigger": error.trigger, "reasons": told}
    )


def unseen(request: Request, error: Any) -> JSONResponse:
    """404: nothing there, or nothing for this caller."""
    values = {"noun": error.noun, "id": error.ident}
    extra = {"pointer": f"#/{error.at}"} if error.at else None
    return problem(request, "not-found", values, extra=extra)


def no_world(request: Request, _: Exception) -> JSONResponse:
    """404 with a hint: which world the request named, and how to make it."""
    values = {"header": WORLD_HEADER, "world": request.headers.get(WORLD_HEADER, "main")}
    return problem(request, "unknown-world", values)


def malformed(request: Request, error: Any) -> JSONResponse:
    """422: not the form asked for, each fault with where it is; 400: an act names no world."""
    if ("header", WORLD_HEADER) in [
        one["loc"] for one in error.errors() if one["type"] == "missing"
    ]:
        return problem(request, "world-required", {"header": WORLD_HEADER})
    faults = [
        {"pointer": "/".join(("#", *map(str, one["loc"][1:]))), "in": one["loc"][0],
         "detail": one["msg"].removeprefix("Value error, ")}
        for one in error.errors()
    ]  # fmt: skip
    values = {"faults": "; ".join(f"{one['pointer']}: {one['detail']}" for one in faults)}
    return problem(request, "malformed", values, extra={"errors": faults})


def stale(request: Request, error: Any) -> JSONResponse:
    """412: the row has another version than If-Match says."""
    values = {"seen": error.seen, "now": error.now}
    return problem(request, "stale", values, headers={"ETag": f'"{error.now}"'})


def of_http(request: Request, error: Any) -> JSONResponse:
    """What the framework found: no such address, wrong method, no credentials, body too large."""
    if error.status_code == STATUS["not-signed-in"]:
        return problem(request, "not-signed-in", headers=SIGN_IN)
    kinds = {405: "wrong-method", 408: "too-slow", 413: "too-large", 400: "malformed"}
    kind = kinds.get(error.status_code, "not-found")
    values = {"noun": "address", "id": request.url.path, "faults": error.detail}
    allow = {"Allow": _methods(request)} if kind == "wrong-method" else {}
    return problem(request, kind, values, headers={**(error.headers or {}), **allow})


def _methods(request: Request) -> str:
    """Every method the address answers; the framework names those of one route only."""
    asked = [{**request.scope, "method": method} for method in METHODS]
    routes = request.app.routes
    right = [s["method"] for s in asked if any(r.matches(s)[0] == Match.FULL for r in routes)]
    return ", ".join(right)


def our_fault(request: Request, error: Exception) -> JSONResponse:
    """500: the log has the rest under the request's id."""
    request_id = str(getattr(request.state, "request_id", ""))
    # As text: a rendered traceback would show the values of variables, bodies among them.
    trace = "".join(format_exception(error))[-LONGEST_TRACE:]
    log.error("a request failed", path=request.url.path, request_id=request_id, trace=trace)
    # The error is raised on after this answer, and the server then closes the connection.
    closing = {"Connection": "close"}
    return problem(request, "our-fault", {"request_id": request_id}, headers=closing)


def _plain(
    kind: str, headers: Mapping[str, str] | None = None
) -> Callable[[Request, Exception], JSONResponse]:
    def answer(request: Request, error: Exception) -> JSONResponse:
        return problem(request, kind, {"error": str(error)}, headers=headers)

    return answer


def _no(what: str) -> Callable[[Request, Exception], JSONResponse]:
    """404: no account of that kind and name, or none of the caller's."""

    def answer(request: Request, error: Exception) -> JSONResponse:
        return problem(request, "not-found", {"noun": what, "id": str(error)})

    return answer


Handler = Callable[[Request, Any], JSONResponse]
# fmt: off
HANDLERS: Mapping[type[Exception], Handler] = {
    Refused:                refused,
    NotPossible:            not_possible,
    NotAllowed:             not_allowed,
    NotThere:               _plain("missing-row"),
    UnknownCase:            _plain("missing-row"),
    NotSignedIn:            _plain("not-signed-in", SIGN_IN),
    TooManyTrials:          _plain("too-many-tries", AGAIN),
    Unseen:                 unseen,
    IdTaken:                _plain("id-taken"),
    UnknownWorld:           no_world,
    UnknownProposal:        _plain("proposal-closed"),
    ProposalChanged:        _plain("proposal-changed"),
    RequestValidationError: malformed,
    Stale:                  stale,
    KeyInFlight:            _plain("key-in-flight", AGAIN),
    KeyReused:              _plain("key-reused"),
    Conflict:               _plain("conflict", AGAIN),
    NoWayBack:              _plain("no-way-back"),
    FarAway:                _plain("day-far-away"),
    WrongLimits:            _plain("token-limits"),
    NotGranted:             _plain("not-granted"),
    TokenElsewhere:         _plain("token-elsewhere"),
    NameTaken:              _plain("name-taken"),
    OrganisationExists:     _plain("name-taken"),
    UnknownToken:           _no("token"),
    UnknownUser:            _no("user"),
    WorldExists:            _plain("world-exists"),
    TooManyWorlds:          _plain("too-many-worlds"),
    DayIsOpening:           _plain("day-is-opening", AGAIN),
    NoDatabase:             _plain("database-away", AGAIN),
    OperationalError:       _plain("database-away", AGAIN),
    InterfaceError:         _plain("database-away", AGAIN),
    NoConnection:           _plain("database-away", AGAIN),
    HTTPException:          of_http,
    Exception:              our_fault,
}
# fmt: on


def install(app: FastAPI) -> None:
    """Let the application answer errors so."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
