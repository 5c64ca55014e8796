"""What the list of loans reads: one page by keyset, sums of the whole filter, counts by state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Date, bindparam, text

from services.console.loan_filter import DPD, PAGE, SORTS, LoanFilter, Seen, condition, cursor
from services.console.phases import ENDED, MARKS
from services.kernel.states import quoted
from workflows.application.states import UNDER_WAY


@dataclass(frozen=True, slots=True)
class LoanLine:
    """A loan in the list. Amounts are fen; dpd: days past due, 0 when current or ended."""

    id: str
    state: str
    enterprise: str
    name: str | None
    bank: str
    bank_name: str | None
    drawn: int
    outstanding: int
    rate: Any
    drawn_on: date | None
    due_on: date | None
    dpd: int
    compensated: int
    origin: str
    claim: str | None
    place: str

    @property
    def ended(self) -> bool:
        """Whether days past due no longer run."""
        return self.state in ENDED


@dataclass(frozen=True, slots=True)
class LoanPage:
    """One page: cursors are "" where there is no page that way."""

    lines: Sequence[LoanLine]
    previous: str
    following: str


@dataclass(frozen=True, slots=True)
class Sums:
    """Over all loans of a filter: how many, and fen."""

    loans: int
    drawn: int
    outstanding: int
    compensated: int


def page(connection: Connection, asked: LoanFilter, today: date, seen: Seen) -> LoanPage:
    """The page of the list that a filter asks for."""
    where, values = condition(asked, seen)
    back = bool(asked.before)
    place = cursor(asked.sort, asked.before or asked.after)
    downwards = asked.down != back
    column = SORTS[asked.sort]
    if place is not None:
        sign = "<" if downwards else ">"
        where += f" AND ({column.sql}, l.id) {sign} (CAST(:at AS {column.kind}), :at_id)"
        values |= {"at": place[0], "at_id": place[1]}
    way = "DESC" if downwards else "ASC"
    statement = text(f"""
        WITH shown AS (
          SELECT l.*, {DPD} AS dpd, {column.sql} AS place FROM loan l WHERE {where}
          ORDER BY {column.sql} {way}, l.id {way} LIMIT :most
        )
        SELECT l.id, l.state, l.enterprise, e.name, l.bank, b.name, l.disbursed, l.outstanding,
               l.annual_rate, l.disbursed_on, l.due_on, l.dpd, l.compensated, l.origin,
               c.state, CAST(l.place AS text) || '~' || l.id
        FROM shown l LEFT JOIN enterprise e ON e.id = l.enterprise LEFT JOIN claim c ON c.id = l.id
        LEFT JOIN bank b ON b.id = l.bank
        ORDER BY l.place {way}, l.id {way}
    """).bindparams(bindparam("today", type_=Date))
    rows = connection.execute(statement, {**values, "today": today, "most": PAGE + 1}).all()
    return _listed([LoanLine(*row) for row in rows], back=back, first=place is None)


def _listed(lines: list[LoanLine], *, back: bool, first: bool) -> LoanPage:
    more, shown = len(lines) > PAGE, lines[:PAGE]
    if back:
        shown.reverse()
    earlier, later = (more, True) if back else (not first, more)
    return LoanPage(
        shown,
        shown[0].place if shown and earlier else "",
        shown[-1].place if shown and later else "",
    )


def sums(connection: Connection, asked: LoanFilter, seen: Seen) -> Sums:
    """Totals of all loans of the filter, whatever the page."""
    where, values = condition(asked, seen)
    statement = text(f"""
        SELECT count(*), coalesce(sum(l.disbursed), 0), coalesce(sum(l.outstanding), 0),
               coalesce(sum(l.compensated), 0)
        FROM loan l WHERE {where}
    """)
    found = connection.execute(statement, values).one()
    return Sums(*(int(part) for part in found))


def by_state(connection: Connection, seen: Seen) -> Mapping[str, tuple[int, int]]:
    """Number and outstanding fen of the loans that are seen, by state."""
    statement = text(
        "SELECT l.state, count(*), sum(l.outstanding) FROM loan l"
        f" WHERE {seen.sql} GROUP BY l.state"
    )
    rows = connection.execute(statement, {"org": seen.org})
    return {state: (number, int(fen)) for state, number, fen in rows}


def by_mark(connection: Connection, seen: Seen) -> Mapping[str, int]:
    """Number of the loans that are seen and bear each mark."""
    counted = ", ".join(
        f"(SELECT count(*) FROM loan l WHERE {sql} AND {seen.sql})" for sql in MARKS.values()
    )
    row = connection.execute(text(f"SELECT {counted}"), {"org": seen.org}).one()
    return dict(zip(MARKS, row, strict=True))


def applications_under_way(connection: Connection) -> int:
    """Applications that have not become a loan nor ended otherwise."""
    found: int = connection.execute(_UNDER_WAY).scalar_one()
    return found


_UNDER_WAY = text(f"SELECT count(*) FROM application WHERE state IN ({quoted(UNDER_WAY)})")
