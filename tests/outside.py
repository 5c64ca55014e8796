"""What tests do to a server from outside the platform, as whoever set it up."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from services.embedded import postgres
from services.kernel import db
from services.kernel import settings as configuration
from services.kernel.logins import at, logins, user
from services.kernel.settings import settings


@contextmanager
def environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables for the length of the block, and settings that were read with them."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    configuration.settings.cache_clear()
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)
        configuration.settings.cache_clear()


def sister(database: str) -> dict[str, str]:
    """The environment of another platform on the same server, with the login that sets it up."""
    setup = logins(settings()).setup
    url = make_url(setup or settings().database_url)
    if setup is None:  # inside a platform of our own
        url = url.set(username=postgres.SUPERUSER)
    written = url.set(database=database).render_as_string(hide_password=False)
    return {"ZHIDAI_DATABASE_URL": written, "ZHIDAI_OWNER_URL": ""}


@contextmanager
def superuser(database: str = "postgres") -> Iterator[psycopg.Connection]:
    """A connection of the login that set the platform up."""
    setup = at(logins(settings()).setup or "", database)
    with psycopg.connect(setup, autocommit=True) as connection:
        yield connection


def drop_platform() -> None:
    """Drop the platform's databases, which begin with its name, and its two roles."""
    db.forget()
    known, prefix = logins(settings()), db.server_url().database
    names = "SELECT datname FROM pg_database WHERE datname = %s OR datname LIKE %s"
    with superuser() as connection:
        for (name,) in connection.execute(names, (prefix, f"{prefix}\\_%")).fetchall():
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))
        for name in (user(known.owner), user(known.app)):
            connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))
    db.forget()
