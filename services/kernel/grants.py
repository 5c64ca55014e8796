"""What a user may do beside lending: keep the platform, or teach with it. No role of ZD-2.1."""

from __future__ import annotations

from enum import Enum

from sqlalchemy import Column, DateTime, PrimaryKeyConstraint, Table, Text, TextClause, func, text

from services.kernel import db, worlds


class Grant(Enum):
    """The value is what API and command call it."""

    OPERATOR = "operator"  # keeps organisations, users, grants and everybody's tokens
    INSTRUCTOR = "instructor"  # makes organisations and users for a class


app_grant = Table(
    "app_grant",
    worlds.metadata,
    Column("name", Text, nullable=False, comment="of the user"),
    Column("grant", Text, nullable=False, comment="operator or instructor"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    PrimaryKeyConstraint("name", "grant"),
)

_OF = text('SELECT "grant" FROM app_grant WHERE name = :name')
_ALL = text('SELECT name, "grant" FROM app_grant ORDER BY name, "grant"')
_GIVE = text('INSERT INTO app_grant (name, "grant") VALUES (:name, :grant) ON CONFLICT DO NOTHING')
_TAKE = text('DELETE FROM app_grant WHERE name = :name AND "grant" = :grant')


class NotGranted(Exception):
    """The user lacks a grant that this asks for. grants: any one of these would do."""

    def __init__(self, user: str, grants: tuple[Grant, ...]) -> None:
        self.user, self.grants = user, grants
        super().__init__(" / ".join(grant.value for grant in grants))


def of(user: str) -> frozenset[Grant]:
    """What was granted to a user."""
    with db.engine().connect() as connection:
        return frozenset(map(Grant, connection.execute(_OF, {"name": user}).scalars()))


def has(user: str, grant: Grant) -> bool:
    """Whether it was granted."""
    return grant in of(user)


def everybody() -> dict[str, list[Grant]]:
    """All grants, by user."""
    found: dict[str, list[Grant]] = {}
    with db.engine().connect() as connection:
        for row in connection.execute(_ALL):
            found.setdefault(row.name, []).append(Grant(row.grant))
    return found


def ask(user: str, *grants: Grant) -> None:
    """Raise NotGranted unless the user has one of these."""
    if not of(user) & set(grants):
        raise NotGranted(user, grants)


def give(user: str, grant: Grant) -> None:
    """Grant it; once granted it stays so."""
    _run(_GIVE, user, grant)


def take(user: str, grant: Grant) -> None:
    """Take it back; without effect where it was not granted."""
    _run(_TAKE, user, grant)


def _run(statement: TextClause, user: str, grant: Grant) -> None:
    with db.engine().begin() as connection:
        connection.execute(statement, {"name": user, "grant": grant.value})
