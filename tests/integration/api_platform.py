"""Web and worker as processes of their own over the session's servers, for tests from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from services.embedded.readiness import web_answers
from services.kernel.settings import ROOT

HOST = "127.0.0.1"
START_SECONDS = 60.0


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The address of a web app with a worker that sweeps every second."""
    port = _free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "ZHIDAI_SWEEP_SECONDS": "1"}
    worker = (
        *("celery", "-A", "services.worker", "worker", "--without-gossip", "--without-mingle"),
        *("--concurrency", "1", "-l", "warning", "-B", "-s", str(folder / "beat")),
    )
    web = ("uvicorn", "services.web.app:app", "--host", HOST, "--port", str(port))
    with ExitStack() as stack:
        for words in (worker, web):
            stack.enter_context(_process(words, environment, folder))
        _until_it_answers(port)
        yield f"http://{HOST}:{port}"


@contextmanager
def _process(
    words: tuple[str, ...], environment: dict[str, str], folder: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with (folder / f"{words[0]}.log").open("wb") as log:
        process = subprocess.Popen(
            (sys.executable, "-P", "-m", *words),
            cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(timeout=40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _free_port() -> int:
    with socket.socket() as trial:
        trial.bind((HOST, 0))
        return int(trial.getsockname()[1])


def _until_it_answers(port: int) -> None:
    until = time.monotonic() + START_SECONDS
    while not web_answers(HOST, port):
        assert time.monotonic() < until, "the web app did not start"
        time.sleep(0.05)
