"""Read a tape for boarding: one line a loan. Any error of form refuses the file whole.

Says nothing about whether a row makes sense as a loan's life; that is judge.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money
from services.boarding.fields import OPTIONAL, READERS, WrongForm
from services.boarding.findings import Finding, FormErrors, shown
from services.boarding.sheet import Sheet, SheetRow, read_sheet

LAST_MONTH = 9999 * 12 + 11  # December 9999, counted in months

_Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class TapeLine:
    """One loan of the tape. `line`: of the file, counted from 1; `annual_rate`: a fraction."""

    line: int
    loan_id: str
    state: str
    industry: str
    approved_on: date | None
    disbursed_on: date
    term_months: int
    employees: int | None
    amount_approved: Money
    amount_guaranteed: Money | None
    amount_disbursed: Money
    status: str
    charged_off_on: date | None
    charged_off_principal: Money
    annual_rate: Decimal
    written: tuple[str, ...]  # the row as it stands in the file, in the file's order of columns


@dataclass(frozen=True, slots=True)
class Tape:
    """A well-formed tape. `digest`: SHA-256 of the file in hex."""

    digest: str
    columns: tuple[str, ...]
    lines: tuple[TapeLine, ...]
    warnings: tuple[Finding, ...]
    read: tuple[Finding, ...] = ()  # how the file was taken

    def written(self, line: TapeLine, column: str) -> str:
        """A field as it stands in the file."""
        return shown(line.written[self.columns.index(column)])


def read_tape(data: bytes) -> Tape | FormErrors:
    """The tape of the file's bytes, or every error of form with its line and field."""
    sheet = read_sheet(data)
    if isinstance(sheet, FormErrors):
        return sheet
    errors = [] if sheet.rows else [Finding(sheet.header, "", "", "no_rows")]
    lines, row_errors = _rows(sheet)
    errors.extend(sorted((*row_errors, *_twice(sheet)), key=lambda found: found.line))
    if errors:
        return FormErrors(tuple(errors))
    warnings = (*sheet.unknown, *_blank_rates(sheet, lines))
    return Tape(sheet.digest, sheet.columns, tuple(lines), warnings, sheet.read)


def _rows(sheet: Sheet) -> tuple[list[TapeLine], list[Finding]]:
    known = {**READERS, **OPTIONAL}
    columns = sheet.columns
    readers = [(name, known[name], columns.index(name)) for name in known if name in columns]
    lines: list[TapeLine] = []
    errors: list[Finding] = []
    for row in sheet.rows:
        if row.fault is not None:
            errors.append(row.fault)
            continue
        values, wrong = _values(readers, row)
        errors.extend(wrong)
        if not wrong:
            lines.append(_line(row, values))
            errors.extend(_too_late(lines[-1], row.written[columns.index("term_months")]))
    return lines, errors


def _values(
    readers: Sequence[tuple[str, _Reader, int]], row: SheetRow
) -> tuple[list[Any], list[Finding]]:
    try:
        return [read(row.fields[at]) for _, read, at in readers], []
    except WrongForm:
        wrong = [_wrong(row, column) for column in readers]
        return [], [found for found in wrong if found is not None]


def _wrong(row: SheetRow, column: tuple[str, _Reader, int]) -> Finding | None:
    name, read, at = column
    try:
        read(row.fields[at])
    except WrongForm as error:
        return Finding(row.line, name, shown(row.written[at]), error.code)
    return None


def _line(row: SheetRow, values: list[Any]) -> TapeLine:
    rate = values[len(READERS)] if len(values) > len(READERS) else Decimal(0)
    parts = [row.line, *values[: len(READERS)], rate, row.written]
    return TapeLine(*parts)


def _too_late(line: TapeLine, written: str) -> tuple[Finding, ...]:
    months = line.disbursed_on.year * 12 + line.disbursed_on.month - 1 + line.term_months
    if months <= LAST_MONTH:
        return ()
    return (Finding(line.line, "term_months", shown(written), "maturity_out_of_range"),)


def _twice(sheet: Sheet) -> Iterator[Finding]:
    at = sheet.columns.index("loan_id")
    first: dict[str, int] = {}
    for row in sheet.rows:
        if row.fault is not None or not row.fields[at]:
            continue
        loan_id = row.fields[at]
        seen = first.setdefault(loan_id, row.line)
        if seen != row.line:
            facts = {"first": str(seen), "second": str(row.line)}
            yield Finding(row.line, "loan_id", shown(loan_id), "duplicate_id", facts)


def _blank_rates(sheet: Sheet, lines: Sequence[TapeLine]) -> Iterator[Finding]:
    for name in OPTIONAL:
        if name not in sheet.columns:
            continue
        at = sheet.columns.index(name)
        blank = [line.line for line in lines if not line.written[at]]
        if blank:
            yield Finding(blank[0], name, "", "blank_rate", {"count": str(len(blank))})
