"""Bodies that come too slowly are given up, and a connection with an unread body is closed."""

from __future__ import annotations

import asyncio
import time

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

BODY_SECONDS = 15.0
"""How long a request's body may take, from the request's first byte."""


class SlowBodies:
    """Answers 408 when a body takes longer than BODY_SECONDS."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; see ASGI."""
        if scope["type"] != "http" or not _has_body(scope):
            await self.app(scope, receive, send)
            return
        until, whole = time.monotonic() + BODY_SECONDS, False

        async def in_time() -> Message:
            nonlocal whole
            if whole:
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), until - time.monotonic())
            except TimeoutError:
                raise HTTPException(408, headers={"Connection": "close"}) from None
            whole = message["type"] != "http.request" or not message.get("more_body", False)
            return message

        async def closing(message: Message) -> None:
            if message["type"] == "http.response.start" and not whole:
                MutableHeaders(scope=message)["Connection"] = "close"
            await send(message)

        await self.app(scope, in_time, closing)


def _has_body(scope: Scope) -> bool:
    told = dict(scope["headers"])
    return told.get(b"content-length", b"0") != b"0" or b"transfer-encoding" in told
