"""Nobody is where they do not belong: sign-ins, worlds of others, figures, endless bodies."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date

import httpx
import pytest
from fastapi import FastAPI, Request

from services.api import problems
from services.kernel import users, worlds
from services.kernel.settings import settings
from services.kernel.trials import TooManyTrials
from services.kernel.worlds import TooManyWorlds
from services.web import slow
from services.web.app import app
from services.web.slow import SlowBodies
from tests.conftest import STARTS_ON
from workflows.lifecycle.roles import Actor, Role

VISITOR = Actor("visitor-9", Role.AUD, "AUD")


class Hasher:
    """Holds every trial until it is let go, and counts them."""

    def __init__(self) -> None:
        self.go, self.begun = threading.Event(), threading.Semaphore(0)
        self.tried = 0

    def verify(self, password: str, kept: str) -> bool:
        self.tried += 1
        self.begun.release()
        assert self.go.wait(30)
        return password == "right" and kept != "nobody"

    def hash(self, _: str) -> str:
        return "nobody"


@pytest.fixture
def hasher(servers: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hasher]:
    """A slow one, with VISITOR known."""
    made = Hasher()
    users.issue([VISITOR], demo=False)
    users._nobody.cache_clear()
    monkeypatch.setattr(users, "_hasher", lambda: made)
    monkeypatch.setattr(users, "_memory", users._Memory())
    yield made
    made.go.set()
    users._nobody.cache_clear()


def _outcome(name: str, password: str) -> str:
    try:
        return "in" if users.signed_in(name, password) else "wrong"
    except TooManyTrials:
        return "refused"


def test_of_fifty_guesses_at_once_one_is_hashed_and_the_rest_refused(hasher: Hasher) -> None:
    with ThreadPoolExecutor(50) as threads:
        guesses = [threads.submit(_outcome, VISITOR.user, f"wrong{n}") for n in range(50)]
        assert hasher.begun.acquire(timeout=30)
        refused = [guess for guess in guesses if _soon(guess) == "refused"]
        hasher.go.set()

    assert len(refused) >= 48
    assert hasher.tried <= 2


def _soon(guess: object) -> str:
    try:
        return str(guess.result(2))  # type: ignore[attr-defined]
    except TimeoutError:
        return "waits"


def test_a_right_password_is_let_in_while_names_are_guessed(hasher: Hasher) -> None:
    with ThreadPoolExecutor(52) as threads:
        guesses = [threads.submit(_outcome, f"nobody{n}", "x") for n in range(50)]
        assert hasher.begun.acquire(timeout=30)
        right = threads.submit(_outcome, VISITOR.user, "right")
        assert hasher.begun.acquire(timeout=30)  # it is tried although the guess is not over
        hasher.go.set()

    assert right.result() == "in"
    assert "refused" in [guess.result() for guess in guesses]


def test_a_password_that_was_right_is_not_hashed_again(hasher: Hasher) -> None:
    hasher.go.set()
    assert _outcome(VISITOR.user, "right") == "in"
    users._memory.kept = OrderedDict(
        (mark, (0.0, hashed, actor)) for mark, (_, hashed, actor) in users._memory.kept.items()
    )

    assert _outcome(VISITOR.user, "right") == "in"

    assert hasher.tried == 1


def test_a_user_has_a_number_of_worlds_and_the_operator_any(
    servers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings(), "worlds_each", 1)
    made = [worlds.create("q1", starts_on=STARTS_ON, owner="visitor-9")]
    try:
        with pytest.raises(TooManyWorlds):
            worlds.create("q2", starts_on=STARTS_ON, owner="visitor-9")
        made += [worlds.create(name, starts_on=STARTS_ON) for name in ("q3", "q4")]
    finally:
        for world in made:
            worlds.drop(world.name)

    assert "q2" not in {world.name for world in worlds.listing()}


def _metrics(**headers: str) -> int:
    async def asked() -> int:
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            return (await client.get("/metrics", headers=headers)).status_code

    return asyncio.run(asked())


@contextmanager
def _deployed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(settings(), "deployed", True)
    monkeypatch.setattr(settings(), "metrics_token", "t0ken")
    yield


def test_figures_ask_for_a_token_where_the_platform_is_deployed(
    servers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _deployed(monkeypatch):
        assert _metrics() == 401
        assert _metrics(Authorization="Bearer wrong") == 401
        assert _metrics(Authorization="Bearer t0ken") == 200
        assert _metrics(Authorization="Basic bm9ib2R5OndvcnNl") == 401


def test_a_body_that_comes_too_slowly_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow, "BODY_SECONDS", 0.05)
    made = FastAPI()

    @made.post("/read")
    async def read(request: Request) -> str:
        return str(len(await request.body()))

    problems.install(made)
    sent: list[dict[str, object]] = []
    coming = [{"type": "http.request", "body": b"a", "more_body": True}]

    async def receive() -> dict[str, object]:
        if coming:
            return coming.pop()
        await asyncio.sleep(30)
        return {"type": "http.disconnect"}

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/read", "raw_path": b"/read",
        "query_string": b"",
        "headers": [(b"content-length", b"100")], "http_version": "1.1", "scheme": "http",
        "server": ("test", 80), "client": ("test", 1), "root_path": "",
    }  # fmt: skip
    asyncio.run(SlowBodies(made)(scope, receive, send))  # type: ignore[arg-type]

    assert sent[0]["status"] == 408
    assert (b"connection", b"close") in sent[0]["headers"]  # type: ignore[operator]


def test_worlds_made_by_the_operator_are_nobody_else_s(servers: None) -> None:
    made = worlds.create("op1", starts_on=date(2025, 1, 2))
    try:
        assert worlds.find("op1").owner == ""
    finally:
        worlds.drop(made.name)
