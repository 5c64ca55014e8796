"""Which platform lives in a data folder: a lock that dies with its holder, and a note beside it.

The lock alone decides; a note that outlived its writer is only used to clean up after it.
"""

from __future__ import annotations

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from services.kernel.problems import Problem

_PROBE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Note:
    """What platform.json says. state: starting, ready or stopping; run: folder of the sockets."""

    state: str
    pid: int
    run: str = ""
    url: str = ""
    database_url: str = ""
    owner_url: str = ""
    redis_url: str = ""


class Taken(Problem):
    """Another process holds the data folder."""


def held(data: Path) -> bool:
    """Whether a process holds the data folder now."""
    try:
        descriptor = os.open(_lock(data), os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def read(data: Path) -> Note | None:
    """The note as it stands, of a platform alive or dead."""
    try:
        return Note(**json.loads((data / "platform.json").read_text(encoding="utf-8")))
    except (FileNotFoundError, PermissionError, ValueError, TypeError):
        return None


def write(data: Path, note: Note) -> Note:
    """Replace the note in one step. It may hold passwords: nobody but its writer reads it."""
    fresh = data / "platform.json.new"
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with open(descriptor, "w", encoding="utf-8") as file:
        json.dump(asdict(note), file, ensure_ascii=False)
    fresh.replace(data / "platform.json")
    return note


def rewrite(data: Path, *, state: str) -> None:
    """Change the state of our own note."""
    if note := read(data):
        write(data, replace(note, state=state))


@contextmanager
def claimed(data: Path) -> Iterator[None]:
    """Hold the data folder. Raises Taken when another process holds it."""
    descriptor = _locked(data)
    try:
        yield
    finally:
        (data / "platform.json").unlink(missing_ok=True)
        os.close(descriptor)


def _locked(data: Path) -> int:
    try:
        data.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(_lock(data), os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise Problem("platform.data", {"folder": data, "error": error.strerror}) from error
    deadline = time.monotonic() + _PROBE_SECONDS  # held() of others holds it for an instant
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                os.close(descriptor)
                raise Taken("platform.taken", {"folder": data}) from None
            time.sleep(0.05)
        else:
            return descriptor


def _lock(data: Path) -> Path:
    return data / "platform.lock"
