"""Nouns by the name of their collection, and what their rows are called on a page."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from services.api.acts import plural
from services.kernel.i18n import label
from services.kernel.registry import Noun, Registry

_NAMES = ("name", "title")
_OWNERS = ("enterprise", "bank", "fund")


class UnknownNoun(LookupError):
    """No collection of that name."""


def noun_of(registry: Registry, nouns: str) -> Noun:
    """The noun whose collection that is. Raises UnknownNoun."""
    for noun in registry.nouns.values():
        if plural(noun.name) == nouns:
            return noun
    raise UnknownNoun(nouns[:40])


def called_row(connection: Connection, noun: Noun, it: Any, lang: str) -> str:
    """A row as people call it: its name, or its noun and whose it is."""
    own = next((found for name in _NAMES if (found := getattr(it, name, ""))), "")
    if own:
        return str(own)
    owner = called(connection, "enterprise", getattr(it, "enterprise", ""))
    return f"{owner} · {label(f'noun.{noun.name}', lang)} {it.id}" if owner else str(it.id)


def called(connection: Connection, noun: str, ident: str) -> str:
    """The name of an organisation's row, "" for none."""
    if not ident or noun not in _OWNERS:
        return ""
    statement = text(f"SELECT name FROM {noun} WHERE id = :id")
    found: str | None = connection.execute(statement, {"id": ident}).scalar_one_or_none()
    return found or ident


def names(connection: Connection, noun: str, idents: set[str]) -> dict[str, str]:
    """Names of rows by id, one statement; nouns without a name give none."""
    if not idents or noun not in (*_OWNERS, "product"):
        return {}
    statement = text(f"SELECT id, name FROM {noun} WHERE id = ANY(CAST(:ids AS text[]))")
    rows = connection.execute(statement, {"ids": sorted(idents)})
    return {row.id: row.name for row in rows}
