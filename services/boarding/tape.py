"""Read a tape: one line a loan, CSV in UTF-8, header on line 1. Any error of form refuses it whole.

Says nothing about whether a row makes sense as a loan's life; that is judge.py.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money
from services.boarding.fields import OPTIONAL, READERS, WrongForm
from services.boarding.findings import Finding, FormErrors, shown

HEADER = 1  # the header's line
LAST_MONTH = 9999 * 12 + 11  # December 9999, counted in months

_Reader = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class TapeLine:
    """One loan of the tape. `line`: of the file, header 1; `annual_rate`: a fraction."""

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

    def written(self, line: TapeLine, column: str) -> str:
        """A field as it stands in the file."""
        return shown(line.written[self.columns.index(column)])


@dataclass(frozen=True, slots=True)
class Record:
    """One record as the csv module reads it; `line`: of the file, on which it starts."""

    line: int
    fields: list[str]
    broken: str = ""  # what the csv module says against it


def read_tape(data: bytes) -> Tape | FormErrors:
    """The tape of the file's bytes, or every error of form with its line and field."""
    text = decode(data)
    if isinstance(text, FormErrors):
        return text
    table = records(text)
    if isinstance(table, FormErrors):
        return table
    header, *body = table
    columns = tuple(header.fields)
    errors = [*_broken(header), *header_errors(columns)]
    if not body:
        errors.append(Finding(HEADER, "", "", "no_rows"))
    lines, row_errors = _rows(columns, body)
    errors.extend(sorted((*row_errors, *_twice(columns, body)), key=lambda found: found.line))
    if errors:
        return FormErrors(tuple(errors))
    warnings = (*_unknown_columns(columns), *_blank_rates(columns, lines))
    return Tape(hashlib.sha256(data).hexdigest(), columns, tuple(lines), warnings)


def decode(data: bytes) -> str | FormErrors:
    """The text of a file in UTF-8, or why it is none."""
    if not data.strip():
        return FormErrors((Finding(HEADER, "", "", "empty"),))
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        return FormErrors((Finding(line, "", "", "binary"),))
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return FormErrors(tuple(_undecodable(data)))


def _undecodable(data: bytes) -> Iterator[Finding]:
    for number, line in enumerate(data.split(b"\n"), start=HEADER):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            byte = f"0x{line[error.start]:02x}"
            yield Finding(number, "", byte, "not_utf8", {"byte": byte})


def records(text: str) -> list[Record] | FormErrors:
    """The records of a text, the header first; blank lines are left out."""
    found = [record for record in _records(text) if record.fields or record.broken]
    if found and found[0].line == HEADER:
        return found
    return FormErrors((Finding(HEADER, "", "", "no_header" if found else "empty"),))


def _records(text: str) -> Iterator[Record]:
    """Every record with the file's line on which it starts (a quoted field may hold newlines)."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield Record(line, next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield Record(line, [], str(error))


def _broken(record: Record) -> tuple[Finding, ...]:
    if not record.broken:
        return ()
    return (Finding(record.line, "", "", "broken_csv", {"problem": record.broken}),)


def header_errors(columns: Sequence[str]) -> Iterator[Finding]:
    """Columns that are missing or stand twice."""
    for name in READERS:
        if name not in columns:
            yield Finding(HEADER, name, "", "missing_column")
    for name in dict.fromkeys(columns):
        if columns.count(name) > 1:
            yield Finding(HEADER, shown(name), shown(name), "duplicate_column")


def _rows(columns: tuple[str, ...], body: Sequence[Record]) -> tuple[list[TapeLine], list[Finding]]:
    known = {**READERS, **OPTIONAL}
    readers = [(name, known[name], columns.index(name)) for name in known if name in columns]
    complete = all(name in columns for name in READERS)
    lines: list[TapeLine] = []
    errors: list[Finding] = []
    for record in body:
        if record.broken:
            errors.extend(_broken(record))
        elif len(record.fields) != len(columns):
            errors.append(_wrong_count(record, len(columns)))
        else:
            values, wrong = _values(readers, record)
            errors.extend(wrong)
            if complete and not wrong:
                lines.append(_line(record, values))
                errors.extend(_too_late(lines[-1], record.fields[columns.index("term_months")]))
    return lines, errors


def _values(
    readers: Sequence[tuple[str, _Reader, int]], record: Record
) -> tuple[list[Any], list[Finding]]:
    fields = record.fields
    try:
        return [read(fields[at]) for _, read, at in readers], []
    except WrongForm:
        wrong = [_wrong(record, column) for column in readers]
        return [], [found for found in wrong if found is not None]


def _wrong(record: Record, column: tuple[str, _Reader, int]) -> Finding | None:
    name, read, at = column
    value = record.fields[at]
    try:
        read(value)
    except WrongForm as error:
        return Finding(record.line, name, shown(value), error.code)
    return None


def _line(record: Record, values: list[Any]) -> TapeLine:
    rate = values[len(READERS)] if len(values) > len(READERS) else Decimal(0)
    parts = [record.line, *values[: len(READERS)], rate, tuple(record.fields)]
    return TapeLine(*parts)


def _wrong_count(record: Record, expected: int) -> Finding:
    found = str(len(record.fields))
    facts = {"found": found, "expected": str(expected)}
    return Finding(record.line, "", found, "wrong_number_of_fields", facts)


def _too_late(line: TapeLine, written: str) -> tuple[Finding, ...]:
    months = line.disbursed_on.year * 12 + line.disbursed_on.month - 1 + line.term_months
    if months <= LAST_MONTH:
        return ()
    return (Finding(line.line, "term_months", shown(written), "maturity_out_of_range"),)


def _twice(columns: tuple[str, ...], body: Sequence[Record]) -> Iterator[Finding]:
    if "loan_id" not in columns:
        return
    at = columns.index("loan_id")
    first: dict[str, int] = {}
    for record in body:
        if len(record.fields) != len(columns) or not record.fields[at]:
            continue
        loan_id = record.fields[at]
        seen = first.setdefault(loan_id, record.line)
        if seen != record.line:
            facts = {"first": str(seen), "second": str(record.line)}
            yield Finding(record.line, "loan_id", shown(loan_id), "duplicate_id", facts)


def _unknown_columns(columns: Sequence[str]) -> Iterator[Finding]:
    for name in columns:
        if name not in READERS and name not in OPTIONAL:
            yield Finding(HEADER, shown(name), shown(name), "unknown_column")


def _blank_rates(columns: tuple[str, ...], lines: Sequence[TapeLine]) -> Iterator[Finding]:
    for name in OPTIONAL:
        if name not in columns:
            continue
        at = columns.index(name)
        blank = [line.line for line in lines if not line.written[at]]
        if blank:
            yield Finding(blank[0], name, "", "blank_rate", {"count": str(len(blank))})
