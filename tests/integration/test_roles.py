"""The application logs in as a role that cannot change history, the owner as no superuser."""

from __future__ import annotations

from collections.abc import Iterator

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError

from services.kernel import db, migrations, roles, worlds
from services.kernel.logins import logins, user
from services.kernel.settings import settings
from tests.conftest import STARTS_ON
from tests.outside import drop_platform, environment, sister, superuser
from tests.toy.stage import Stage


def _app() -> str:
    return user(logins(settings()).app)


def _owner() -> str:
    return user(logins(settings()).owner)


def _as_application(stage: Stage, *statements: str) -> None:
    with stage.engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def test_the_session_is_the_applications_own(stage: Stage) -> None:
    assert stage.one("SELECT session_user") == stage.one("SELECT current_user") == _app()


def test_the_application_is_nobody_else_whatever_role_it_sets(stage: Stage) -> None:
    stage.signed("N1")

    with pytest.raises(DBAPIError, match="permission denied"):
        _as_application(stage, "SET ROLE NONE", "UPDATE event SET actor = 'x'")
    for name in (_owner(), "zhidai", "postgres"):
        with pytest.raises(DBAPIError, match=r"permission denied|does not exist"):
            _as_application(stage, f'SET ROLE "{name}"')
        with pytest.raises(DBAPIError, match=r"permission denied|does not exist"):
            _as_application(stage, f'SET SESSION AUTHORIZATION "{name}"')


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET role = 'FC'",
        "DELETE FROM posting",
        "TRUNCATE event",
        "ALTER TABLE event DISABLE TRIGGER append_only",
        "ALTER TABLE posting DISABLE TRIGGER ALL",
        "DROP TABLE posting",
        "DROP FUNCTION history_is_append_only() CASCADE",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE mine (id int)",
        "CREATE ROLE mine",
        "UPDATE alembic_version SET version_num = 'x'",
        "SET session_replication_role = replica",
        "COPY event TO PROGRAM 'cat'",
    ],
)
def test_the_application_may_not(stage: Stage, statement: str) -> None:
    stage.signed("N1")

    with pytest.raises(DBAPIError, match="InsufficientPrivilege"):
        _as_application(stage, statement)


def test_the_owner_makes_databases_and_is_no_superuser(servers: None) -> None:
    with superuser() as connection:
        found = connection.execute(
            "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb, rolcanlogin FROM pg_roles"
            " WHERE rolname = ANY(%s) ORDER BY rolname",
            ([_app(), _owner()],),
        ).fetchall()
        owners = connection.execute(
            "SELECT DISTINCT datdba::regrole::text FROM pg_database WHERE starts_with(datname, %s)",
            (db.server_url().database,),
        ).fetchall()

    assert found == [(_app(), False, False, False, True), (_owner(), False, False, True, True)]
    assert owners == [(_owner(),)]


@pytest.fixture
def neighbour(servers: None) -> Iterator[dict[str, str]]:
    """Another platform on the same server."""
    values = sister(f"{db.server_url().database}n")
    with environment(values):
        migrations.migrate()
        try:
            yield values
        finally:
            drop_platform()


def test_two_platforms_on_one_server_have_their_own_roles(
    servers: None, neighbour: dict[str, str]
) -> None:
    theirs = logins(settings())
    with environment(sister((db.server_url().database or "").removesuffix("n"))):
        ours = logins(settings())
        control = db.server_url().database

    assert {user(ours.app), user(ours.owner)}.isdisjoint({user(theirs.app), user(theirs.owner)})
    for stranger in (user(theirs.app), user(theirs.owner)):
        with pytest.raises(psycopg.OperationalError, match="permission denied for database"):
            _log_in(ours.app, stranger, control)


def _log_in(url: str, name: str, database: str | None) -> None:
    given = make_url(url).set(username=name, database=database)
    psycopg.connect(given.render_as_string(hide_password=False)).close()


def test_making_the_roles_again_changes_nothing(servers: None) -> None:
    before = _roles()

    roles.provide(logins(settings()), connections=settings().connections)

    assert _roles() == before


def _roles() -> list[tuple[object, ...]]:
    with superuser() as connection:
        return connection.execute(
            "SELECT rolname, rolcreatedb, rolconnlimit FROM pg_roles ORDER BY 1"
        ).fetchall()


def test_databases_made_by_somebody_else_become_the_owners(servers: None) -> None:
    name = f"{db.server_url().database}o"
    with superuser() as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    with superuser(name) as inside:
        inside.execute("CREATE TABLE old (id int)")

    with environment(sister(name)):
        try:
            migrations.migrate()
            made = worlds.create("w", starts_on=STARTS_ON)
            with superuser(name) as inside:
                row = inside.execute(
                    "SELECT relowner::regrole::text FROM pg_class WHERE relname = 'old'"
                ).fetchone()
            assert row == (_owner(),)
            with made.engine.connect() as connection:
                assert connection.execute(text("SELECT count(*) FROM event")).scalar_one() == 0
        finally:
            drop_platform()


def test_a_password_of_the_setting_up_login_gives_each_role_its_own(servers: None) -> None:
    name = f"{db.server_url().database}p"
    with environment({**sister(name), "ZHIDAI_DATABASE_PASSWORD": "a/b@c:d"}):
        known = logins(settings())
        try:
            roles.provide(known, connections=5)
            with superuser() as connection:
                found = connection.execute(
                    "SELECT rolname, rolpassword FROM pg_authid WHERE rolname = ANY(%s)",
                    ([user(known.app), user(known.owner)],),
                ).fetchall()
        finally:
            drop_platform()

    assert len(found) == 2
    assert all(kept.startswith("SCRAM-SHA-256$") for _, kept in found)
