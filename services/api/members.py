"""A JSON body in which a member stands twice is refused: who would say which of them was meant?"""

from __future__ import annotations

import json
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.api.problems import malformed, of_http


class Repeated(ValueError):
    """A member stands twice in one object, at whatever depth."""


class OneMember:
    """Answers 422 to a body with a repeated member, and passes every other one on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; see ASGI."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            body = await request.body()
        except HTTPException as error:  # larger than it announced
            await of_http(request, error)(scope, receive, send)
            return
        try:
            json.loads(body, object_pairs_hook=_object)
        except Repeated as error:
            fault = {"loc": ("body", str(error)), "msg": "stands twice", "type": "repeated"}
            await malformed(request, RequestValidationError([fault]))(scope, receive, send)
            return
        except (ValueError, RecursionError):
            pass  # no JSON: the framework says so
        await self.app(scope, _again(body, receive), send)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise Repeated(next(name for name in names if names.count(name) > 1))
    return found


def _again(body: bytes, receive: Receive) -> Receive:
    """The body once more, then whatever follows."""
    told = False

    async def receiving() -> Message:
        nonlocal told
        if told:
            return await receive()
        told = True
        return {"type": "http.request", "body": body, "more_body": False}

    return receiving
