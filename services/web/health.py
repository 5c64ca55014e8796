"""Is the process up (/healthz), and can it serve (/readyz): database, Redis, migrations.

Every check opens a connection of its own and has a time limit, so an answer always comes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, TimeoutError
from functools import lru_cache

from fastapi import APIRouter
from fastapi.responses import JSONResponse
from redis import Redis
from sqlalchemy import Engine, NullPool, create_engine, text

from services.kernel import db, migrations, pool, worlds
from services.kernel.settings import settings

LIMIT_SECONDS = 2.5
STATEMENT_LIMIT = "-c statement_timeout=1000"

router = APIRouter(include_in_schema=False)
_threads = ThreadPoolExecutor(max_workers=6, thread_name_prefix="health")


class NotReady(Exception):
    """A check's answer is no; the sentence says what to do."""


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """The process answers; says nothing about what it depends on."""
    return {"status": "ok"}


@router.get("/readyz")
def readyz() -> JSONResponse:
    """200 when all checks hold, else 503; each with a sentence."""
    running = {name: _threads.submit(check) for name, check in CHECKS.items()}
    checks = {name: _answer(name, future) for name, future in running.items()}
    ready = all(answer["ok"] for answer in checks.values())
    status = {"status": "ready" if ready else "not ready", "checks": checks}
    return JSONResponse(status, status_code=200 if ready else 503)


def _answer(name: str, future: Future[str]) -> dict[str, str | bool]:
    try:
        return {"ok": True, "says": future.result(timeout=LIMIT_SECONDS)}
    except NotReady as no:
        return {"ok": False, "says": str(no)}
    except TimeoutError:
        return {"ok": False, "says": f"The {name} check took longer than {LIMIT_SECONDS} seconds."}
    except Exception as error:
        if pool.full(error):
            return {"ok": False, "says": "PostgreSQL has no connection free; see zhidai doctor."}
        # The kind only: a driver's message may hold the URL with its password.
        return {"ok": False, "says": f"The {name} check failed with {type(error).__name__}."}


def _database() -> str:
    with _engine(None).connect() as connection:
        known = connection.execute(text("SELECT count(*) FROM world")).scalar_one()
    return f"The control database answers; it knows {known} worlds."


def _redis() -> str:
    url = settings().redis_url
    if not url:
        raise NotReady("ZHIDAI_REDIS_URL is not set; start the platform with zhidai up.")
    client = Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
    try:
        client.ping()
    finally:
        client.close()
    return "Redis answers."


def _migrations() -> str:
    """Of the control database and the newest world: all worlds are migrated in one go."""
    with _engine(None).connect() as connection:
        _at_head(connection.execute(_VERSION).scalar_one_or_none(), "control")
        newest = connection.execute(_NEWEST).scalar_one_or_none()
    if newest is None:
        return "The control database is at the newest version; there is no world yet."
    with _engine(newest).connect() as connection:
        _at_head(connection.execute(_VERSION).scalar_one_or_none(), "world")
    return "The control database and the newest world are at the newest version."


_VERSION = text("SELECT version_num FROM alembic_version")
_NEWEST = text(
    f"SELECT database FROM {worlds.world.name} WHERE state = 'READY'"
    " ORDER BY created_at DESC, name DESC LIMIT 1"
)


def _at_head(found: str | None, tree: str) -> None:
    wanted = _head(tree)
    if found != wanted:
        raise NotReady(
            f"The {tree} tree is at version {found}, this program needs {wanted};"
            " run zhidai migrate or restart with zhidai up."
        )


@lru_cache(maxsize=2)
def _head(tree: str) -> str:
    return migrations.head(tree)


def _engine(database: str | None) -> Engine:
    """Unpooled: a kept connection would answer for a server that is gone."""
    limits = {"connect_timeout": 2, "options": STATEMENT_LIMIT, "tcp_user_timeout": 2000}
    return create_engine(db.server_url(database), poolclass=NullPool, connect_args=limits)


CHECKS: Mapping[str, Callable[[], str]] = {
    "database": _database,
    "redis": _redis,
    "migrations": _migrations,
}
