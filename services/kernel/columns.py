"""Columns as nouns' tables use them: money in fen, rates as numeric, lists as jsonb."""

from __future__ import annotations

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

from services.kernel.tables import aggregate_columns, metadata


def money(name: str, comment: str) -> Column[Any]:
    """An amount; `comment` says which, the unit is added."""
    return Column(name, BigInteger, nullable=False, comment=f"{comment}, fen")


def rate(name: str, comment: str) -> Column[Any]:
    """A rate or share, kept as the exact decimal."""
    return Column(name, Numeric, nullable=False, comment=f"{comment}, fraction")


def words(name: str, comment: str = "") -> Column[Any]:
    """Text, a code or another row's id; empty for none."""
    return Column(name, Text, nullable=False, comment=comment or None)


def words_or_none(name: str, comment: str = "") -> Column[Any]:
    """Text, a code or another row's id; null for none."""
    return Column(name, Text, nullable=True, comment=comment or None)


def whole(name: str, comment: str) -> Column[Any]:
    """A whole number; `comment` says of what."""
    return Column(name, Integer, nullable=False, comment=comment)


def flag(name: str, comment: str) -> Column[Any]:
    """True or false."""
    return Column(name, Boolean, nullable=False, comment=comment)


def day(name: str, comment: str) -> Column[Any]:
    """A business day that is always known."""
    return Column(name, Date, nullable=False, comment=comment)


def day_or_none(name: str, comment: str) -> Column[Any]:
    """A business day; null when it has not come."""
    return Column(name, Date, nullable=True, comment=comment)


def several(name: str, comment: str) -> Column[Any]:
    """A list of codes or ids."""
    return Column(name, JSONB, nullable=False, comment=comment)


def noun_table(name: str, states: type[Enum], *columns: Any) -> Table:
    """The table of a noun: what every noun has, its own columns, its states checked.

    Further constraints and indexes are given with the columns.
    """
    allowed = ", ".join(f"'{state.name}'" for state in states)
    return Table(
        name,
        metadata,
        *aggregate_columns(),
        *columns,
        CheckConstraint(f"state IN ({allowed})", name="state"),
    )
