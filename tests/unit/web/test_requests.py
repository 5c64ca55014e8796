"""Requests to the web app: an id in and out, the world in the log, no query strings."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import structlog
from starlette.types import Message, Receive, Scope, Send
from structlog.testing import LogCapture

from services.web.requests import Requests


class Ended(Exception):
    """What the application raises where it fails."""


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/fails":
        raise Ended
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


@pytest.fixture
def told() -> Any:
    captured = LogCapture()
    before = structlog.get_config()
    structlog.configure(processors=[structlog.contextvars.merge_contextvars, captured])
    yield captured.entries
    structlog.configure(**before)


def ask(path: str, query: str = "", **headers: str) -> str:
    """The request id of the answer."""
    sent: list[Message] = []
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()],
    }

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    asyncio.run(Requests(page)(scope, receive, send))
    given = dict(sent[0]["headers"])
    return str(given[b"x-request-id"].decode())


def test_the_id_of_the_caller_is_taken_over(told: Any) -> None:
    assert ask("/", x_request_id="bank-42.a_b:c") == "bank-42.a_b:c"
    assert told[0]["request_id"] == "bank-42.a_b:c"


@pytest.mark.parametrize("wrong", ["", "a b", "x" * 65, "a\u00e4", '"'])
def test_an_id_that_is_not_well_formed_is_replaced(told: Any, wrong: str) -> None:
    ident = ask("/", x_request_id=wrong)

    assert ident != wrong
    assert len(ident) == 12


def test_an_id_of_64_characters_is_well_formed(told: Any) -> None:
    assert ask("/", x_request_id="x" * 64) == "x" * 64


def test_the_line_names_world_path_and_status_and_no_query(told: Any) -> None:
    ask("/loans/SZD-0001", "world=w1&name=张三")

    line = told[0]
    assert (line["world"], line["path"], line["status"]) == ("w1", "/loans/SZD-0001", 200)
    assert "张三" not in repr(line)


def test_the_header_names_the_world_before_the_address_does(told: Any) -> None:
    ask("/", "world=w1", zhidai_world="w2")

    assert told[0]["world"] == "w2"


def test_a_world_that_cannot_be_one_is_not_logged(told: Any) -> None:
    ask("/", zhidai_world="W 1")

    assert "world" not in told[0]


def test_what_machines_ask_every_few_seconds_is_quiet(told: Any) -> None:
    ask("/metrics")
    ask("/")

    assert [line["log_level"] for line in told] == ["debug", "info"]


def test_a_failing_page_is_told_as_500(told: Any) -> None:
    with pytest.raises(Ended):
        ask("/fails")

    assert told[0]["status"] == 500
