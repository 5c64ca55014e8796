"""What stands still in a world, each with the error it failed with."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from services.console import render
from services.console.seats.who import may_read
from services.console.shell import framed
from services.kernel import standing_still

router = APIRouter(include_in_schema=False)


@router.get("/standing-still", response_class=HTMLResponse)
def listing(request: Request) -> HTMLResponse:
    """Deliveries and timers set aside, and acts that failed."""
    may_read(request)
    shell, world, _ = framed(request)
    with world.engine.connect() as connection:
        found = standing_still.listing(connection)
    return render.page(request, "standing_still.html", shell, {"found": found})
