"""The outermost part of the web app: a request's id, its one line in the log, the process's beat.

The id of the caller is taken over where it is well-formed. Query strings and bodies are not logged.
"""

from __future__ import annotations

import re
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from multiprocessing import parent_process
from signal import SIGKILL
from urllib.parse import parse_qs
from uuid import uuid4

import structlog
from fastapi import FastAPI
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from services.embedded.tether import hold
from services.kernel import heartbeat, logs, pool, tally
from services.kernel.ticking import safely

HEADER = "X-Request-Id"
WORLD_HEADER = "Zhidai-World"
LONGEST_PATH = 200
CONNECTIONS = 20
"""Most connections to PostgreSQL of one web process; a request waits for a turn."""
QUIET = ("/healthz", "/readyz", "/metrics", "/static/")
"""Asked every few seconds by machines: logged at debug level only."""

log = structlog.get_logger("zhidai.web")
_ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_WORLD = re.compile(r"[a-z0-9-]{1,40}")


class Requests:
    """Gives every request an id, shows it in the answer, and logs how it ended."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; see ASGI."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        ident = _known(_ID, headers.get(HEADER)) or uuid4().hex[:12]
        scope.setdefault("state", {})["request_id"] = ident
        status = 500
        began = time.monotonic()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[HEADER] = ident
            await send(message)

        with logs.bound(request_id=ident, **_world(scope, headers)):
            try:
                await self.app(scope, receive, noting)
            finally:
                _tell(scope, status, time.monotonic() - began)


def _world(scope: Scope, headers: Headers) -> dict[str, str]:
    asked = headers.get(WORLD_HEADER)
    if asked is None:
        query = scope.get("query_string", b"").decode("latin-1")
        asked = parse_qs(query).get("world", [""])[0]
    found = _known(_WORLD, asked)
    return {"world": found} if found else {}


def _known(pattern: re.Pattern[str], word: str | None) -> str:
    return word if word and pattern.fullmatch(word) else ""


def _tell(scope: Scope, status: int, seconds: float) -> None:
    # As it came over the wire: percent-encoded, so no character can break a line.
    path = scope.get("raw_path", scope["path"].encode()).decode("ascii", "replace")[:LONGEST_PATH]
    tell = log.debug if scope["path"].startswith(QUIET) else log.info
    tell("request", method=scope["method"], path=path, status=status, ms=round(seconds * 1000, 1))


@asynccontextmanager
async def lifespan(_: FastAPI) -> AsyncIterator[None]:
    """Logs in our form, and a thread that beats and hands over the counts, while the app is up."""
    logs.configure()
    if parent_process() is not None:  # one of several: it must not outlive a killed parent
        hold(SIGKILL)
    pool.household().most = CONNECTIONS
    over = threading.Event()
    thread = threading.Thread(target=_beating, args=(over,), name="heartbeat", daemon=True)
    thread.start()
    yield
    over.set()
    thread.join(heartbeat.SECONDS)


def _beating(over: threading.Event) -> None:
    while True:
        safely(heartbeat.beat, "web")
        safely(lambda _: tally.flush(), "web")
        if over.wait(heartbeat.SECONDS):
            break
    safely(lambda _: tally.flush(), "web")
    safely(heartbeat.stop, "web")
