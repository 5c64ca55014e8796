"""Engines, one a world, and the one way to run a transaction.

Connections log in as the application, which has no UPDATE or DELETE on history, or as the owner,
who makes databases; pool.py keeps them few.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError

from services.kernel import pool
from services.kernel.logins import logins
from services.kernel.pool import SharedPool
from services.kernel.settings import settings

T = TypeVar("T")

MOST_ENGINES = 64
TRIES = 6
LONGEST = 500  # characters of an error that are kept
LONGEST_PAUSE = 0.5  # seconds between two tries
_AWAY = {None, "57P01", "57P02", "57P03"}  # no answer, shut down, crashed, not yet up
_RETRY = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available
_SHORT = "53"  # no room on the disk, no memory, no connection left: nothing is wrong with the work


class Conflict(Exception):
    """Another transaction changed a row in between; the kernel tries again before giving up."""


class NoDatabase(RuntimeError):
    """ZHIDAI_DATABASE_URL is not set: nothing is running and nothing was named."""


_engines: OrderedDict[URL, Engine] = OrderedDict()
_guard = Lock()


def server_url(database: str | None = None, *, as_owner: bool = False) -> URL:
    """The URL of the control database, or of another database of the same server."""
    if not settings().database_url:
        raise NoDatabase("no platform is running here and ZHIDAI_DATABASE_URL is not set")
    known = logins(settings())
    url = make_url(known.owner if as_owner else known.app).set(drivername="postgresql+psycopg")
    return url if database is None else url.set(database=database)


def engine(database: str | None = None, *, as_owner: bool = False) -> Engine:
    """The engine of a database (default: control), kept for the next caller."""
    url = server_url(database, as_owner=as_owner)
    with _guard:
        if url in _engines:
            _engines.move_to_end(url)
            return _engines[url]
        made = _create(url)
        _engines[url] = made
        while len(_engines) > MOST_ENGINES:
            _engines.popitem(last=False)[1].dispose()
        return made


def _create(url: URL) -> Engine:
    return create_engine(
        url,
        poolclass=SharedPool,
        pool_pre_ping=True,
        connect_args={"connect_timeout": 5, "application_name": "zhidai"},
        hide_parameters=True,  # an error in a log must not hold what a person entered
    )


def forget(database: str | None = None) -> None:
    """Close the engines of one database, or of all."""
    with _guard:
        for key in [key for key in _engines if database in (None, key.database)]:
            _engines.pop(key).dispose()


def delete(connection: Connection, database: str) -> None:
    """Delete a database, whoever is in it; nothing where there is none. connection: AUTOCOMMIT.

    An autovacuum worker in it is not the owner's to end, but soon done: it is waited for.
    """
    for left in reversed(range(_TRIES)):
        try:
            connection.execute(text(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)'))
            return
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", "") != NOT_OURS or not left:
                raise
            time.sleep(_PAUSE_SECONDS)


NOT_OURS = "42501"  # insufficient_privilege
_TRIES, _PAUSE_SECONDS = 60, 0.1


def after_fork() -> None:
    """Let go of the parent's engines unclosed: two processes must not share a socket."""
    pool.anew()
    _engines.clear()


def transact(
    bind: Engine,
    work: Callable[[Connection], T],
    *,
    repeatable: bool = True,
    patience: float = 1.0,
) -> T:
    """Run `work` in one transaction and commit; again after a deadlock or a Conflict.

    repeatable: `work` finds out itself what was done before. Otherwise a connection lost during the
    commit, which may have happened, is an error for the caller: nothing is ever done twice.
    patience: seconds to go on trying while the server is away. Raises what `work` raises, at last
    the Conflict or database error.
    """
    until, attempt = time.monotonic() + patience, 0
    while True:
        committing = False
        try:
            with bind.begin() as connection:
                result = work(connection)
                committing = True
            return result
        except (Conflict, DBAPIError) as error:
            attempt += 1
            away = _lost(error)
            over = time.monotonic() > until if away else attempt >= TRIES
            if over or not passing(error) or (committing and away and not repeatable):
                raise
            time.sleep(min(0.02 * 2**attempt, LONGEST_PAUSE))


def passing(error: Exception) -> bool:
    """Whether the same work may well succeed when tried again: it lost a race or its connection."""
    if isinstance(error, Conflict) or _lost(error):
        return True
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    return state in _RETRY or (state or "").startswith(_SHORT)


def told(error: Exception) -> str:
    """An error as it is kept with what failed: the database's first words, no values, no NUL."""
    primary = getattr(getattr(getattr(error, "orig", None), "diag", None), "message_primary", None)
    said = primary or str(error) or type(error).__name__
    return said.encode("utf-8", "replace").decode("utf-8").replace("\x00", "?")[:LONGEST]


def _lost(error: Exception) -> bool:
    """The connection broke, or the server is away or still starting."""
    if not isinstance(error, DBAPIError):
        return False
    away = isinstance(error, OperationalError) and (getattr(error.orig, "sqlstate", None) in _AWAY)
    return error.connection_invalidated or away
