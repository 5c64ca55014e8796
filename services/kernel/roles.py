"""The platform's two roles in PostgreSQL and what each may do there.

The application cannot change or remove history, whatever it runs: it logs in as itself, owns
nothing, and is a member of nothing. The owner makes databases and is no superuser.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, LiteralString
from urllib.parse import urlsplit

import psycopg
from psycopg import Connection, sql

from services.kernel import logins
from services.kernel.logins import Logins

Session = Connection[tuple[Any, ...]]

HISTORY = ("event", "posting", "day_seal")
"""Tables the application may add to and never change."""
OWNER_CONNECTIONS = 8
"""Most connections of the owner, who makes one database at a time."""

_LOCK = "SELECT pg_advisory_lock(hashtextextended(%s, 0))"
_FOREIGN = """
SELECT d.datname FROM pg_database d
WHERE d.datname = ANY(%s) AND d.datdba <> (SELECT oid FROM pg_roles WHERE rolname = %s)
"""
_THINGS = """
SELECT format('ALTER TABLE %%s OWNER TO %%I', oid::regclass, %(owner)s::text) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
UNION ALL
SELECT format('ALTER FUNCTION %%s OWNER TO %%I', oid::regprocedure, %(owner)s::text) FROM pg_proc
WHERE pronamespace = 'public'::regnamespace
"""


def provide(known: Logins, *, connections: int) -> None:
    """Make the two roles and hand the platform's databases to the owner; again does no harm.

    connections: how many the application may have open at once, all its processes together.
    Does nothing where `known` names nobody who may make roles.
    """
    if known.setup is None:
        return
    with psycopg.connect(logins.at(known.setup, "postgres"), autocommit=True) as connection:
        connection.execute(_LOCK, (known.app,))
        limit = sql.SQL("LOGIN CONNECTION LIMIT {}").format(sql.Literal(connections))
        _role(connection, known.app, limit)
        owner = sql.SQL("LOGIN CREATEDB CONNECTION LIMIT {}").format(OWNER_CONNECTIONS)
        _role(connection, known.owner, owner)
        # The owner ends the application's sessions when a world is dropped or forked.
        _join(connection, logins.user(known.owner), to=logins.user(known.app))
        _join(connection, _one(connection, "SELECT current_user"), to=logins.user(known.owner))
        _adopt(connection, known)


def granted(app: str) -> Iterator[str]:
    """The statements by which the owner lets the application into the database it is in.

    Tables made later are covered, too.
    """
    yield f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{app}"'
    yield f'GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO "{app}"'
    later = "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT"
    yield f'{later} SELECT, INSERT, UPDATE, DELETE ON TABLES TO "{app}"'
    yield f'{later} USAGE ON SEQUENCES TO "{app}"'
    yield f'REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM "{app}"'
    yield (
        "DO $$ DECLARE kept text; BEGIN"
        f" FOREACH kept IN ARRAY ARRAY{list(HISTORY)} LOOP IF to_regclass(kept) IS NOT NULL THEN"
        f"""  EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM "{app}"', kept);"""
        " END IF; END LOOP; END $$"
    )


def closed(database: str, app: str) -> tuple[str, str]:
    """The statements that let nobody but the application and the owner into a database."""
    return (
        f'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
        f'GRANT CONNECT ON DATABASE "{database}" TO "{app}"',
    )


def _role(connection: Session, url: str, options: sql.Composable) -> None:
    name = logins.user(url)
    if not _one(connection, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
        connection.execute(sql.SQL("CREATE ROLE {}").format(sql.Identifier(name)))
    if secret := logins.password(url):
        # Hashed here, so that no log of statements can hold it.
        verifier = connection.pgconn.encrypt_password(secret.encode(), name.encode())
        options += sql.SQL(" PASSWORD {}").format(sql.Literal(verifier.decode()))
    words = sql.SQL("ALTER ROLE {} {}").format(sql.Identifier(name), options)
    connection.execute(words)


def _join(connection: Session, name: str, *, to: str) -> None:
    if not _one(connection, "SELECT pg_has_role(%s, %s, 'MEMBER')", name, to):
        words = sql.SQL("GRANT {} TO {}")
        connection.execute(words.format(sql.Identifier(to), sql.Identifier(name)))


def _one(connection: Session, statement: LiteralString, *values: object) -> Any:
    row = connection.execute(statement, values).fetchone()
    return row and row[0]


def _adopt(connection: Session, known: Logins) -> None:
    """Give the owner the databases somebody else made, with all that lies in them."""
    control, owner = urlsplit(known.app).path.lstrip("/"), logins.user(known.owner)
    names = [control, f"{control}_template", *_worlds(connection, known, control)]
    for (name,) in connection.execute(_FOREIGN, (names, owner)).fetchall():
        words = sql.SQL("ALTER DATABASE {} OWNER TO {}")
        connection.execute(words.format(sql.Identifier(name), sql.Identifier(owner)))
        with psycopg.connect(logins.at(known.setup or "", name)) as inside:
            for (statement,) in inside.execute(_THINGS, {"owner": owner}).fetchall():
                inside.execute(statement)


def _worlds(connection: Session, known: Logins, control: str) -> list[str]:
    if not _one(connection, "SELECT 1 FROM pg_database WHERE datname = %s", control):
        return []
    with psycopg.connect(known.setup or "") as inside:
        if not _one(inside, "SELECT to_regclass('world')"):
            return []
        return [row[0] for row in inside.execute("SELECT database FROM world").fetchall()]
