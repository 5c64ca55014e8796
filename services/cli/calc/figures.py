"""How `zhidai calc` shows figures to people: a table, CSV or JSON; the same figures in each."""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Annotated, Any

import typer

from services.cli.calc.cases import print_json
from services.kernel.i18n import text
from services.kernel.problems import Unusable

AsJson = Annotated[bool, typer.Option("--json", help="JSON")]
AsCsv = Annotated[bool, typer.Option("--csv", help="CSV")]
Row = Mapping[str, Any]
_AMOUNT = re.compile(r"[0-9]+(\.[0-9]+)?")


class Format(Enum):
    """What the figures are written as."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def form_of(*, as_json: bool, as_csv: bool) -> Format:
    """The form asked for. Raises Unusable when both are."""
    if as_json and as_csv:
        raise Unusable("calc.flags.one_form")
    if as_json:
        return Format.JSON
    return Format.CSV if as_csv else Format.TABLE


def needed(given: Mapping[str, Any], names: Sequence[str]) -> None:
    """Raise Unusable with the flags that are missing."""
    missing = [f"--{name.replace('_', '-')}" for name in names if given.get(name) is None]
    if missing:
        raise Unusable("calc.flags.missing", {"flags": ", ".join(missing)})


def show(rows: Sequence[Row], form: Format) -> None:
    """One row or several of the same fields; a table has their names in the reader's language."""
    if form is Format.JSON:
        print_json(rows[0] if len(rows) == 1 else list(rows))
    elif form is Format.CSV:
        _print_csv(rows)
    else:
        _print_table(rows)


def _print_csv(rows: Sequence[Row]) -> None:
    writer = csv.DictWriter(sys.stdout, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)


def _print_table(rows: Sequence[Row]) -> None:
    from rich.console import Console  # late: JSON answers start without it
    from rich.table import Table

    table = Table()
    for name in rows[0]:
        table.add_column(text(f"calc.column.{name}"), justify="right")
    for row in rows:
        table.add_row(*(_grouped(value) for value in row.values()))
    Console().print(table)


def _grouped(value: Any) -> str:
    """An amount with thousands separators, anything else as it is."""
    told = str(value)
    whole, point, part = told.partition(".")
    return f"{int(whole):,}{point}{part}" if _AMOUNT.fullmatch(told) else told
