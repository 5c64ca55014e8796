"""Sign in by seat on a demo platform, by name and password elsewhere; change seat; sign out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from services.console import render
from services.console.seats.presence import seat_of, seats_open, session_of
from services.console.seats.who import CSRF, Forged, PostedIn, own_address
from services.console.shell import Shell, peopled
from services.console.stations import STATIONS
from services.kernel import sessions, users
from services.kernel.sessions import COOKIE
from services.kernel.settings import LOOPBACK
from services.kernel.trials import TooManyTrials
from workflows.lifecycle.roles import Actor, Role

router = APIRouter(include_in_schema=False)

# The seats by the house they sit in, in the order in which a loan meets them.
# fmt: off
HOUSES: tuple[tuple[str, tuple[Role, ...]], ...] = (
    ("enterprise", (Role.ENT, Role.ENT_S)),
    ("bank",       (Role.BK_M, Role.BK_V, Role.BK_A, Role.BK_C, Role.BK_L, Role.BK_R)),
    ("fund",       (Role.FM_M, Role.FM_A, Role.FM_F, Role.FC, Role.FIN)),
    ("offices",    (Role.IPA, Role.REG, Role.VAL, Role.AUD)),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class House:
    """An organisation's kind with its seats."""

    name: str
    seats: Sequence[Actor]


def houses() -> list[House]:
    """The demo users as they sit; roles of no house come last."""
    known = users.demo_users()
    listed = {role for _, roles in HOUSES for role in roles}
    rest = tuple(dict.fromkeys(one.role for one in known if one.role not in listed))
    found = [
        House(name, [one for role in roles for one in known if one.role is role])
        for name, roles in (*HOUSES, ("others", rest))
    ]
    return [house for house in found if house.seats]


def welcome(request: Request) -> HTMLResponse:
    """The seven functions, and a seat for everybody; where seats are closed, name and password."""
    return _page(request, peopled(request))


@router.get("/seats", response_class=HTMLResponse)
def change(request: Request, back: str = "/") -> HTMLResponse:
    """Take another seat, keeping those taken before."""
    return _page(request, peopled(request), back=back)


@router.post("/seats")
def take(request: Request, form: PostedIn) -> Response:
    """Sit down: a demo user by name alone where seats are open. Raises Forged elsewhere."""
    if not seats_open() or request.url.hostname not in LOOPBACK:  # a foreign name led here
        raise Forged
    name = form.one("user")
    actor = next((one for one in users.demo_users() if one.user == name), None)
    if actor is None:
        return _page(request, peopled(request), back=form.one("back"), wrong="gone", status=409)
    return _seated(request, actor, form.one("back"))


@router.post("/sign-in")
def sign_in(request: Request, form: PostedIn) -> Response:
    """Sit down by name and password."""
    try:
        actor = users.signed_in(form.one("name").strip(), form.one("password"))
    except TooManyTrials:
        return _page(request, peopled(request), back=form.one("back"), wrong="tries", status=429)
    if actor is None:
        return _page(request, peopled(request), back=form.one("back"), wrong="password", status=401)
    return _seated(request, actor, form.one("back"))


@router.post("/sign-out")
def sign_out(request: Request, form: PostedIn) -> Response:
    """Leave all seats. Raises Forged."""
    session = session_of(request)
    if session is not None and not session.knows(form.one(CSRF)):
        raise Forged
    sessions.end(request.cookies.get(COOKIE, ""))
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE)
    return answer


def _seated(request: Request, actor: Actor, back: str) -> Response:
    kept = sessions.take(request.cookies.get(COOKIE, ""), actor)
    answer = RedirectResponse(_with_seat(back, actor.user), 303)
    answer.set_cookie(
        COOKIE, kept, max_age=sessions.IDLE_HOURS * 3600, httponly=True, samesite="lax",
        secure=request.url.scheme == "https",
    )  # fmt: skip
    return answer


def _with_seat(back: str, user: str) -> str:
    """The page to go on with, for the new seat; only addresses of ours."""
    parts = urlsplit(own_address(back))
    kept = [(key, value) for key, value in parse_qsl(parts.query) if key != "seat"]
    return f"{parts.path}?{urlencode([*kept, ('seat', user)])}"


def _page(
    request: Request, shell: Shell, *, back: str = "/", wrong: str = "", status: int = 200
) -> HTMLResponse:
    values: dict[str, Any] = {
        "open": seats_open(),
        "houses": houses() if seats_open() else [],
        "functions": STATIONS,
        "back": back,
        "wrong": wrong,
        "sitting": seat_of(request),
    }
    return render.page(request, "seats.html", shell, values, status=status)
