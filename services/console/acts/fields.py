"""The fields of a command as a form shows them: label, kind, unit, code list, what it holds so far.

Made from the dataclass; nothing here knows a case or a single act.
"""

from __future__ import annotations

import dataclasses
import typing
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from policies.reading.loader import cases, load
from services.api import bodies, sight
from services.console import persons, words
from services.console.acts.codes import choices
from services.kernel import users
from services.kernel.i18n import catalogue, label
from services.kernel.registry import Noun, Registry
from services.reports import wording
from workflows.lifecycle.roles import ORGANISATION_OF, Actor

MOST_CHOICES = 200
LONG = frozenset(
    {"finding", "reason", "reasons", "cause", "terms", "order", "decision", "ground", "grounds"}
)
# fmt: off
_KINDS: Mapping[Any, str] = {
    Money:           "money",
    Decimal:         "rate",
    date:            "day",
    bool:            "flag",
    int:             "whole",
    tuple[str, ...]: "several",
    str:             "text",
}
# fmt: on


@dataclass(frozen=True, slots=True)
class Choice:
    """One value a field may take, and what it is called."""

    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a form. kind: money, rate, day, flag, whole, several, text, long, choice, checks.

    held: what it holds, as the form writes it; several values where the kind takes several.
    """

    name: str
    label: str
    kind: str
    required: bool
    held: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    fixed: bool = False
    error: str = ""

    @property
    def value(self) -> str:
        """What a field of one value holds."""
        return self.held[0] if self.held else ""


@dataclass(frozen=True, slots=True)
class FormFor:
    """For whom a form is made, about what."""

    connection: Connection
    registry: Registry
    actor: Actor
    lang: str
    noun: Noun
    it: Any = None
    given: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    errors: Mapping[str, str] = dataclasses.field(default_factory=dict)


def fields(command: type[Any], asked: FormFor) -> list[Field]:
    """The command's fields but the id of its target, each with what it may hold."""
    hints = typing.get_type_hints(command)
    return [
        _field(command, one, hints[one.name], asked)
        for one in dataclasses.fields(command)
        if one.name != asked.noun.name
    ]


def _field(command: type[Any], field: dataclasses.Field[Any], hint: Any, asked: FormFor) -> Field:
    core, optional = bodies.core_of(hint)
    kind = _KINDS.get(core, "text")
    named = _choices(command, field.name, asked)
    if named:
        kind = "checks" if kind == "several" else "choice"
    elif kind == "text" and field.name in LONG:
        kind = "long"
    default = None if field.default is dataclasses.MISSING else field.default
    held = asked.given.get(field.name) or _first(field.name, default, asked)
    fixed = ORGANISATION_OF.get(asked.actor.role) == field.name
    if fixed:
        held = (asked.actor.organisation,)
    return Field(
        name=field.name,
        label=wording.field(field.name, asked.lang),
        kind=kind,
        required=not optional and field.default is dataclasses.MISSING and kind != "checks",
        held=held,
        choices=named,
        fixed=fixed,
        error=asked.errors.get(field.name, ""),
    )


def _first(name: str, default: Any, asked: FormFor) -> tuple[str, ...]:
    """What a fresh form holds: the command's default, else what the row says under that name."""
    found = default
    if found is None or found == ():
        found = getattr(asked.it, name, None) or _alike(name, asked.it)
    return written(found)


def _alike(name: str, it: Any) -> Any:
    """The figure of the row that an act most often repeats: the amount asked for, the term."""
    others = {
        "amount": ("approved_amount", "amount", "requested_amount"),
        "term_months": ("requested_months",),
    }
    return next((v for other in others.get(name, ()) if (v := getattr(it, other, None))), None)


def written(value: Any) -> tuple[str, ...]:
    """A value of a command as a form writes it."""
    if value is None or value == "":
        return ()
    if isinstance(value, tuple | list):
        return tuple(str(one) for one in value)
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, Money):
        return (value.grouped,)
    if isinstance(value, Decimal):
        return (f"{(value * 100).normalize():f}",)
    return (value.isoformat() if isinstance(value, date) else str(value),)


def _choices(command: type[Any], name: str, asked: FormFor) -> tuple[Choice, ...]:
    if name == "case":
        return tuple(Choice(case, load(case).title[asked.lang]) for case in cases())
    codes = choices(command.__name__, name)
    if codes:
        return tuple(Choice(code, called(code, asked.lang)) for code in codes)
    if name in persons.FIELDS:
        return tuple(
            Choice(one.user, words.person(one.user, one.role.value, asked.lang))
            for one in users.listing(asked.actor.organisation)
        )
    target = {"assets": "asset", "banks": "bank"}.get(name, name)
    if target in asked.registry.nouns:
        return _rows(asked.registry.nouns[target], asked)
    return ()


def called(code: str, lang: str) -> str:
    """A code in words."""
    return catalogue(lang).get(f"policy.code.{code}", code)


def _rows(noun: Noun, asked: FormFor) -> tuple[Choice, ...]:
    """The rows of that noun the person sees, newest first; by name where they have one."""
    shown = next((one for one in ("name", "title", "number") if one in noun.table.c), "id")
    statement = text(
        f'SELECT t.id, t."{shown}" AS name FROM {noun.table.name} t'
        f" WHERE ({sight.condition(noun, asked.actor)}) ORDER BY t.id DESC LIMIT :most"
    )
    values = {"org": asked.actor.organisation, "most": MOST_CHOICES}
    rows = asked.connection.execute(statement, values)
    return tuple(
        Choice(row.id, row.id if row.name == row.id else f"{row.name} · {row.id}") for row in rows
    )


def titled(noun: str, trigger: str, lang: str) -> str:
    """What the act is called."""
    return label(f"trigger.{noun}.{trigger}", lang)
