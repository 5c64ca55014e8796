"""Separated text as lines of cells. One line of the file is one record: no cell holds a line break.

So a quotation mark that is not closed spoils its own line and no other.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from services.boarding.findings import Finding, shown

LOOKED_AT = 20  # lines from the top among which a header may stand
SEPARATORS = (",", ";", "\t", "|")
_LINE_END = re.compile(r"\r\n|\n|\r")
_DECLARED = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
_AS_TEXT = re.compile(r'="([^"]*)"')  # a spreadsheet's way to keep a number as it was typed

Score = Callable[[Sequence[str]], int]
"""How many of a line's cells name a column."""


@dataclass(frozen=True, slots=True)
class Record:
    """One line's cells as written. `line`: of the file; `broken`: the code of what spoils it."""

    line: int
    fields: tuple[str, ...]
    broken: str = ""

    @property
    def told(self) -> tuple[str, ...]:
        """The cells that say something."""
        return tuple(field for field in self.fields if field.strip())


def split(text: str, score: Score) -> tuple[list[Record], tuple[Finding, ...]]:
    """All lines that are not blank, cut at the separator under which a header shows best."""
    lines = list(enumerate(_LINE_END.split(text), start=1))
    lines = [(number, line) for number, line in lines if line.strip()]
    declared = _DECLARED.match(lines[0][1]) if lines else None
    if declared is not None and not lines[0][1][declared.end() :].strip(",;|\t "):
        separator, lines = declared[1], lines[1:]
    else:
        separator = max(SEPARATORS, key=lambda one: _best(lines, one, score))
    records = [_record(number, line, separator) for number, line in lines]
    notes = () if separator == "," else (_note(separator),)
    return [one for one in records if one.told or one.broken], notes


def _best(lines: Sequence[tuple[int, str]], separator: str, score: Score) -> int:
    top = lines[:LOOKED_AT]
    return max((score(_record(n, line, separator).fields) for n, line in top), default=0)


def _record(number: int, line: str, separator: str) -> Record:
    if '"' not in line:
        return Record(number, tuple(line.split(separator)))
    try:
        fields = next(csv.reader([line], delimiter=separator, strict=True))
    except csv.Error as error:
        return Record(number, (), _fault(str(error)))
    return Record(number, tuple(_AS_TEXT.sub(r"\1", field) for field in fields))


def _fault(problem: str) -> str:
    if "unexpected end" in problem:
        return "quote_open"
    return "text_after_quote" if "expected after" in problem else "broken_csv"


def _note(separator: str) -> Finding:
    name = "Tab" if separator == "\t" else shown(separator)
    return Finding(0, "", name, "separator", {"separator": name})
