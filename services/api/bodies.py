"""Pydantic models made from the dataclasses of commands and records: never written twice."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from policies.money import Money
from policies.reading.loader import cases
from services.api import wire
from services.kernel.i18n import catalogue
from services.kernel.registry import Noun
from services.sandbox.library import sample_case

# fmt: off
_TYPES: Mapping[Any, Any] = {
    Money:           wire.Amount,
    Decimal:         wire.Rate,
    date:            wire.Day,
    str:             wire.Words,
    bool:            wire.Flag,
    int:             wire.Whole,
    tuple[str, ...]: wire.Several,
}
_EXAMPLES: Mapping[Any, Any] = {
    Money:           "1000000.00",
    Decimal:         "0.0360",
    date:            "2025-08-14",
    str:             "A-0001",
    bool:            True,
    int:             12,
    tuple[str, ...]: ["A-0001"],
}
# fmt: on


def body(command: type[Any], noun: str, *, with_id: bool = False) -> type[BaseModel]:
    """The command's fields without the id of its target; or with it, as `id`, for a collection."""
    hints = typing.get_type_hints(command)
    fields: dict[str, Any] = {}
    if with_id:
        about = f"The new {noun}'s id; it stays for good."
        fields["id"] = (wire.NewId, Field(description=about, examples=["A-0001"]))
    for field in dataclasses.fields(command):
        if field.name != noun:
            fields[field.name] = _field(field, hints[field.name])
    name = f"New{command.__name__}" if with_id else command.__name__
    config = ConfigDict(extra="forbid", arbitrary_types_allowed=True)
    return create_model(name, __config__=config, __doc__=command.__doc__, **fields)


def command_of(kind: type[Any], noun: str, ident: str, given: BaseModel) -> Any:
    """The command that a validated body and the id of its target make."""
    names = (field.name for field in dataclasses.fields(kind) if field.name != noun)
    return kind(**{noun: ident}, **{name: getattr(given, name) for name in names})


def answer(noun: Noun) -> type[BaseModel]:
    """The record's fields as they are answered, with the version of the row."""
    record = noun.lifecycle.record
    hints = typing.get_type_hints(record)
    fields: dict[str, Any] = {}
    for field in dataclasses.fields(record):
        about = noun.table.c[field.name].comment
        fields[field.name] = (_type(field.name, hints[field.name]), Field(description=about))
    states = tuple(state.name for state in noun.lifecycle.states)
    fields["state"] = (Literal[states], Field(description="Where it stands in its lifecycle"))
    fields["version"] = (int, Field(description="Number of the row's last event; also its ETag"))
    about = "Fields whose day a calendar gave that is not published yet"
    fields["calendar_assumed"] = (list[str], Field(description=about))
    config = ConfigDict(arbitrary_types_allowed=True)
    return create_model(record.__name__, __config__=config, **fields)


def _field(field: dataclasses.Field[Any], hint: Any) -> tuple[Any, Any]:
    core, _ = core_of(hint)
    about = catalogue("en").get(f"field.{field.name}", field.name.replace("_", " "))
    more: dict[str, Any] = {"description": about, "examples": [_EXAMPLES[core]]}
    if field.name == "case":
        more["examples"] = [sample_case()]
    if field.default is not dataclasses.MISSING:
        more |= {"default": wire.shown(field.default), "validate_default": True}
    return _type(field.name, hint), Field(**more)


def _type(name: str, hint: Any) -> Any:
    core, optional = core_of(hint)
    plain = list[dict[str, Any]] if typing.get_origin(core) is tuple else dict[str, Any]
    kind = _TYPES.get(core, plain)
    if core is int and name.endswith("months"):
        kind = wire.Months
    if name == "case":
        kind = Literal[cases()]
    return kind | None if optional else kind


def core_of(hint: Any) -> tuple[Any, bool]:
    """The type without `| None`, and whether None was among them."""
    if typing.get_origin(hint) not in (types.UnionType, typing.Union):
        return hint, False
    parts = [part for part in typing.get_args(hint) if part is not type(None)]
    return parts[0], True
