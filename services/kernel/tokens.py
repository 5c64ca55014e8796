"""Tokens by which a program signs in as a user: for some worlds, some roles, and until a day.

A token is shown once, when it is made, and kept as a hash: it is random enough to need no salt.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, DateTime, Index, Table, Text, func, text
from sqlalchemy.dialects.postgresql import JSONB

from services.kernel import codec, db, users, worlds
from workflows.lifecycle.roles import Actor

api_token = Table(
    "api_token",
    worlds.metadata,
    Column("id", Text, primary_key=True),
    Column("digest", Text, nullable=False, comment="SHA-256 of the token; never the token"),
    Column("user_name", Text, nullable=False, comment="as whom it signs in"),
    Column("label", Text, nullable=False, comment="what it is for"),
    Column("worlds", JSONB, nullable=False, comment="names; empty for all"),
    Column("roles", JSONB, nullable=False, comment="codes its user must have one of"),
    Column("expires_at", DateTime(timezone=True), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Column("revoked_at", DateTime(timezone=True)),
    Index("ix_api_token_digest", "digest", unique=True),
)

PREFIX = "zd_"
LONGEST = timedelta(days=366)
_BYTES = 32
_COLUMNS = "id, user_name, label, worlds, roles, expires_at"
_ADD = text(
    "INSERT INTO api_token (id, digest, user_name, label, worlds, roles, expires_at)"
    " VALUES (:id, :digest, :user, :label, CAST(:worlds AS jsonb), CAST(:roles AS jsonb), :until)"
)
_NOW = text("SELECT now()")
_LIVE = "revoked_at IS NULL AND expires_at > now()"
_FIND = text(f"SELECT {_COLUMNS} FROM api_token WHERE digest = :digest AND {_LIVE}")
_LIST = text(
    f"SELECT {_COLUMNS} FROM api_token WHERE (:all OR user_name = :user) AND {_LIVE} ORDER BY id"
)
_REVOKE = text(
    "UPDATE api_token SET revoked_at = now()"
    " WHERE id = :id AND (:all OR user_name = :user) AND revoked_at IS NULL RETURNING id"
)


class UnknownToken(LookupError):
    """No live token of that id, or none of the caller's."""


class TokenElsewhere(Exception):
    """The token is for other worlds."""


class WrongLimits(ValueError):
    """A token that would never work or never end."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token without its secret. worlds: where it serves, all where empty."""

    id: str
    user: str
    label: str
    worlds: tuple[str, ...]
    roles: tuple[str, ...]
    expires_at: datetime

    def serves(self, world: str) -> bool:
        """Whether it is good in that world."""
        return not self.worlds or world in self.worlds


@dataclass(frozen=True, slots=True)
class Minted:
    """A token with its secret; the only moment at which it is known."""

    token: Token
    secret: str


def mint(
    user: Actor, *, label: str, worlds: Sequence[str], roles: Sequence[str], expires_at: datetime
) -> Minted:
    """Make a token for a user. Raises WrongLimits."""
    if not timedelta(0) < expires_at - in_days(0) <= LONGEST:
        raise WrongLimits(f"{expires_at.isoformat()} is past, or more than {LONGEST.days} days off")
    if user.role.value not in roles:
        raise WrongLimits(f"{user.user} is {user.role.value}, none of {', '.join(roles)}")
    secret = PREFIX + secrets.token_urlsafe(_BYTES)
    ident = f"{user.user}-{secrets.token_hex(4)}"
    made = Token(ident, user.user, label, tuple(worlds), tuple(roles), expires_at)
    values = {
        "id": made.id, "digest": _digest(secret), "user": made.user, "label": label,
        "worlds": codec.encode(made.worlds), "roles": codec.encode(made.roles),
        "until": expires_at,
    }  # fmt: skip
    with db.engine().begin() as connection:
        connection.execute(_ADD, values)
    return Minted(made, secret)


def in_days(days: int) -> datetime:
    """So many days from now, by the database's clock, which judges what has expired."""
    with db.engine().connect() as connection:
        now: datetime = connection.execute(_NOW).scalar_one()
    return now + timedelta(days=days)


def signed_in(secret: str) -> tuple[Actor, Token] | None:
    """Who that is and by which token; None for one unknown, expired, revoked or of another role."""
    if not secret.startswith(PREFIX):
        return None
    with db.engine().connect() as connection:
        row = connection.execute(_FIND, {"digest": _digest(secret)}).one_or_none()
    if row is None:
        return None
    token = _of(row)
    actor = users.named([token.user]).get(token.user)
    return (actor, token) if actor is not None and actor.role.value in token.roles else None


def listing(user: str = "") -> list[Token]:
    """Live tokens, or those of one user."""
    with db.engine().connect() as connection:
        rows = connection.execute(_LIST, {"all": not user, "user": user})
        return [_of(row) for row in rows]


def revoke(ident: str, user: str = "") -> None:
    """End a token, of that user where one is named. Raises UnknownToken."""
    with db.engine().begin() as connection:
        values = {"id": ident, "all": not user, "user": user}
        if connection.execute(_REVOKE, values).scalar_one_or_none() is None:
            raise UnknownToken(ident)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _of(row: Any) -> Token:
    return Token(
        row.id, row.user_name, row.label, tuple(row.worlds), tuple(row.roles), row.expires_at
    )
