"""A book by the months its loans were drawn in: what each month's loans cost a fund, and when.

A month's loans are the unit that fund_size.py draws anew. Amounts in fen; months are counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from policies.sharing.cover import Cover
from services.comparison.book import Book, PastLoan
from services.comparison.division import numerators, shares, whole_numbers
from services.kernel.problems import Unusable

Table = np.ndarray[Any, np.dtype[np.int64]]
_LARGEST = 2**62


@dataclass(frozen=True, slots=True)
class Vintages:
    """Rows: months in which something was drawn. Columns: months from `first` on.

    claims: what the payers owe in a month, up to the last in which they owe anything; covered:
    principal in cover, up to the last maturity; drawn: by row.
    left_out: loans whose day of draw is not readable.
    """

    first: int
    claims: Table
    covered: Table
    drawn: Table
    left_out: int

    def month(self, column: int) -> str:
        """A column's month: `2004-05`."""
        year, month = divmod(self.first + column, 12)
        return f"{year}-{month + 1:02d}"


def payers(cover: Cover) -> tuple[str, ...]:
    """Who pays from the fund: those bound to its cash; where nobody is, all who pay."""
    parts = [part for tier in cover.tiers for part in tier.parts]
    bound = [part for part in parts if part.from_cash] or parts
    return tuple(dict.fromkeys(party for part in bound for party, _ in part.holders))


def vintages(book: Book, cover: Cover) -> Vintages:
    """The book's months under a cover. Raises Unusable where nobody pays or nothing is dated."""
    if not payers(cover):
        raise Unusable("replay.nobody_pays")
    placed = _placed(_dated(book))
    claims = _table(placed, placed.ends, _claims(placed.loans, cover))
    owing = np.flatnonzero(claims.any(axis=0))
    return Vintages(
        placed.first,
        claims[:, : owing[-1] + 1 if len(owing) else 1],
        _covered(placed),
        _table(placed, np.zeros_like(placed.starts), placed.drawn)[:, 0],
        len(book.loans) - len(placed.loans),
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Loans with their row, and their months counted from `first`; drawn: fen."""

    loans: Sequence[PastLoan]
    first: int
    rows: Any
    starts: Any
    ends: Any
    drawn: Any

    @property
    def shape(self) -> tuple[int, int]:
        """Months of draws, and months in all."""
        return int(self.rows.max()) + 1, int(self.ends.max()) + 1


def _dated(book: Book) -> Sequence[PastLoan]:
    dated = [loan for loan in book.loans if loan.drawn_on is not None]
    if not dated:
        raise Unusable("replay.undated")
    # What a run can come to at most: every month drawn anew is the largest one.
    if sum(loan.drawn for loan in dated) * len(dated) > _LARGEST:
        raise Unusable("replay.too_large")
    return dated


def _placed(loans: Sequence[PastLoan]) -> _Placed:
    draws = np.array([_month(loan.drawn_on) for loan in loans])
    ends = np.array([_end(loan) for loan in loans])
    first = int(draws.min())
    rows = np.unique(draws, return_inverse=True)[1]
    drawn = np.array([loan.drawn for loan in loans], dtype=np.int64)
    return _Placed(loans, first, rows, draws - first, ends - first, drawn)


def _table(placed: _Placed, columns: Any, fens: Any) -> Table:
    """Fen of each loan added up in its row and column."""
    found = np.zeros(placed.shape, dtype=np.int64)
    np.add.at(found, (placed.rows, columns), fens)
    return found


def _claims(loans: Sequence[PastLoan], cover: Cover) -> Any:
    """What the payers owe of each loan; nothing of one that was repaid."""
    most = numerators(cover)
    lost = whole_numbers([loan.lost or 0 for loan in loans], most)
    drawn = whole_numbers([loan.drawn for loan in loans], most)
    found = np.zeros_like(lost)
    who = payers(cover)
    for party, where, fens in shares(cover, lost, drawn):
        if party in who:
            found[where] += fens
    return found


def _covered(placed: _Placed) -> Table:
    """Principal outstanding by month: repaid in equal monthly parts, gone in the last month."""
    rows, starts = placed.rows, placed.starts
    terms = np.array([max(loan.term_months, 1) for loan in placed.loans])
    parts = placed.drawn // terms
    last = np.maximum(placed.ends, starts + 1)
    height, width = placed.shape
    steps = np.zeros((height, width + 2), dtype=np.int64)
    slopes = np.zeros_like(steps)
    np.add.at(steps, (rows, starts), placed.drawn)
    np.add.at(steps, (rows, last), -(placed.drawn - parts * (last - 1 - starts)))
    np.add.at(slopes, (rows, starts + 1), parts)
    np.add.at(slopes, (rows, last), -parts)
    found: Table = np.cumsum(steps, axis=1) - np.cumsum(np.cumsum(slopes, axis=1), axis=1)
    return found[:, :width]


def _month(day: date | None) -> int:
    return day.year * 12 + day.month - 1 if day else 0


def _end(loan: PastLoan) -> int:
    """The month of the charge-off, else of the maturity; never before the draw."""
    start = _month(loan.drawn_on)
    if loan.lost is not None and loan.lost_on is not None:
        return max(start, _month(loan.lost_on))
    return start + max(loan.term_months, 1)
