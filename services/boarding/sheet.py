"""The one reader of tapes: a file's bytes as rows under our columns, in yuan, months and per cent.

What is beyond doubt is read and told; what is not is refused with what was found. Says nothing
about what may stand in a field: that is fields.py.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from services.boarding import columns
from services.boarding.columns import AMOUNTS, MONEY, RATE, TERM, Heading
from services.boarding.encoding import decode
from services.boarding.fields import READERS, STATUS_WORDS
from services.boarding.findings import Finding, FormErrors, shown
from services.boarding.separated import LOOKED_AT, Record, split
from services.boarding.workbook import OLE, ZIP, read_workbook

PLAUSIBLE_DIGITS = 9  # of yuan: ten or more make one loan a thousand million


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One line below the header. fields: in our units; written: as in the file."""

    line: int
    fields: tuple[str, ...]
    written: tuple[str, ...]
    fault: Finding | None = None  # why the line as a whole cannot be read


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file with a header. `header`: its line; `read`: how the file was taken, to be told."""

    digest: str
    header: int
    columns: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    read: tuple[Finding, ...]
    unknown: tuple[Finding, ...]


def read_sheet(data: bytes) -> Sheet | FormErrors:
    """The rows of a file: CSV, other separated text or a workbook. FormErrors where it is none."""
    found = _records(data)
    if isinstance(found, FormErrors):
        return found
    records, notes = found
    at = _header_at(records)
    if at is None:
        return FormErrors((_no_header(records),))
    titles, header, body = records[:at], records[at], records[at + 1 :]
    if header.broken:
        return FormErrors((Finding(header.line, "", "", header.broken),))
    names = [columns.column(field) for field in _trimmed(header.fields)]
    names, body = _with_units_row(names, body)
    taken, faults = _in_units(names, titles, body, header.line)
    faults = [*header_errors(names, header.line), *faults, *_implausible(taken, body)]
    if faults:
        return FormErrors(tuple(faults))
    told = (*_titles(titles), *_names(names, header.line), *_units_told(taken, header.line))
    return Sheet(
        digest=hashlib.sha256(data).hexdigest(),
        header=header.line,
        columns=tuple(one.name for one in names),
        rows=tuple(_row(record, taken, header) for record in body),
        read=(*notes, *told),
        unknown=tuple(_unknown(names, header.line)),
    )


def _records(data: bytes) -> tuple[list[Record], tuple[Finding, ...]] | FormErrors:
    if data.startswith((ZIP, OLE)):
        return read_workbook(data, columns.score)
    text = decode(data)
    if isinstance(text, FormErrors):
        return text
    records, notes = split(text[0], columns.score)
    return records, (*text[1], *notes)


def _header_at(records: Sequence[Record]) -> int | None:
    """The line among the first that names most columns; None where none names two."""
    scores = [columns.score(record.fields) for record in records[:LOOKED_AT]]
    best = max(scores, default=0)
    return scores.index(best) if best > 1 else None


def _no_header(records: Sequence[Record]) -> Finding:
    if not records:
        return Finding(1, "", "", "empty")
    first = records[0]
    if first.broken:
        return Finding(first.line, "", "", first.broken)
    found = shown("、".join(field.strip() for field in first.told))
    return Finding(first.line, "", found, "no_header", {"found": found, "lines": str(LOOKED_AT)})


def _trimmed(fields: tuple[str, ...]) -> tuple[str, ...]:
    """Without the blank cells at the end that a spreadsheet leaves."""
    last = max((n for n, field in enumerate(fields, 1) if field.strip()), default=0)
    return fields[:last]


def header_errors(names: Sequence[Heading], line: int) -> Iterator[Finding]:
    """Columns that are missing or stand twice."""
    found = [one.name for one in names]
    for name in READERS:
        if name not in found:
            yield Finding(line, name, "", "missing_column")
    for name in dict.fromkeys(found):
        if found.count(name) > 1:
            twice = "、".join(shown(one.written) for one in names if one.name == name)
            yield Finding(line, shown(name), twice, "duplicate_column", {"found": twice})


def _with_units_row(names: list[Heading], body: list[Record]) -> tuple[list[Heading], list[Record]]:
    """A line of units below the header belongs to the header."""
    first = body[0].fields if body else ()
    units = [columns.unit_alone(field) for field in first]
    if not any(units) or len(body[0].told) != sum(map(bool, units)):
        return names, body
    units += [""] * (len(names) - len(units))
    told = [
        dataclasses.replace(one, unit=one.unit or unit)
        for one, unit in zip(names, units, strict=False)
    ]
    return told, body[1:]


def _in_units(
    names: Sequence[Heading], titles: Sequence[Record], body: Sequence[Record], line: int
) -> tuple[list[tuple[Heading, int]], list[Finding]]:
    """Each column with its factor; and what is wrong with the units named."""
    faults = []
    general, fault = _general_unit(titles, body)
    if fault is not None:
        faults.append(fault)
    amounts = [one for one in names if one.name in AMOUNTS]
    if not general and len({bool(one.unit) for one in amounts}) > 1:
        faults.append(_mixed(amounts, line))
    taken = []
    for one in names:
        unit = one.unit or (general if one.name in AMOUNTS else "")
        one = dataclasses.replace(one, unit=unit)
        if one.factor is None or (general and one.name in AMOUNTS and unit != general):
            code = "unknown_unit" if one.factor is None else "units_differ"
            facts = {"column": shown(one.written), "unit": shown(unit), "title": general}
            faults.append(Finding(line, one.name, shown(unit), code, facts))
        elif not one.says_unit and one.name in (TERM, RATE) and not _all_per_cent(one, names, body):
            facts = {"column": shown(one.written)}
            faults.append(Finding(line, one.name, shown(one.written), "unit_needed", facts))
        taken.append((one, one.factor or 1))
    return taken, faults


def _units_told(taken: Sequence[tuple[Heading, int]], line: int) -> Iterator[Finding]:
    """One note a unit, with all columns that are in it."""
    for factor in dict.fromkeys(factor for _, factor in taken if factor != 1):
        of_it = [one for one, own in taken if own == factor]
        named = "、".join(shown(one.written) for one in of_it)
        facts = {"column": named, "unit": of_it[0].unit, "factor": f"{factor:,}"}
        yield Finding(line, of_it[0].name, of_it[0].unit, "unit", facts)


def _implausible(taken: Sequence[tuple[Heading, int]], body: Sequence[Record]) -> Iterator[Finding]:
    """An amount that its unit makes absurd was written in another: the first of each column."""
    for at, (one, factor) in enumerate(taken):
        if one.name not in AMOUNTS or factor == 1:
            continue
        for record in body:
            field = record.fields[at] if len(record.fields) > at else ""
            amount = columns.scaled(field, factor)
            if len(amount.partition(".")[0].lstrip("0")) > PLAUSIBLE_DIGITS and amount != field:
                facts = {"unit": one.unit, "value": shown(field)}
                yield Finding(record.line, one.name, shown(field), "unit_implausible", facts)
                break


def _general_unit(titles: Sequence[Record], body: Sequence[Record]) -> tuple[str, Finding | None]:
    """The unit of money in the title; and what is wrong with it, or with one named in a note."""
    found = [(record.line, unit) for record in titles for unit in _units_of(record)]
    notes = [(record.line, unit) for record in body if len(record.told) == 1
             for unit in _units_of(record)]  # fmt: skip
    foreign = [(line, unit) for line, unit in (*found, *notes) if unit not in MONEY]
    if foreign:
        line, unit = foreign[0]
        return "", Finding(line, "", unit, "foreign_unit", {"unit": unit})
    units = list(dict.fromkeys(unit for _, unit in found))
    if len(units) > 1:
        facts = {"units": "、".join(units)}
        return units[0], Finding(found[0][0], "", "、".join(units), "units_of_title", facts)
    general = units[0] if units else ""
    for line, unit in notes:
        if unit != (general or "元"):
            return general, Finding(line, "", unit, "unit_in_note", {"unit": unit})
    return general, None


def _units_of(record: Record) -> tuple[str, ...]:
    return columns.money_units(" ".join(record.told))


def _mixed(amounts: Sequence[Heading], line: int) -> Finding:
    facts = {
        "with": "、".join(shown(one.written) for one in amounts if one.unit),
        "without": "、".join(shown(one.written) for one in amounts if not one.unit),
    }
    return Finding(line, "", facts["with"], "unit_of_some", facts)


def _all_per_cent(one: Heading, names: Sequence[Heading], body: Sequence[Record]) -> bool:
    """A rate whose every cell has its own sign of per cent needs none in the header."""
    at = [other.name for other in names].index(one.name)
    cells = [record.fields[at].strip() for record in body if len(record.fields) > at]
    return one.name == RATE and all(cell.endswith("%") for cell in cells if cell)


def _titles(titles: Sequence[Record]) -> Iterator[Finding]:
    if titles:
        lines = "、".join(str(record.line) for record in titles)
        yield Finding(titles[0].line, "", lines, "title", {"lines": lines})


def _names(names: Sequence[Heading], line: int) -> Iterator[Finding]:
    """Columns that were found by another name than ours."""
    other = [one for one in names if one.known and one.written != one.name]
    if other:
        found = "、".join(f"{shown(one.written.strip())} = {one.name}" for one in other)
        yield Finding(line, "", "", "names", {"names": found})


def _unknown(names: Sequence[Heading], line: int) -> Iterator[Finding]:
    for one in names:
        if not one.known:
            yield Finding(line, shown(one.name), shown(one.name), "unknown_column")


def _row(record: Record, taken: Sequence[tuple[Heading, int]], header: Record) -> SheetRow:
    fields = record.fields
    surplus = fields[len(taken) :]
    if surplus and not any(cell.strip() for cell in surplus):
        fields = fields[: len(taken)]
    fault = _fault(record, fields, len(taken), header)
    if fault is not None:
        return SheetRow(record.line, (), record.fields, fault)
    read = tuple(
        _cell(column, field, factor) for (column, factor), field in zip(taken, fields, strict=True)
    )
    return SheetRow(record.line, read, fields)


def _fault(record: Record, fields: Sequence[str], width: int, header: Record) -> Finding | None:
    if record.broken:
        return Finding(record.line, "", "", record.broken)
    if len(fields) != width:
        facts = {"found": str(len(fields)), "expected": str(width)}
        return Finding(record.line, "", facts["found"], "wrong_number_of_fields", facts)
    if tuple(fields) == header.fields[:width]:
        return Finding(record.line, "", "", "header_again")
    return None


def _cell(column: Heading, field: str, factor: int) -> str:
    """A field in our unit and, for a status, in our word."""
    if column.name == "status":
        return STATUS_WORDS.get(field, field)
    if column.name == RATE:
        return field.removesuffix("%")
    return columns.scaled(field, factor)
