"""Who sits in front of a request: its session, and the seat its address names."""

from __future__ import annotations

from fastapi import Request

from services.kernel import sessions
from services.kernel.sessions import COOKIE, Session
from services.kernel.settings import settings
from workflows.lifecycle.roles import Actor

SEAT = "seat"


def seats_open() -> bool:
    """Whether anybody may take any seat: a demo platform that only this machine reaches."""
    return settings().at_home


def session_of(request: Request) -> Session | None:
    """The session of the request's cookie, asked for once."""
    if not hasattr(request.state, "session"):
        request.state.session = sessions.find(request.cookies.get(COOKIE, ""))
    found: Session | None = request.state.session
    return found


def seat_of(request: Request) -> Actor | None:
    """The person whose seat the address names, else the one last taken; None for nobody."""
    session = session_of(request)
    return None if session is None else session.seat(request.query_params.get(SEAT, ""))
