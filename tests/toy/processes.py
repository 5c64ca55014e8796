"""Workers, beat and Redis of the toy as processes of their own, which end with the test."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep

from services.embedded import redis
from services.embedded.tether import PARENT, tethered
from services.kernel.settings import ROOT

CELERY = (sys.executable, "-m", "celery", "-A", "tests.toy.worker")
STOPS_WITHIN = 40


@contextmanager
def worker(
    log: Path, environment: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A Celery worker with two pool processes on the toy application."""
    words = ("worker", "--without-gossip", "--without-mingle", "-c", "2", "-l", "warning")
    with _process((*CELERY, *words), log, environment or {}) as process:
        yield process


@contextmanager
def beat(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Beat that lets the sweeper come every half second."""
    words = ("beat", "-s", str(folder / "schedule"), "-l", "warning")
    with _process((*CELERY, *words), folder / "beat.log", {"ZHIDAI_SWEEP_SECONDS": "0.5"}) as made:
        yield made


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """A Redis of our own on a socket in `folder`; yields its URL."""
    with _process(redis.program(folder).argv, folder / "redis.log", {}):
        until(lambda: redis.answers(folder))
        yield redis.url(folder)


def until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Wait for a condition. Raises TimeoutError."""
    deadline = monotonic() + seconds
    while not true():
        if monotonic() > deadline:
            raise TimeoutError(f"not so within {seconds:.0f} s")
        sleep(0.05)


@contextmanager
def _process(
    command: tuple[str, ...], log: Path, environment: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("ab") as output:
        process = subprocess.Popen(
            tethered(signal.SIGKILL, command=command),
            cwd=ROOT,
            env={**os.environ, "REMAP_SIGTERM": "SIGQUIT", **environment, PARENT: str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
        )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
