"""Columns derived from a record's annotations: money in fen, rates as numeric, lists as jsonb."""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Integer,
    Numeric,
    Table,
    Text,
)
from sqlalchemy.dialects.postgresql import JSONB

from policies.money import Money
from services.kernel.states import quoted
from services.kernel.tables import aggregate_columns, metadata

# fmt: off
_TYPES: Mapping[Any, Any] = {
    str:     Text,        # text, a code or another row's id; empty for none
    Money:   BigInteger,  # fen
    int:     Integer,
    Decimal: Numeric,     # a rate or share, kept as the exact decimal
    date:    Date,
    bool:    Boolean,
}
# fmt: on
_EVERY_NOUN = ("id", "state")


def noun_table(
    name: str, record: type[Any], states: type[Enum], about: Mapping[str, str], *more: Any
) -> Table:
    """The table of a noun: a column a field of its record, its states checked.

    about: what a column holds, with its unit, where its name does not say so; more: further
    constraints and indexes. A field that may be None is null; a tuple is jsonb.
    """
    fields = {field.name for field in dataclasses.fields(record)}
    if strays := set(about) - fields:
        raise ValueError(f"{record.__name__} has no {', '.join(sorted(strays))}")
    return Table(
        name,
        metadata,
        *aggregate_columns(),
        *record_columns(record, about),
        CheckConstraint(f"state IN ({quoted(states)})", name="state"),
        *more,
    )


def record_columns(record: type[Any], about: Mapping[str, str]) -> list[Column[Any]]:
    """A column for each field of the record but those that every noun has."""
    hints = typing.get_type_hints(record)
    return [
        _column(field.name, hints[field.name], about.get(field.name))
        for field in dataclasses.fields(record)
        if field.name not in _EVERY_NOUN
    ]


def _column(name: str, hint: Any, about: str | None) -> Column[Any]:
    optional = typing.get_origin(hint) in (types.UnionType, typing.Union)
    kinds = [kind for kind in typing.get_args(hint) if kind is not type(None)]
    kind = kinds[0] if optional else hint
    return Column(name, _TYPES.get(kind, JSONB), nullable=optional, comment=about)
