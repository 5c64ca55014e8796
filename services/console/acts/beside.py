"""What a person looks at while they write or confirm an act: facts of the rows it turns on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from services.api import wire
from services.console import persons
from services.console.acts import layout
from services.console.rows.nouns import called
from services.console.seats.who import Seated
from services.kernel.i18n import label
from services.kernel.mapper import mapper
from services.kernel.registry import Noun, Registry
from services.reports import wording

AROUND = ("loan", "application", "pledge", "product", "filing", "claim", "fund")


def beside(
    connection: Connection, seat: Seated, command: type[Any], *, noun: Noun, it: Any
) -> list[tuple[str, str]]:
    """Label and value of each; empty for an act that stands by itself, or whose row is not yet."""
    if it is None:
        return []
    registry, lang = seat.visit.registry, seat.shell.lang
    rows = {noun.name: it}
    for name in AROUND:
        ident = next((v for one in rows.values() if (v := getattr(one, name, ""))), "")
        if ident and name not in rows and isinstance(ident, str):
            stored = mapper(registry.nouns[name]).load(connection, [ident], lock=False)
            rows.update((name, one.record) for one in stored)
    return [
        (
            f"{label(f'noun.{of}', lang)} · {wording.field(name, lang)}",
            _said(connection, registry, of, name, value, lang),
        )
        for of, name, value in layout.beside(command, rows)
    ]


def _said(
    connection: Connection, registry: Registry, noun: str, name: str, value: Any, lang: str
) -> str:
    if name == "state":
        return label(f"state.{noun}.{value}", lang)
    if name in registry.nouns:
        return called(connection, name, value) or str(value)
    shown = wire.shown(value)
    shown = list(shown) if isinstance(shown, tuple) else shown
    return wording.fact(name, persons.one(name, shown, lang), lang)
