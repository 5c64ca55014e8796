"""Worlds: one database each, cloned from a template; a control database keeps their registry.

Nothing has a world_id column: a lesson, a fork, a test each gets a database and a business date.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy import (
    Column,
    Connection,
    Date,
    DateTime,
    Engine,
    MetaData,
    Table,
    Text,
    func,
    text,
)
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from services.kernel import anchors, db, logins, roles
from services.kernel.settings import settings
from services.kernel.tables import NAMES

metadata = MetaData(naming_convention=NAMES)

world = Table(
    "world",
    metadata,
    Column("name", Text, primary_key=True),
    Column("database", Text, nullable=False, unique=True),
    Column("label", Text, nullable=False, comment="key of a sentence shown with the world, or ''"),
    Column("origin", Text, nullable=False, comment="what made it: story:<case>, book:<hash>, .."),
    Column("starts_on", Date, nullable=False),
    Column("owner", Text, nullable=False, comment="user who made it; '' the operator"),
    Column("state", Text, nullable=False, comment="CREATING until its database stands, then READY"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

MAIN = "main"
LONGEST_DATABASE = 63  # bytes of a name in PostgreSQL
CLONING = 7016  # advisory lock: who is on the template, for CREATE DATABASE wants it to itself

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")


PATIENCE = 8.0  # seconds to wait for a server that is away in the middle of a creation
PAUSE = 0.5


class UnknownWorld(LookupError):
    """No world of that name."""


class WorldExists(Exception):
    """A world of that name stands already."""


class TooManyWorlds(Exception):
    """The user has as many worlds as one may have; `most` says how many."""

    def __init__(self, most: int) -> None:
        super().__init__(f"a user may have {most} worlds")
        self.most = most


class WrongName(ValueError):
    """A world's name has 1 to 40 small letters, digits and hyphens."""


@dataclass(frozen=True, slots=True)
class World:
    """One entry of the registry."""

    name: str
    database: str
    label: str
    origin: str
    starts_on: date
    owner: str = ""

    @property
    def engine(self) -> Engine:
        """Connections to the world's database, in the application's role."""
        return db.engine(self.database)


def template() -> str:
    """Name of the database every world is cloned from."""
    return f"{db.server_url().database}_template"


def create(
    name: str, *, starts_on: date, label: str = "", origin: str = "", owner: str = ""
) -> World:
    """Make a world and set its date. Raises WrongName, WorldExists, TooManyWorlds.

    Killed in the middle, the next call of the same name finishes the work.
    """
    if not _NAME.fullmatch(name):
        raise WrongName(f"{name!r}: a world's name has 1 to 40 small letters, digits and hyphens")
    made = World(name, f"{db.server_url().database}_w_{name}", label, origin, starts_on, owner)
    if len(made.database.encode()) > LONGEST_DATABASE:
        raise WrongName(f"{made.database}: PostgreSQL would cut the name, and two worlds be one")
    until = time.monotonic() + PATIENCE
    while True:
        try:
            return _made(made)
        except DBAPIError as error:
            if time.monotonic() > until or not db.passing(error):
                raise
            time.sleep(PAUSE)


def _made(made: World) -> World:
    with db.engine(as_owner=True).connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        with _alone(connection, made.name):
            _register(connection, made)
            _clone(connection, made)
            _state(connection, made.name, "READY")
    return made


def ensure_main(starts_on: date) -> None:
    """Make the world that requests mean which name none, if it is not there."""
    with suppress(WorldExists):
        create(MAIN, starts_on=starts_on, origin=MAIN)


def find(name: str) -> World:
    """The world of that name. Raises UnknownWorld."""
    for found in listing():
        if found.name == name:
            return found
    raise UnknownWorld(f"there is no world named {name}")


def listing() -> list[World]:
    """All worlds that are ready, oldest first."""
    return db.transact(db.engine(), lambda known: [World(*row) for row in known.execute(_READY)])


def relabel(found: World, label: str) -> World:
    """Put another label on a world; the key of a sentence shown wherever it is shown."""
    with db.engine().begin() as connection:
        values = {"name": found.name, "label": label}
        connection.execute(text("UPDATE world SET label = :label WHERE name = :name"), values)
    return replace(found, label=label)


def drop(name: str) -> None:
    """Delete a world and its database. Raises UnknownWorld.

    Killed in the middle, no list shows the world any more, and the next `create` clears it away.
    """
    with db.engine(as_owner=True).connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        with _alone(connection, name):
            gone = find(name)
            _state(connection, name, "DROPPING")
            db.forget(gone.database)
            db.delete(connection, gone.database)
            connection.execute(text("DELETE FROM world WHERE name = :name"), {"name": name})
            anchors.forget(gone.database)


_READY = text(
    "SELECT name, database, label, origin, starts_on, owner FROM world"
    " WHERE state = 'READY' ORDER BY created_at, name"
)
_OWNED = text("SELECT count(*) FROM world WHERE owner = :owner")


@contextmanager
def _alone(connection: Connection, name: str) -> Iterator[None]:
    """Only one process works on a world's database at a time (session advisory lock)."""
    key = {"key": f"world:{name}"}
    connection.execute(text("SELECT pg_advisory_lock(hashtextextended(:key, 0))"), key)
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):  # a lost session has let go of its locks
            connection.execute(text("SELECT pg_advisory_unlock(hashtextextended(:key, 0))"), key)


def _register(connection: Connection, made: World) -> None:
    """Take the name, also one whose creation or removal was never finished."""
    if made.owner and connection.execute(_OWNED, {"owner": made.owner}).scalar_one() >= (
        most := settings().worlds_each
    ):
        raise TooManyWorlds(most)
    taken = connection.execute(
        text(
            "INSERT INTO world (name, database, label, origin, starts_on, owner, state)"
            " VALUES (:name, :database, :label, :origin, :starts_on, :owner, 'CREATING')"
            " ON CONFLICT (name) DO UPDATE SET label = excluded.label, origin = excluded.origin,"
            " starts_on = excluded.starts_on, owner = excluded.owner, state = 'CREATING'"
            " WHERE world.state <> 'READY'"
            " RETURNING name"
        ),
        asdict(made),
    )
    if taken.one_or_none() is None:
        raise WorldExists(f"there is a world named {made.name} already")


def _clone(connection: Connection, made: World) -> None:
    db.delete(connection, made.database)
    with template_to_oneself(connection):
        connection.execute(
            text(f'CREATE DATABASE "{made.database}" TEMPLATE "{template()}" STRATEGY wal_log')
        )
    for statement in roles.closed(made.database, logins.role(settings().database_url, "app")):
        connection.execute(text(statement))
    with db.engine(made.database).begin() as inside:
        inside.execute(
            text("INSERT INTO clock (business_date, target_date) VALUES (:day, :day)"),
            {"day": made.starts_on},
        )


@contextmanager
def template_to_oneself(connection: Connection) -> Iterator[None]:
    """One clone or migration of the template at a time; `connection` is to the control database."""
    connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": CLONING})
    try:
        yield
    finally:
        with suppress(SQLAlchemyError):  # a lost session has let go of its locks
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": CLONING})


def _state(connection: Connection, name: str, state: str) -> None:
    connection.execute(
        text("UPDATE world SET state = :state WHERE name = :name"), {"name": name, "state": state}
    )


def reachable() -> bool:
    """Whether the control database answers; for /readyz and the supervisor."""
    try:
        with db.engine().connect() as connection:
            connection.execute(text("SELECT 1 FROM world LIMIT 1"))
    except DBAPIError:
        return False
    return True
