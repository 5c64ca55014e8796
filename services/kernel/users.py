"""Who may sign in: a name and a password, one role in one organisation. Kept for all worlds.

Only argon2 hashes are stored. Checking one is slow on purpose, so a password that was right is
remembered for a minute, as a keyed hash in this process's memory.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from threading import Lock
from typing import Any

import structlog
from pwdlib import PasswordHash
from sqlalchemy import Boolean, Column, DateTime, Row, Table, Text, func, text

from services.kernel import db, organisations, worlds
from services.kernel.trials import TooManyTrials, trial
from workflows.lifecycle.roles import Actor, Role

app_user = Table(
    "app_user",
    worlds.metadata,
    Column("name", Text, primary_key=True),
    Column("role", Text, nullable=False, comment="code of ZD-2.1"),
    Column("organisation", Text, nullable=False),
    Column("password_hash", Text, nullable=False, comment="argon2"),
    Column("demo", Boolean, nullable=False, comment="made by zhidai up for trying"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

REMEMBERED_SECONDS = 60.0
MOST_REMEMBERED = 1000
PASSWORD_BYTES = 12
LONGEST = 256

log = structlog.get_logger("zhidai.users")

_USERS = (
    "SELECT u.*, coalesce(o.region, '') AS region"
    " FROM app_user u LEFT JOIN organisation o ON o.id = u.organisation"
)
_FIND = text(f"{_USERS} WHERE u.name = :name")
_NAMES = text("SELECT name FROM app_user WHERE demo")
_NAMED = text(f"{_USERS} WHERE u.name = ANY(CAST(:names AS text[]))")
_DEMO = text(f"{_USERS} WHERE u.demo ORDER BY u.name")
_ALL = text(f"{_USERS} WHERE :all OR u.organisation = :org ORDER BY u.name")
_TAKEN = text("SELECT 1 FROM app_user WHERE name = :name")
_PUT = text(
    "INSERT INTO app_user (name, role, organisation, password_hash, demo)"
    " VALUES (:name, :role, :organisation, :hash, :demo)"
    " ON CONFLICT (name) DO UPDATE SET role = excluded.role,"
    " organisation = excluded.organisation, password_hash = excluded.password_hash"
    " WHERE app_user.demo = excluded.demo RETURNING name"
)


class NameTaken(Exception):
    """Somebody else, no demo user, bears that name."""


class UnknownUser(LookupError):
    """Nobody of that name signs in."""


@dataclass(frozen=True, slots=True)
class Issued:
    """A user with the password just made; the only moment at which it is known."""

    actor: Actor
    password: str


def issue(actors: Sequence[Actor], *, demo: bool) -> list[Issued]:
    """Make users, or give those of the same kind new passwords. Raises NameTaken."""
    issued = [Issued(actor, secrets.token_urlsafe(PASSWORD_BYTES)) for actor in actors]
    with db.engine().begin() as connection:
        for one in issued:
            organisations.found(connection, one.actor)
            values = {
                "name": one.actor.user,
                "role": one.actor.role.value,
                "organisation": one.actor.organisation,
                "hash": _hasher().hash(one.password),
                "demo": demo,
            }
            if connection.execute(_PUT, values).scalar_one_or_none() is None:
                raise NameTaken(one.actor.user)
    return issued


def create(actor: Actor) -> Issued:
    """Make one user of an organisation that is on file. Raises NameTaken, UnknownOrganisation."""
    known = organisations.find(actor.organisation)
    with db.engine().connect() as connection:
        if connection.execute(_TAKEN, {"name": actor.user}).one_or_none() is not None:
            raise NameTaken(actor.user)
    return issue([replace(actor, region=known.region)], demo=False)[0]


def listing(organisation: str = "") -> list[Actor]:
    """All users, or those of one organisation, by name."""
    values = {"all": not organisation, "org": organisation}
    with db.engine().connect() as connection:
        return [_actor(row) for row in connection.execute(_ALL, values)]


def find(name: str) -> Actor:
    """The user of that name. Raises UnknownUser."""
    found = named([name]).get(name)
    if found is None:
        raise UnknownUser(name)
    return found


def demo_names() -> set[str]:
    """Names of the demo users there are."""
    with db.engine().connect() as connection:
        return set(connection.execute(_NAMES).scalars())


def named(names: Sequence[str]) -> dict[str, Actor]:
    """Users of those names, by name; one that is gone is left out."""
    with db.engine().connect() as connection:
        rows = connection.execute(_NAMED, {"names": list(names)})
        return {row.name: _actor(row) for row in rows}


def demo_users() -> list[Actor]:
    """The demo users, by name."""
    with db.engine().connect() as connection:
        rows = connection.execute(_DEMO)
        return [_actor(row) for row in rows]


def signed_in(name: str, password: str) -> Actor | None:
    """Who that is, or None when the name or the password is wrong. Raises TooManyTrials."""
    if not name or len(name) > LONGEST or len(password) > LONGEST or "\x00" in name:
        return None
    known = _memory.get(name, password)
    if known is not None:
        return known
    with db.engine().connect() as connection:
        row = connection.execute(_FIND, {"name": name}).one_or_none()
    # A name nobody bears costs as much time as a wrong password: names cannot be guessed.
    kept = _nobody() if row is None else row.password_hash
    right = _memory.right(name, password, kept)
    right = right or _tried(name, password, kept, known=row is not None)
    if row is None or not right:
        log.warning("a password was wrong", name=name)
        return None
    actor = _actor(row)
    _memory.put(name, password, kept, actor)
    return actor


def is_right(name: str, password: str) -> bool:
    """Whether that is the name's password, for the platform itself: nothing is throttled."""
    with db.engine().connect() as connection:
        row = connection.execute(_FIND, {"name": name}).one_or_none()
    return row is not None and _hasher().verify(password, row.password_hash)


def _tried(name: str, password: str, kept: str, *, known: bool) -> bool:
    try:
        with trial(name, known=known):
            return _hasher().verify(password, kept)
    except TooManyTrials:
        log.warning("a password was not tried: too many are", name=name)
        raise


def _actor(row: Row[Any]) -> Actor:
    return Actor(row.name, Role(row.role), row.organisation, row.region)


@lru_cache(maxsize=1)
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@lru_cache(maxsize=1)
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(PASSWORD_BYTES))


class _Memory:
    """Passwords that were right: for a minute without asking anybody, then while their hash is the
    same. A changed one works on for a minute."""

    def __init__(self) -> None:
        self.key = secrets.token_bytes(32)
        self.kept: OrderedDict[bytes, tuple[float, str, Actor]] = OrderedDict()
        self.guard = Lock()

    def get(self, name: str, password: str) -> Actor | None:
        with self.guard:
            until, _, actor = self.kept.get(self._mark(name, password), (0.0, "", None))
        return actor if time.monotonic() < until else None

    def right(self, name: str, password: str, hashed: str) -> bool:
        with self.guard:
            return self.kept.get(self._mark(name, password), (0.0, "", None))[1] == hashed

    def put(self, name: str, password: str, hashed: str, actor: Actor) -> None:
        until = time.monotonic() + REMEMBERED_SECONDS
        with self.guard:
            self.kept[self._mark(name, password)] = (until, hashed, actor)
            while len(self.kept) > MOST_REMEMBERED:
                self.kept.popitem(last=False)

    def _mark(self, name: str, password: str) -> bytes:
        return hmac.digest(self.key, f"{name}\x00{password}".encode(), hashlib.sha256)


_memory = _Memory()
