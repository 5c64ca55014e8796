"""Brakes against overload: more requests at once than can be answered soon are refused at once.

A queue of seconds helps nobody: whoever is refused is told when to come again.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from services.api.problems import AGAIN, problem
from services.api.root import ROOT

AT_ONCE = 72
"""Requests in hand of one process; at a hundred a second the last waits for less than a second."""
FREE = ("/healthz", "/readyz", "/metrics", "/static/", f"{ROOT}/clock")
"""Asked by machines that watch, cheap, or (the clock) asleep while they wait."""


class Brakes:
    """Answers 503 with Retry-After while AT_ONCE requests are in hand."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.in_hand = app, 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; see ASGI."""
        if scope["type"] != "http" or scope["path"].startswith(FREE):
            await self.app(scope, receive, send)
            return
        if self.in_hand >= AT_ONCE:
            await _refusal(Request(scope))(scope, receive, send)
            return
        self.in_hand += 1
        try:
            await self.app(scope, receive, send)
        finally:
            self.in_hand -= 1


def _refusal(request: Request) -> Response:
    if request.url.path.startswith(ROOT):
        return problem(request, "overloaded", headers=AGAIN)
    return PlainTextResponse("503\n", status_code=503, headers=AGAIN)
