"""Worlds come from one template, each with its own data; what was begun can always be finished."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import count
from threading import Event

import pytest
from sqlalchemy import make_url, text

from services.kernel import clock, db, worlds
from services.kernel.logins import logins, user
from services.kernel.settings import settings
from services.kernel.worlds import UnknownWorld, World, WorldExists, WrongName
from tests.outside import superuser

DAY = date(2024, 5, 6)


_NUMBER = count(1)


@pytest.fixture
def name(servers: None) -> Iterator[str]:
    """A name that no other test uses; what stands under it is dropped afterwards."""
    made = f"w{next(_NUMBER)}"
    yield made
    for left in worlds.listing():
        if left.name == made:
            worlds.drop(made)


def _databases(like: str) -> list[str]:
    with db.engine("postgres", as_owner=True).connect() as connection:
        statement = text("SELECT datname FROM pg_database WHERE datname LIKE :like")
        return list(connection.execute(statement, {"like": like}).scalars())


def _control(statement: str, **values: object) -> None:
    with db.engine(as_owner=True).begin() as connection:
        connection.execute(text(statement), values)


def test_a_world_begins_on_its_day_with_nothing_in_it(name: str) -> None:
    made = worlds.create(name, starts_on=DAY, label="label.x", origin="story:jiangsu")

    assert worlds.find(name) == made
    assert clock.today(made.engine) == DAY
    with made.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == 0
        session = connection.execute(text("SELECT session_user")).scalar_one()
        assert session == user(logins(settings()).app)


def test_what_happens_in_one_world_is_not_seen_in_another(world: World, name: str) -> None:
    other = worlds.create(name, starts_on=DAY)

    clock.advance_to(other.engine, date(2024, 12, 31))

    assert clock.today(world.engine) == date(2025, 1, 2)


def test_a_name_is_taken_once(name: str) -> None:
    worlds.create(name, starts_on=DAY)

    with pytest.raises(WorldExists):
        worlds.create(name, starts_on=DAY)


@pytest.mark.parametrize("wrong", ["", "A", "a_b", "-a", "a b", 'a"b', "a" * 41, "世界"])
def test_a_wrong_name_is_refused_before_anything_is_made(servers: None, wrong: str) -> None:
    with pytest.raises(WrongName):
        worlds.create(wrong, starts_on=DAY)

    assert wrong not in {found.name for found in worlds.listing()}


def test_a_name_that_postgresql_would_cut_is_refused(
    servers: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = make_url(settings().database_url).set(database="x" * 41)
    monkeypatch.setattr(settings(), "database_url", long.render_as_string(hide_password=False))

    with pytest.raises(WrongName, match="cut"):
        worlds.create("a" * 20, starts_on=DAY)


def test_a_dropped_world_is_gone_and_its_name_free(name: str) -> None:
    made = worlds.create(name, starts_on=DAY)

    worlds.drop(name)

    assert _databases(made.database) == []
    with pytest.raises(UnknownWorld):
        worlds.find(name)
    with pytest.raises(UnknownWorld):
        worlds.drop(name)
    assert clock.today(worlds.create(name, starts_on=date(2025, 6, 6)).engine) == date(2025, 6, 6)


def test_a_world_is_dropped_while_somebody_is_connected_to_it(name: str) -> None:
    made = worlds.create(name, starts_on=DAY)
    connection = made.engine.connect()

    worlds.drop(name)

    assert _databases(made.database) == []
    connection.invalidate()
    connection.close()


@pytest.mark.parametrize("database_stands", [False, True])
def test_a_creation_killed_in_the_middle_is_finished_by_the_next_call(
    name: str, *, database_stands: bool
) -> None:
    made = worlds.create(name, starts_on=DAY, label="first")
    _control("UPDATE world SET state = 'CREATING' WHERE name = :name", name=name)
    if not database_stands:
        db.forget(made.database)
        with db.engine("postgres", as_owner=True).connect() as connection:
            outside = connection.execution_options(isolation_level="AUTOCOMMIT")
            outside.execute(text(f'DROP DATABASE "{made.database}" WITH (FORCE)'))
    with pytest.raises(UnknownWorld):
        worlds.find(name)

    again = worlds.create(name, starts_on=date(2024, 7, 8), label="second")

    assert worlds.find(name) == again
    assert (again.label, clock.today(again.engine)) == ("second", date(2024, 7, 8))


def test_a_removal_killed_in_the_middle_leaves_no_world_without_database(name: str) -> None:
    worlds.create(name, starts_on=DAY)
    _control("UPDATE world SET state = 'DROPPING' WHERE name = :name", name=name)

    assert name not in {found.name for found in worlds.listing()}
    assert clock.today(worlds.create(name, starts_on=DAY).engine) == DAY


def test_dropping_a_world_leaves_the_connections_of_one_whose_name_begins_alike(
    name: str,
) -> None:
    short, long = worlds.create(name, starts_on=DAY), worlds.create(f"{name}-2", starts_on=DAY)
    with long.engine.connect() as connection:
        worlds.drop(short.name)

        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    worlds.drop(long.name)


def test_nobody_stays_connected_to_the_template(world: World) -> None:
    with db.engine("postgres", as_owner=True).connect() as connection:
        statement = text("SELECT count(*) FROM pg_stat_activity WHERE datname = :name")
        connected = connection.execute(statement, {"name": worlds.template()}).scalar_one()

    assert connected == 0


def test_a_relabelled_world_shows_its_new_label(name: str) -> None:
    made = worlds.create(name, starts_on=DAY)

    worlds.relabel(made, "foreign")

    assert worlds.find(name).label == "foreign"


def test_the_control_database_answers(servers: None) -> None:
    assert worlds.reachable()


def test_what_the_owner_may_not_end_is_waited_for(name: str) -> None:
    """An autovacuum worker in a world is one; here it is a session of the server's own login."""
    made = worlds.create(name, starts_on=DAY)
    inside, done = Event(), Event()

    def stay() -> None:
        with superuser(made.database):
            inside.set()
            done.wait(0.4)

    with ThreadPoolExecutor(1) as other:
        left = other.submit(stay)
        assert inside.wait(10)
        worlds.drop(name)
        assert left.done()

    assert _databases(made.database) == []
