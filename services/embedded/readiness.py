"""Waiting until a program answers, and saying what its log says when it does not."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable
from pathlib import Path

from services.embedded import supervise
from services.embedded.supervise import Supervisor
from services.kernel.problems import Problem

_PAUSE_SECONDS = 0.05
_FALLING_SECONDS = 4.0
"""How long after its first fall a program may go on trying to start."""


def until(
    answers: Callable[[], bool], supervisor: Supervisor, name: str, *, logs: Path, seconds: float
) -> None:
    """Return as soon as the program answers. Raises Problem with the last line of its log."""
    began = time.monotonic()
    fell: float | None = None
    while not answers():
        if supervisor.process.poll() is not None:
            raise _failed("supervisord", logs / "supervisord.err")
        if fell is None and name and supervise.state(supervisor, name) == "BACKOFF":
            fell = time.monotonic()
        if fell is not None and time.monotonic() - fell > _FALLING_SECONDS:
            raise _failed(name, logs / f"{name}.log")
        if time.monotonic() - began > seconds:
            raise _failed(name, logs / f"{name}.log")
        time.sleep(_PAUSE_SECONDS)


def web_answers(host: str, port: int, path: str = "/readyz") -> bool:
    """Whether the web app says 200."""
    line = http.client.HTTPConnection(reachable(host), port, timeout=5)
    try:
        line.request("GET", path)
        return line.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()


def reachable(host: str) -> str:
    """An address to call, where `host` may be one to listen on only."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # read, not bound


def _failed(name: str, log: Path) -> Problem:
    said = log.read_text(encoding="utf-8", errors="replace").split("\n") if log.exists() else []
    last = next((line.strip() for line in reversed(said) if line.strip()), "-")
    return Problem("platform.not_ready", {"program": name, "last": last[:300], "log": log})
