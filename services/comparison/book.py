"""A loan book as a replay sees it: what was drawn, what was lost and when. No policy, no file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from policies.money import Money
from policies.sharing.loss import Loss


@dataclass(frozen=True, slots=True)
class PastLoan:
    """One loan. Amounts in fen. lost: principal charged off, None where the loan was repaid.

    drawn_on, lost_on: None where the book does not say. line: of the file.
    """

    line: int
    drawn: int
    lost: int | None
    drawn_on: date | None
    lost_on: date | None
    term_months: int

    @property
    def lent(self) -> int:
        """What was drawn, and no less than was lost: a loan cannot lose more than was lent."""
        return max(self.drawn, self.lost or 0)

    @property
    def loss(self) -> Loss:
        """The loss as `assess` is asked of it: no interest, no other loan of the borrower."""
        drawn = Money(self.lent)
        return Loss(Money(self.lost or 0), Money.ZERO, drawn, drawn)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is said of a file or its rows: column ("" for all), code and facts of the sentence."""

    column: str
    code: str
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Book:
    """A book. rows: all lines of the file, those among them that could not be read too.

    oddities: code -> the lines it is said of; they count like all others. faults: why rows are
    unread -> their lines; these are in `rows` alone. read: how the file was taken.
    """

    rows: int
    loans: tuple[PastLoan, ...]
    oddities: Mapping[str, tuple[int, ...]]
    faults: Mapping[Fault, tuple[int, ...]]
    read: tuple[Fault, ...] = ()

    @property
    def unread(self) -> int:
        """How many lines of the file are in no figure."""
        return self.rows - len(self.loans)

    @property
    def defaults(self) -> tuple[PastLoan, ...]:
        """Loans that were charged off, in the order of the file."""
        return tuple(loan for loan in self.loans if loan.lost is not None)
