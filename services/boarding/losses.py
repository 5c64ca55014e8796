"""Read a tape for a replay: leniently, since nothing is boarded. What is odd is told, and counts.

A row whose status or amounts cannot be read is set aside, counted and told by its line; a file that
is no tape is not read at all. The strict reading, for boarding, is tape.py; both read sheet.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import TypeVar

from services.boarding.fields import (
    CHARGED_OFF,
    READERS,
    WrongForm,
    amount,
    day_or_none,
    name,
    status,
    whole,
)
from services.boarding.findings import Finding, FormErrors
from services.boarding.sheet import Sheet, read_sheet
from services.comparison.book import Book, Fault, PastLoan

T = TypeVar("T")
K = TypeVar("K", str, Fault)
_Row = Mapping[str, str]


def read_book(data: bytes) -> Book | FormErrors:
    """The book of a file's bytes, or why it is no tape."""
    sheet = read_sheet(data)
    if isinstance(sheet, FormErrors):
        return sheet
    if not sheet.rows:
        return FormErrors((Finding(sheet.header, "", "", "no_rows"),))
    return _book(sheet)


def _book(sheet: Sheet) -> Book:
    loans: list[PastLoan] = []
    oddities: dict[str, list[int]] = {}
    unread: dict[Fault, list[int]] = {}
    seen: set[str] = set()
    places = [(name, sheet.columns.index(name)) for name in READERS]
    for row in sheet.rows:
        if row.fault is not None:
            unread.setdefault(_told(row.fault), []).append(row.line)
            continue
        named = {name: row.fields[at] for name, at in places}
        try:
            loan = _loan(row.line, named)
        except WrongForm as error:
            unread.setdefault(Fault(error.column, error.code), []).append(row.line)
            continue
        loans.append(loan)
        for code in _oddities(loan, named, seen):
            oddities.setdefault(code, []).append(row.line)
        seen.add(named["loan_id"])
    return Book(
        len(sheet.rows),
        tuple(loans),
        _lines(oddities),
        _lines(unread),
        tuple(map(_told, sheet.read)),
    )


def _told(found: Finding) -> Fault:
    return Fault("", found.code, tuple(found.facts.items()))


def _loan(line: int, row: _Row) -> PastLoan:
    """The loan of a row. Raises WrongForm where its status, or an amount it needs, is none."""
    lost = _read(status, row, "status") == CHARGED_OFF
    principal = _read(amount, row, "charged_off_principal").fen if lost else None
    blank = principal is not None and not row["amount_disbursed"].strip()
    return PastLoan(
        line,
        # As in `zhidai assess`: what was drawn is the principal where nothing is told.
        drawn=principal or 0 if blank else _read(amount, row, "amount_disbursed").fen,
        lost=principal,
        drawn_on=_readable(day_or_none, row["disbursed_on"]),
        lost_on=_readable(day_or_none, row["charged_off_on"]),
        term_months=_readable(whole, row["term_months"]) or 0,
    )


def _read(read: Callable[[str], T], row: _Row, column: str) -> T:
    """A field's value. Raises WrongForm with its column."""
    try:
        return read(row[column])
    except WrongForm as error:
        raise WrongForm(error.code, column) from None


def _oddities(loan: PastLoan, row: _Row, seen: set[str]) -> Iterator[str]:
    """What is odd about a loan; it counts nevertheless."""
    approved = _readable(day_or_none, row["approved_on"])
    if row["loan_id"] in seen:
        yield "id_twice"
    if _fault(name, row["loan_id"]) == "scientific_id":
        yield "scientific_id"
    if loan.drawn_on is None:
        yield "no_day_of_draw"
    elif approved is not None and loan.drawn_on < approved:
        yield "drawn_before_approval"
    if loan.lost is None:
        if _readable(amount, row["charged_off_principal"]):
            yield "loss_though_repaid"
        return
    if not row["amount_disbursed"].strip():
        yield "no_amount_drawn"
    if loan.lost > loan.drawn:
        yield "lost_above_drawn"
    yield from _odd_days(loan.drawn_on, loan.lost_on)


def _odd_days(drawn_on: date | None, lost_on: date | None) -> Iterator[str]:
    if lost_on is None:
        yield "no_day_of_loss"
    elif drawn_on is not None and lost_on < drawn_on:
        yield "lost_before_draw"


def _readable(read: Callable[[str], T], written: str) -> T | None:
    try:
        return read(written)
    except WrongForm:
        return None


def _fault(read: Callable[[str], object], written: str) -> str:
    try:
        read(written)
    except WrongForm as error:
        return error.code
    return ""


def _lines(by_code: Mapping[K, list[int]]) -> Mapping[K, tuple[int, ...]]:
    return {code: tuple(lines) for code, lines in by_code.items()}
