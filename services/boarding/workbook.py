"""A workbook (.xlsx) as lines of cells: dates as ISO dates, numbers as plain decimals.

A number keeps the 15 digits a spreadsheet keeps; a formula counts with the value it was saved with.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from services.boarding.findings import Finding, FormErrors, shown
from services.boarding.separated import LOOKED_AT, Record, Score

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
LARGEST = 512 * 1024 * 1024  # bytes of an unpacked workbook
DIGITS = 15


def read_workbook(
    data: bytes, score: Score
) -> tuple[list[Record], tuple[Finding, ...]] | FormErrors:
    """The lines of the one sheet that has a header; or why there is none, or more than one."""
    if data.startswith(OLE):
        return _refused("old_workbook")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
            if sum(one.file_size for one in packed.infolist()) > LARGEST:
                return _refused("workbook_too_large")
        if "xl/workbook.xml" not in names:
            return _refused("no_workbook")
        sheets = {name: list(records) for name, records in _sheets(data)}
    except Exception:
        return _refused("no_workbook")
    found = [name for name, records in sheets.items() if _best(records, score) > 1]
    if len(found) > 1:
        return _refused("many_sheets", {"sheets": "、".join(map(shown, found))})
    filled = [name for name, records in sheets.items() if records]
    if not filled:
        return _refused("empty")
    name = (found or filled)[0]
    return _even(sheets[name]), (Finding(0, "", shown(name), "sheet", {"sheet": shown(name)}),)


def _even(records: Sequence[Record]) -> list[Record]:
    """Blank cells at a line's end are not written in a workbook: every line gets its own."""
    width = max(len(one.fields) for one in records)
    blank = ("",) * width
    return [replace(one, fields=(*one.fields, *blank)[:width]) for one in records]


def _best(records: Sequence[Record], score: Score) -> int:
    return max((score(one.fields) for one in records[:LOOKED_AT]), default=0)


def _sheets(data: bytes) -> Iterator[tuple[str, Iterator[Record]]]:
    """Each sheet twice over: the values, and whether a blank one is a formula never computed."""
    from openpyxl import load_workbook

    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    written = load_workbook(io.BytesIO(data), read_only=True)
    for sheet in values.worksheets:
        formulas = written[sheet.title]
        sheet.reset_dimensions()  # what a file says of its own size may leave rows out
        formulas.reset_dimensions()
        yield sheet.title, _records(sheet.iter_rows(), formulas.iter_rows(values_only=True))


def _records(rows: Iterable[Sequence[Any]], formulas: Iterable[Sequence[Any]]) -> Iterator[Record]:
    for number, (row, written) in enumerate(zip(rows, formulas, strict=True), start=1):
        fields = tuple(_text(cell) for cell in row)
        record = Record(number, fields, _fault(fields, written))
        if record.told or record.broken:
            yield record


def _fault(fields: Sequence[str], written: Sequence[Any]) -> str:
    if any("\n" in field or "\r" in field for field in fields):
        return "line_break"
    for field, formula in zip(fields, written, strict=True):
        if not field and isinstance(formula, str) and formula.startswith("="):
            return "formula_without_value"
    return ""


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number(value, cell.number_format or "")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time.min else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(value: float, shown_as: str) -> str:
    if not math.isfinite(value):
        return str(value)
    exact = Decimal(value) if isinstance(value, int) else Decimal(f"{value:.{DIGITS}g}")
    if abs(value) >= 10**DIGITS:
        return f"{value:.5E}"  # as a spreadsheet shows it: its last digits are lost
    if shown_as.rstrip().endswith("%"):
        return f"{(exact * 100).normalize():f}%"
    return f"{exact:f}"


def _refused(code: str, facts: dict[str, str] | None = None) -> FormErrors:
    return FormErrors((Finding(1 if code == "empty" else 0, "", "", code, facts or {}),))
