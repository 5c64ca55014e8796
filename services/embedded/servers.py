"""What a run stands on: a short folder for sockets, and the servers no URL was given for."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.embedded import postgres, presence, redis, supervise
from services.embedded.accounts import Account, reaches
from services.embedded.supervise import Program
from services.kernel.i18n import text
from services.kernel.logins import logins
from services.kernel.problems import Problem
from services.kernel.settings import Settings

_PREFIX = "zhidai-"
_SHORT = re.compile(r"[\w/.-]{1,60}", re.ASCII)
"""A socket's path has 100 bytes at most, and stands unquoted in configuration files."""
_FORMER_SECONDS = 180
# Recovery after a crash replays up to max_wal_size.
_POSTGRES_SECONDS = 600
_REDIS_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Server:
    """A server of ours and how to see that it answers within `seconds`."""

    program: Program
    answers: Callable[[], bool]
    seconds: float


@dataclass(frozen=True, slots=True)
class Premises:
    """The folder of a run, the URLs, and the servers that must be started for them.

    login: what ZHIDAI_DATABASE_URL says until the roles stand; the other two log in as these.
    """

    run: Path
    login: str
    database_url: str
    owner_url: str
    redis_url: str
    servers: tuple[Server, ...]


@contextmanager
def ground(settings: Settings, say: Callable[[str], None]) -> Iterator[Premises]:
    """Prepare the servers that the settings do not name; nothing runs yet.

    Raises Problem where a server is missing or no folder is short enough for sockets.
    """
    made = None if settings.database_url else postgres.cluster(settings.data)
    if made and made.folder.parent != settings.data:
        say(text("platform.sheltered", {"folder": made.folder.parent}))
    run = _run_folder(made.account if made else None)
    try:
        servers = []
        database_url, redis_url = settings.database_url, settings.redis_url
        if made:
            sockets = postgres.socket_folder(made, run)
            database_url = postgres.url(sockets)
            program = postgres.program(made, sockets)
            servers.append(
                Server(program, lambda: postgres.answers(sockets, settings), _POSTGRES_SECONDS)
            )
        if not redis_url:
            redis_url = redis.url(run)
            servers.append(Server(redis.program(run), lambda: redis.answers(run), _REDIS_SECONDS))
        known = logins(settings.model_copy(update={"database_url": database_url}))
        yield Premises(run, database_url, known.app, known.owner, redis_url, tuple(servers))
    finally:
        shutil.rmtree(run, ignore_errors=True)


def former_ended(data: Path, say: Callable[[str], None]) -> None:
    """Wait until what a killed platform left has stopped itself, then clear its sockets away.

    The caller holds the data folder. Raises Problem when it does not end.
    """
    note = presence.read(data)
    if note is None or not note.run:
        return
    run = Path(note.run)
    deadline = time.monotonic() + _FORMER_SECONDS
    while supervise.answers(run):
        if time.monotonic() > deadline:
            raise Problem("platform.former", {"pid": note.pid})
        if deadline - time.monotonic() > _FORMER_SECONDS - 0.2:
            say(text("platform.former_stopping"))
        time.sleep(0.2)
    if run.name.startswith(_PREFIX) and run.is_dir() and run.lstat().st_uid == os.geteuid():
        shutil.rmtree(run, ignore_errors=True)


def _run_folder(account: Account | None) -> Path:
    for base in dict.fromkeys((tempfile.gettempdir(), "/tmp", "/var/tmp")):  # noqa: S108  # mkdtemp makes a private one
        usable = _SHORT.fullmatch(base) and os.access(base, os.W_OK | os.X_OK)
        if not usable or not reaches(account, Path(base)):
            continue
        run = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=base))
        run.chmod(0o711 if account else 0o700)
        return run
    raise Problem("platform.no_run_folder")
