"""Multi-row statements: one array a column, unnested by PostgreSQL. One round trip a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table, TextClause, text
from sqlalchemy.dialects import postgresql

_DIALECT = postgresql.dialect()


def _arrays(table: Table, columns: Sequence[str]) -> str:
    kinds = [table.c[name].type.compile(_DIALECT) for name in columns]
    return ", ".join(
        f"CAST(:{name} AS {kind}[])" for name, kind in zip(columns, kinds, strict=True)
    )


@lru_cache(maxsize=256)
def insert(table: Table, columns: tuple[str, ...], suffix: str = "") -> TextClause:
    """INSERT .. SELECT FROM unnest(..). Parameters: one list a column, all of one length."""
    names = ", ".join(f'"{name}"' for name in columns)
    arrays = _arrays(table, columns)
    return text(f"INSERT INTO {table.name} ({names}) SELECT * FROM unnest({arrays}) {suffix}")


@lru_cache(maxsize=256)
def update(table: Table, columns: tuple[str, ...]) -> TextClause:
    """UPDATE by id where the version is still `expected`; RETURNING id tells which were."""
    changed = ", ".join(f'"{name}" = v."{name}"' for name in columns if name != "id")
    names = ", ".join(f'"{name}"' for name in (*columns, "expected"))
    arrays = f"{_arrays(table, columns)}, CAST(:expected AS integer[])"
    return text(
        f"UPDATE {table.name} t SET {changed} FROM unnest({arrays}) AS v({names})"
        f" WHERE t.id = v.id AND t.version = v.expected RETURNING t.id"
    )


def columnar(rows: Sequence[Sequence[Any]], columns: Sequence[str]) -> dict[str, list[Any]]:
    """Rows turned into one list a column."""
    return {
        name: list(values)
        for name, values in zip(columns, zip(*rows, strict=True), strict=True)
    }


def run_insert(
    connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], suffix: str = ""
) -> None:
    """Insert dict rows of one shape; nothing for none."""
    if not rows:
        return
    columns = tuple(rows[0])
    values = {name: [row[name] for row in rows] for name in columns}
    connection.execute(insert(table, columns, suffix), values)
