"""Days past due of many loans at once: the rule of workflows/lending/arrears/unpaid.py over arrays.

Imported by what asks for a portfolio only; numpy takes longer to start than `calc` may take.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.int32]
Fen = NDArray[np.int64]
EPOCH = date(1970, 1, 1)
_NEVER = np.iinfo(np.int32).max


class UnevenBook(ValueError):
    """The arrays of a book do not fit one another."""


@dataclass(frozen=True, slots=True)
class LoanBook:
    """Instalments of all loans in one row, those of a loan together and by rising due date.

    due_days: days since 1970-01-01; amounts, paid: fen; first: where each loan's instalments begin;
    paid: received so far, a loan; paused_days: days of pause, a loan.
    """

    due_days: Days
    amounts: Fen
    first: NDArray[np.int64]
    paid: Fen
    paused_days: Days


@dataclass(frozen=True, slots=True)
class BookArrears:
    """A figure a loan, in the order of the book."""

    days_past_due: Days
    delinquent_days: Days
    overdue: Fen


def day_number(on: date) -> int:
    """Days since 1970-01-01."""
    return (on - EPOCH).days


def arrears_of(
    book: LoanBook, as_of: date, *, grace_days: int = 0, counting: int = 0
) -> BookArrears:
    """Every loan on a day; a loan has one instalment at least. Raises UnevenBook."""
    _check(book)
    today = day_number(as_of)
    left = _unpaid(book)
    late = (book.due_days < today + counting) & (left > 0)
    overdue = np.add.reduceat(np.where(late, left, 0), book.first)
    oldest = np.minimum.reduceat(np.where(late, book.due_days, _NEVER), book.first)
    days = np.where(oldest == _NEVER, 0, today - oldest + counting).astype(np.int32)
    delinquent = np.maximum(0, days - grace_days - book.paused_days).astype(np.int32)
    return BookArrears(days, np.where(days > 0, delinquent, 0).astype(np.int32), overdue)


def _unpaid(book: LoanBook) -> Fen:
    """What is left of each instalment when payments have filled the oldest first."""
    reached = np.cumsum(book.amounts)
    counts = np.diff(np.append(book.first, len(book.amounts)))
    before = reached[book.first] - book.amounts[book.first]
    left = reached - np.repeat(before + book.paid, counts)
    found: Fen = np.clip(left, 0, book.amounts)
    return found


def _check(book: LoanBook) -> None:
    """Empty loans would take their neighbour's figures, silently."""
    loans, rows = len(book.first), len(book.due_days)
    even = loans == len(book.paid) == len(book.paused_days) and rows == len(book.amounts)
    if not even or loans == 0 or book.first[0] != 0 or book.first[-1] >= rows:
        raise UnevenBook("lengths")
    if np.any(np.diff(book.first) < 1):
        raise UnevenBook("a loan without instalments")
