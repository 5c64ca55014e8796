"""Who a request is for: its session, the seat its address names, and whether seats are open.

Raises NotSeated where a page needs a person and there is none; forged posts are Forged.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request

from services.api.caller import Visit
from services.console.seats.presence import seat_of, seats_open, session_of
from services.console.shell import Shell, framed
from services.kernel.sessions import Session
from workflows.lifecycle.roles import Actor

CSRF = "csrf"
MOST_BYTES = 200_000
MOST_FIELDS = 500


class NotSeated(Exception):
    """The page is somebody's, and nobody has taken a seat."""


class Forged(Exception):
    """A post that did not come from a form of ours in this session."""


class TooLong(Exception):
    """A form of more than MOST_BYTES."""


def own_address(back: str) -> str:
    """Where a form says to go on, if that is a page of ours; else the first page."""
    return back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/"


@dataclass(frozen=True, slots=True)
class Posted:
    """A form as it was sent: the last value of each field, and all values of a list."""

    fields: tuple[tuple[str, str], ...]

    def one(self, name: str) -> str:
        """The field's value, "" where it was not sent."""
        return dict(self.fields).get(name, "")

    def several(self, name: str) -> tuple[str, ...]:
        """All values of that field, in order."""
        return tuple(value for key, value in self.fields if key == name)


def may_read(request: Request) -> None:
    """Pages are open on a demo platform on loopback; elsewhere one signs in. Raises NotSeated."""
    if seat_of(request) is None and not seats_open():
        raise NotSeated


@dataclass(frozen=True, slots=True)
class Seated:
    """A person in a world, with the frame of the page."""

    shell: Shell
    visit: Visit
    session: Session

    @property
    def actor(self) -> Actor:
        """The person."""
        return self.visit.actor


def seated(request: Request) -> Seated:
    """Who sits there, in the world of the address. Raises NotSeated, UnknownWorld, NoWorld."""
    session, actor = session_of(request), seat_of(request)
    if session is None or actor is None:
        raise NotSeated
    shell, world, _ = framed(request)
    known: Any = request.app.state.registry
    return Seated(shell, Visit(actor, shell.lang, known, world), session)


async def posted(request: Request) -> Posted:
    """The form that was sent, from a page of ours. Raises Forged, TooLong."""
    if not _same_origin(request):
        raise Forged
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise TooLong
    text = body.decode("utf-8", "replace").replace("\x00", "")
    try:
        fields = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise TooLong from error
    return Posted(tuple(fields))


def _same_origin(request: Request) -> bool:
    """Browsers say where a post comes from; programs that say nothing hold no cookie of ours."""
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin", "")
    if site not in ("same-origin", "none"):
        return False
    return not origin or urlsplit(origin).netloc == request.headers.get("host", "")


def acting(request: Request, form: Annotated[Posted, Depends(posted)]) -> tuple[Seated, Posted]:
    """Who posts, and what; the form must carry the session's token. Raises Forged, NotSeated."""
    found = seated(request)
    if not found.session.knows(form.one(CSRF)):
        raise Forged
    return found, form


SeatedIn = Annotated[Seated, Depends(seated)]
ActingIn = Annotated[tuple[Seated, Posted], Depends(acting)]
PostedIn = Annotated[Posted, Depends(posted)]
