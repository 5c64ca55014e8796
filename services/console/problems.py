"""What a page says when there is nothing to show: what failed, why, and what to do next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from sqlalchemy.exc import OperationalError
from starlette.exceptions import HTTPException

from policies.reading.pack import UnknownCase
from services.api.sight import Unseen
from services.console import render
from services.console.acts.pages import NoSuchAct
from services.console.belongings import UnknownLoan
from services.console.rows.nouns import UnknownNoun
from services.console.seats.who import Forged, NotSeated, TooLong
from services.console.shell import NoWorld, bare
from services.kernel import worlds
from services.kernel.db import NoDatabase
from services.kernel.worlds import UnknownWorld
from services.rulebook.clauses import UnknownClause
from services.web.security import HEADERS

log = structlog.get_logger("zhidai.web")


def no_world(request: Request, _: Exception) -> Response:
    """Nothing has been played or boarded yet: an empty platform, not an error."""
    return render.page(request, "empty.html", bare(request), {})


def unknown_world(request: Request, error: Exception) -> Response:
    """404 with the worlds there are."""
    values = {"what": "world", "name": str(error)[:100], "known": worlds.listing()}
    return render.page(request, "problem.html", bare(request), values, status=404)


def unknown_loan(request: Request, error: Exception) -> Response:
    """404: the world has no such loan."""
    return _problem(request, "loan", str(error)[:100], status=404)


def unknown_case(request: Request, error: Exception) -> Response:
    """404: no case, or no form of one, has that name."""
    return _problem(request, "case", str(error)[:100], status=404)


def unknown_clause(request: Request, error: Exception) -> Response:
    """404: the rulebook has no such clause and no such page."""
    name = error.ident if isinstance(error, UnknownClause) else ""
    return _problem(request, "clause", name, status=404)


def wrong_address(request: Request, error: Exception) -> Response:
    """404 and its kin: no page answers this address or method."""
    status = error.status_code if isinstance(error, HTTPException) else 404
    return _problem(request, "address", request.url.path[:100], status=status)


def not_there(request: Request, error: Exception) -> Response:
    """404: no such row, noun or act, or none for this seat."""
    name = getattr(error, "ident", "") or str(error)
    return _problem(request, "row", name[:100], status=404)


def forged(request: Request, _: Exception) -> Response:
    """403: the post came from no form of ours."""
    return _problem(request, "forged", "", status=403)


def too_long(request: Request, _: Exception) -> Response:
    """413: a form longer than is taken."""
    return _problem(request, "long", "", status=413)


def sit_down(request: Request, _: Exception) -> Response:
    """To the seats, and back here afterwards; a post goes back to the page it came from."""
    back = request.url.path if request.method == "GET" else "/"
    query = f"?{request.url.query}" if request.method == "GET" and request.url.query else ""
    return RedirectResponse(f"/seats?{urlencode({'back': back + query})}", 303)


def no_database(request: Request, error: Exception) -> Response:
    """503: PostgreSQL is away; the page comes back by itself when it is there again."""
    log.warning("the database does not answer", path=request.url.path, error=type(error).__name__)
    return _problem(request, "database", "", status=503)


def our_fault(request: Request, error: Exception) -> Response:
    """500 with the request id under which the log has the rest."""
    frame = bare(request)
    log.error("a page failed", path=request.url.path, request_id=frame.request_id, exc_info=error)
    answer = _problem(request, "fault", "", status=500)
    answer.headers["X-Request-Id"] = frame.request_id
    answer.headers.update(HEADERS)  # Starlette answers this one outside of our middleware
    return answer


def _problem(request: Request, what: str, name: str, *, status: int) -> Response:
    shown = "".join(one if one.isprintable() else "\ufffd" for one in name)
    values = {"what": what, "name": shown, "known": ()}
    return render.page(request, "problem.html", bare(request), values, status=status)


Handler = Callable[[Request, Exception], Response]
HANDLERS: Mapping[type[Exception], Handler] = {
    NoWorld: no_world,
    UnknownWorld: unknown_world,
    UnknownLoan: unknown_loan,
    UnknownCase: unknown_case,
    Unseen: not_there,
    UnknownNoun: not_there,
    NoSuchAct: not_there,
    Forged: forged,
    TooLong: too_long,
    NotSeated: sit_down,
    UnknownClause: unknown_clause,
    HTTPException: wrong_address,
    NoDatabase: no_database,
    OperationalError: no_database,
    Exception: our_fault,
}


def install(app: FastAPI) -> None:
    """Let the application answer with these pages."""
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
