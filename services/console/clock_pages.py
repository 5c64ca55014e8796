"""Move a world's date from the drawer: a day, thirty days, or to the next day that is due."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from services.console.seats.who import ActingIn, Forged, own_address
from services.kernel import clock, doorbell
from services.kernel.clock import NoWayBack

router = APIRouter(include_in_schema=False)

FURTHEST = 3660  # days in one move: ten years
STEPS = {"1": 1, "30": 30}


@router.post("/clock")
def advance(request: Request, acting: ActingIn) -> Response:
    """Let the workers bring the world to that day; the page they came from shows the way.

    Raises Forged where the seat may not move the date: its pages have no such form.
    """
    seat, posted = acting
    if not seat.shell.moves_clock:
        raise Forged
    today = clock.today(seat.visit.world.engine)
    day = _day(posted.one("to"), today)
    if day is not None and today < day <= today + timedelta(days=FURTHEST):
        with suppress(NoWayBack):  # another seat aims further already
            clock.advance_to(seat.visit.world.engine, day)
        doorbell.ring(seat.visit.world.name)
    return RedirectResponse(own_address(posted.one("back")), 303)


def _day(asked: str, today: date) -> date | None:
    if asked in STEPS:
        return today + timedelta(days=STEPS[asked])
    try:
        return date.fromisoformat(asked)
    except ValueError:
        return None
