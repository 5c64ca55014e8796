"""A noun's record to table columns and back, compiled once a noun from its annotations.

Money is kept as fen in a bigint, tuples and dicts as jsonb, all else as it is.
"""

from __future__ import annotations

import dataclasses
import types
import typing
from collections.abc import Callable, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, TextClause, text

from policies.money import Money
from services.kernel import bulk, codec
from services.kernel.registry import Noun

Convert = Callable[[Any], Any]


@dataclasses.dataclass(slots=True)
class Stored:
    """A record as kept: with the sequence number and the hash of its stream's last event."""

    record: Any
    version: int
    chain: bytes


def _money_in(value: Any) -> Any:
    return None if value is None else Money(value)


def _money_out(value: Any) -> Any:
    return None if value is None else value.fen


def _tuple_in(value: Any) -> Any:
    return None if value is None else tuple(value)


def _typed(annotation: Any) -> Convert:
    """Plain data as that type has it: a dataclass, or a tuple of them."""
    return lambda value: None if value is None else codec.of_plain(annotation, value)


def _json_out(value: Any) -> Any:
    return None if value is None else codec.encode(value)


def _core(annotation: Any) -> Any:
    """The annotation without `| None`."""
    if typing.get_origin(annotation) in (types.UnionType, typing.Union):
        return next(part for part in typing.get_args(annotation) if part is not type(None))
    return annotation


def _converters(annotation: Any) -> tuple[Convert | None, Convert | None]:
    core = _core(annotation)
    origin = typing.get_origin(core) or core
    if core is Money:
        return _money_in, _money_out
    if dataclasses.is_dataclass(core) or any(map(dataclasses.is_dataclass, typing.get_args(core))):
        return _typed(core), _json_out
    if origin is tuple:
        return _tuple_in, _json_out
    if origin is dict:
        return None, _json_out
    return None, None


@dataclasses.dataclass(frozen=True)
class Mapper:
    """How one noun's records are read and written."""

    noun: Noun
    fields: tuple[str, ...]
    into: tuple[Convert | None, ...]
    out: tuple[Convert | None, ...]
    values: Callable[[Any], tuple[Any, ...]]

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names written: the record's fields, then version and chain."""
        return (*self.fields, "version", "chain")

    def select(self, *, lock: bool) -> TextClause:
        """Rows by a list of ids, in the order of ids so that locks are taken in one order."""
        names = ", ".join(f'"{name}"' for name in self.columns)
        tail = " FOR UPDATE" if lock else ""
        return text(
            f"SELECT {names} FROM {self.noun.table.name}"
            f" WHERE id = ANY(CAST(:ids AS text[])) ORDER BY id{tail}"
        )

    def load(self, connection: Connection, ids: Sequence[str], *, lock: bool) -> list[Stored]:
        """The rows of those ids that exist."""
        found = connection.execute(self.select(lock=lock), {"ids": sorted(set(ids))})
        return [self.stored(row) for row in found]

    def stored(self, row: Sequence[Any]) -> Stored:
        """One row as read, as a record."""
        values = [
            value if convert is None else convert(value)
            for value, convert in zip(row, self.into, strict=False)
        ]
        record = self.noun.lifecycle.record(*values)  # columns are read in the order of fields
        return Stored(record, row[-2], bytes(row[-1]))

    def arrays(self, rows: Sequence[Stored]) -> dict[str, Sequence[Any]]:
        """The values of each column, in the order of `columns`."""
        columns = zip(*[self.values(row.record) for row in rows], strict=True)
        values: dict[str, Sequence[Any]] = {
            name: column if convert is None else [convert(value) for value in column]
            for name, convert, column in zip(self.fields, self.out, columns, strict=True)
        }
        values["version"] = [row.version for row in rows]
        values["chain"] = [row.chain for row in rows]
        return values

    def write(self, connection: Connection, rows: Sequence[tuple[Stored, int]]) -> set[str]:
        """Insert (expected version 0) or update; returns the ids written."""
        fresh = [stored for stored, expected in rows if expected == 0]
        changed = [(stored, expected) for stored, expected in rows if expected > 0]
        written: set[str] = set()
        if fresh:
            rows_in = zip(*self.arrays(fresh).values(), strict=True)
            bulk.copy_in(connection, self.noun.table, self.columns, rows_in)
            written.update(stored.record.id for stored in fresh)
        if changed:
            columns = self.arrays([stored for stored, _ in changed])
            values = bulk.parameters(self.noun.table, columns)
            values["expected"] = bulk.numbers([expected for _, expected in changed])
            statement = bulk.update(self.noun.table, self.columns)
            written.update(connection.execute(statement, values).scalars())
        return written


@lru_cache(maxsize=64)
def mapper(noun: Noun) -> Mapper:
    """The mapper of a noun."""
    record = noun.lifecycle.record
    hints = typing.get_type_hints(record)
    fields = tuple(field.name for field in dataclasses.fields(record))
    pairs = [_converters(hints[field]) for field in fields]
    into, out = tuple(p[0] for p in pairs), tuple(p[1] for p in pairs)
    return Mapper(noun, fields, into, out, attrgetter(*fields))
