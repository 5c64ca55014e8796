"""Few connections, shared by all worlds: nobody is refused, and nothing idle is kept."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

import psycopg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from services.kernel import db, pool, worlds
from services.kernel.logins import logins, user
from services.kernel.pool import Crowded
from services.kernel.settings import settings
from services.kernel.worlds import World
from services.reports.checkup.all import findings
from tests.conftest import STARTS_ON
from tests.outside import superuser

SECONDS = 30.0


@pytest.fixture
def six(servers: None) -> Iterator[list[World]]:
    """Six worlds."""
    made = [worlds.create(f"c{number}", starts_on=STARTS_ON) for number in range(6)]
    yield made
    for world in made:
        worlds.drop(world.name)


@pytest.fixture(autouse=True)
def _alone(servers: None) -> Iterator[None]:
    pool.household().most = pool.MOST  # a web application of an earlier test may hold more
    pool.household().release()
    yield
    pool.household().most = pool.MOST
    pool.household().release()


def _most(number: int) -> None:
    pool.household().release()
    pool.household().most = number


def _asked(world: World) -> int:
    with world.engine.connect() as connection:
        one: int = connection.execute(text("SELECT 1")).scalar_one()
        return one


def _sessions() -> int:
    with superuser() as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE usename = ANY(%s)",
            ([user(logins(settings()).app), user(logins(settings()).owner)],),
        ).fetchone()
    assert row
    return int(row[0])


def until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_process_has_no_more_connections_than_it_may_however_many_worlds_it_asks(
    six: list[World],
) -> None:
    before = _sessions()

    with ThreadPoolExecutor(16) as threads:
        assert sum(threads.map(_asked, six * 20)) == 120

    assert pool.household().open <= pool.MOST
    assert _sessions() <= before + pool.MOST


def test_what_is_idle_is_let_go(six: list[World], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "IDLE_SECONDS", 0.2)

    _asked(six[0])

    until(lambda: pool.household().open == 0)
    until(lambda: _sessions() == 0)


def test_a_connection_is_used_again_by_the_next_who_asks_that_world(six: list[World]) -> None:
    def backend() -> int:
        with six[0].engine.connect() as connection:
            found: int = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
            return found

    assert backend() == backend()


def test_who_finds_all_in_use_waits_for_a_turn(six: list[World]) -> None:
    _most(1)
    with ThreadPoolExecutor(1) as threads, six[0].engine.connect():
        waiting = threads.submit(_asked, six[1])
        time.sleep(0.1)
        assert not waiting.done()

    assert waiting.result(SECONDS) == 1


def test_who_waits_too_long_is_told_so(six: list[World], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.1)
    _most(1)

    with ThreadPoolExecutor(1) as threads, six[0].engine.connect():
        waiting = threads.submit(_asked, six[1])
        assert isinstance(waiting.exception(SECONDS), Crowded)


def test_a_thread_that_holds_one_gets_another_at_once(six: list[World]) -> None:
    _most(1)

    with six[0].engine.connect():
        assert _asked(six[1]) == 1


def test_a_broken_connection_counts_no_more(six: list[World]) -> None:
    _most(pool.MOST)
    _asked(six[0])
    with superuser() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (six[0].database,),
        )

    assert _asked(six[0]) == 1
    assert pool.household().open == 1


@pytest.fixture
def limited(six: list[World]) -> Iterator[Callable[[int], None]]:
    """Sets the application's limit at the server; as it was afterwards."""
    role = user(logins(settings()).app)

    def limit(number: int) -> None:
        with superuser() as connection:
            connection.execute(f'ALTER ROLE "{role}" CONNECTION LIMIT {number}'.encode())

    yield limit
    limit(settings().connections)


def test_when_the_budget_of_all_processes_is_used_up_the_next_waits_until_one_is_let_go(
    six: list[World], limited: Callable[[int], None]
) -> None:
    until(lambda: _sessions() == 0)
    limited(1)
    other = psycopg.connect(logins(settings()).app)  # another process of the platform
    with ThreadPoolExecutor(1) as threads:
        waiting = threads.submit(_asked, six[0])
        time.sleep(0.3)
        assert not waiting.done()
        other.close()
        assert waiting.result(SECONDS) == 1


def test_the_database_holds_the_budget_of_all_processes_together(servers: None) -> None:
    with superuser() as connection:
        row = connection.execute(
            "SELECT rolconnlimit FROM pg_roles WHERE rolname = %s",
            (user(logins(settings()).app),),
        ).fetchone()

    assert row == (settings().connections,)


def test_doctor_names_the_cause_when_every_connection_is_taken(
    six: list[World], limited: Callable[[int], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pool, "PATIENCE", 0.1)
    owner = logins(settings()).owner
    with superuser() as connection:
        connection.execute(f'ALTER ROLE "{user(owner)}" CONNECTION LIMIT 1'.encode())
    try:
        with ExitStack() as stack:
            pool.household().release()
            until(lambda: _sessions() == 0)
            stack.enter_context(psycopg.connect(owner))
            found = {one.check: one for one in findings(settings())}
    finally:
        with superuser() as connection:
            connection.execute(f'ALTER ROLE "{user(owner)}" CONNECTION LIMIT 8'.encode())

    assert (found["postgres"].status, found["postgres"].says) == ("fail", "full")
    assert "too many connections" in found["postgres"].sentence("en")
    assert "migrations" not in found
    assert not db.passing(ValueError())
    assert issubclass(Crowded, DBAPIError)
