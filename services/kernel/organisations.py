"""The register of organisations: what each is, and the place an office serves. For all worlds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, DateTime, Row, Table, Text, func, text

from services.kernel import db, worlds
from workflows.lifecycle.roles import KIND_OF, Actor, Kind

organisation = Table(
    "organisation",
    worlds.metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False, comment="name of a Kind: BANK, FUND .."),
    Column("name", Text, nullable=False, comment="what people call it"),
    Column("region", Text, nullable=False, comment="GB/T 2260 code of the place an office serves"),
    Column("created_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
)

_LIST = text("SELECT id, kind, name, region FROM organisation ORDER BY id")
_FIND = text("SELECT id, kind, name, region FROM organisation WHERE id = :id")
_ADD = text(
    "INSERT INTO organisation (id, kind, name, region) VALUES (:id, :kind, :name, :region)"
    " ON CONFLICT DO NOTHING RETURNING id"
)
# An organisation that is there keeps its name and kind; a place it lacked is filled in.
_FOUND = text(
    "INSERT INTO organisation (id, kind, name, region) VALUES (:id, :kind, :id, :region)"
    " ON CONFLICT (id) DO UPDATE SET region = excluded.region WHERE organisation.region = ''"
)


class UnknownOrganisation(LookupError):
    """No organisation of that id is on file."""


class OrganisationExists(Exception):
    """An organisation of that id is on file already."""


@dataclass(frozen=True, slots=True)
class Organisation:
    """One entry. region: of an office, the division it serves; empty for others."""

    id: str
    kind: Kind
    name: str
    region: str = ""


def listing() -> list[Organisation]:
    """All of them, by id."""
    with db.engine().connect() as connection:
        return [_of(row) for row in connection.execute(_LIST)]


def find(ident: str) -> Organisation:
    """The organisation of that id. Raises UnknownOrganisation."""
    with db.engine().connect() as connection:
        row = connection.execute(_FIND, {"id": ident}).one_or_none()
    if row is None:
        raise UnknownOrganisation(ident)
    return _of(row)


def add(one: Organisation) -> None:
    """Put one on file. Raises OrganisationExists."""
    values = {"id": one.id, "kind": one.kind.name, "name": one.name, "region": one.region}
    with db.engine().begin() as connection:
        if connection.execute(_ADD, values).scalar_one_or_none() is None:
            raise OrganisationExists(one.id)


def found(connection: Connection, actor: Actor) -> None:
    """Put the organisation of a user on file, where it is not there."""
    kind = KIND_OF[actor.role].name
    values = {"id": actor.organisation, "kind": kind, "region": actor.region}
    connection.execute(_FOUND, values)


def _of(row: Row[Any]) -> Organisation:
    return Organisation(row.id, Kind[row.kind], row.name, row.region)
