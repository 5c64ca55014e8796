"""Logs: one line an event, ids on every line, nothing that a person entered."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from services.kernel import logs
from services.kernel.settings import settings


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Any]:
    """Our logger as a container's process has it; the loggers of the test run come back after."""
    root, quiet = logging.getLogger(), {n: logging.getLogger(n) for n in logs.QUIET}
    before = list(root.handlers), root.level, {n: one.level for n, one in quiet.items()}
    monkeypatch.setenv("ZHIDAI_LOG", "json")
    settings.cache_clear()
    logs.configure()
    yield structlog.get_logger("zhidai.test")
    root.handlers, root.level = before[0], before[1]
    for name, one in quiet.items():
        one.setLevel(before[2][name])
    structlog.reset_defaults()
    settings.cache_clear()


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


def test_ids_bound_outside_stand_on_every_line_inside_and_on_none_after(
    log: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with logs.bound(world="jiangsu-default-1", request_id="r-1"):
        log.info("command", command="DisburseLoan", outcome="done")
    log.info("after")

    inside, after = lines(capsys)
    assert inside["world"] == "jiangsu-default-1"
    assert inside["request_id"] == "r-1"
    assert inside["event"] == "command"
    assert inside["level"] == "info"
    assert inside["timestamp"].endswith("Z")
    assert "world" not in after


def test_the_row_that_postgresql_repeats_in_an_error_is_left_out(
    log: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    row = "DETAIL:  Key (credit_code)=(91320100MA1000001H) already exists."
    told = f"duplicate key\n{row}\nCONTEXT: x"

    try:
        raise ValueError(told)
    except ValueError as error:
        log.warning("a batch failed", error=str(error), exc_info=True)

    (line,) = lines(capsys)
    assert "91320100MA1000001H" not in json.dumps(line)
    assert line["error"] == "duplicate key\nDETAIL: (left out)\nCONTEXT: x"
    assert "ValueError: duplicate key" in line["exception"]


def test_other_peoples_loggers_write_the_same_form_and_less(
    log: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    logging.getLogger("celery.worker").info("Connected to redis")
    logging.getLogger("celery.worker").warning("lost %s", "redis")

    (line,) = lines(capsys)
    assert (line["event"], line["logger"], line["level"]) == (
        "lost redis",
        "celery.worker",
        "warning",
    )


def test_a_line_break_cannot_forge_a_second_line(
    log: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    log.info("request", path='/x\n{"event": "forged"}')

    assert len(lines(capsys)) == 1
