"""A platform without programs, and worlds for the console's tests, played in this process."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import httpx
import uvicorn

from services.boarding.run import Prepared, board, prepare
from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import acts, clock, migrations, work, worlds
from services.kernel.settings import ROOT, Settings
from services.kernel.worlds import World
from services.sandbox import library
from services.web.app import app
from services.wiring import JOBS, registry
from tests.outside import drop_platform, environment, sister

LOAN = "SZD-0001"
BOARDED = "JS-000002"
BOARDED_LINES = 60  # more than a page of the list


@contextmanager
def servers(data: Path) -> Iterator[None]:
    """PostgreSQL and Redis, named by the environment or our own; a control database of ours."""
    with started(Settings(data=data), say=lambda _: None, programs=servers_only, prepare=_ready):
        name = f"zhidai_console_{os.getpid()}"
        with control_database(name):
            yield


def _ready(_: Settings) -> None:
    """Nothing: the control database of these tests is made afterwards."""


@contextmanager
def control_database(name: str) -> Iterator[None]:
    """A control database with its template, gone with its worlds afterwards."""
    with environment(sister(name)):
        migrations.migrate()
        try:
            yield
        finally:
            drop_platform()


def play(name: str, *, path: str = "default", until: date | None = None) -> World:
    """The Jiangsu story in a world of that name, to its end or to a day."""
    story = library.of_case("jiangsu", registry(), path=path)
    assert story is not None
    world = worlds.create(name, starts_on=story.starts_on, origin=f"scenario:{story.ident}")
    with world.engine.begin() as connection:
        acts.write_script(connection, name, story.acts)
    clock.advance_to(world.engine, until or story.ends_on)
    while not work.look(world.engine, registry(), JOBS):
        pass  # a busy machine may take more than one look
    return world


def board_book(name: str) -> World:
    """The head of the generated book, boarded; its world bears the label of a foreign book."""
    lines = (ROOT / "tests" / "data" / "book_500.csv").read_bytes().splitlines(keepends=True)
    book = prepare(b"".join(lines[: BOARDED_LINES + 1]), "jiangsu")
    assert isinstance(book, Prepared)
    first = min(line.disbursed_on for line in book.tape.lines)
    world = worlds.create(name, starts_on=first, label="book.label.foreign", origin="book:test")
    board(
        book, registry(), world=name, fund=None,
        progress=lambda *_: _work(world),
    )  # fmt: skip
    return world


def _work(world: World) -> None:
    while not work.look(world.engine, registry(), JOBS):
        pass  # a busy machine may take more than one look


@contextmanager
def web() -> Iterator[str]:
    """The web application on a free port; yields its address."""
    config = uvicorn.Config(app, port=0, ws="none", log_level="critical")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started:
            assert thread.is_alive(), "uvicorn ended"
            assert time.monotonic() < until, "uvicorn did not start"
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


@contextmanager
def browser(address: str) -> Iterator[httpx.Client]:
    """A client that keeps cookies, like a browser."""
    with httpx.Client(base_url=address, timeout=30) as client:
        yield client


def shown(page: str) -> str:
    """What a reader sees: the page without its tags."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", page))
