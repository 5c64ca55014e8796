"""How fast days past due are told: of one loan, and of a book of loans at once.

`python -m benchmarks.arrears [LOANS]`. The same twelve instalments a loan, a part of them paid and
the grace of three days each way; compare figures of one run, absolute ones drift with the machine.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from rich.console import Console
from rich.table import Table

from policies.money import Money
from workflows.lending.arrears.batch import BookArrears, LoanBook, arrears_of, day_number
from workflows.lending.arrears.unpaid import Due, arrears, unpaid

LOANS, INSTALMENTS, SINGLE, ROUNDS = 1_000_000, 12, 5_000, 3
START, AS_OF, GRACE = date(2025, 1, 15), date(2025, 12, 1), 3
INSTALMENT = 100_000  # fen
MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Result:
    """What was measured: loans a run, and the best run's seconds."""

    name: str
    loans: int
    seconds: float


def paid_of(loan: int) -> int:
    """Fen received on a loan: from nothing to all of it, evenly over the book."""
    return loan * 7919 % (INSTALMENT * INSTALMENTS + 1)


def dues() -> tuple[Due, ...]:
    """The instalments of every loan."""
    days = (START + n * MONTH for n in range(INSTALMENTS))
    return tuple(Due(day, Money(INSTALMENT)) for day in days)


def book_of(loans: int) -> LoanBook:
    """The same loans as arrays."""
    one = np.array([day_number(due.on) for due in dues()], dtype=np.int32)
    return LoanBook(
        due_days=np.tile(one, loans),
        amounts=np.full(loans * INSTALMENTS, INSTALMENT, dtype=np.int64),
        first=np.arange(0, loans * INSTALMENTS, INSTALMENTS, dtype=np.int64),
        paid=np.arange(loans, dtype=np.int64) * 7919 % (INSTALMENT * INSTALMENTS + 1),
        paused_days=np.zeros(loans, dtype=np.int32),
    )


def one_by_one(loans: int) -> list[int]:
    """Days past due of each loan, a loan at a time."""
    schedule = dues()
    return [
        arrears(unpaid(schedule, Money(paid_of(n))), AS_OF, grace_days=GRACE).days_past_due
        for n in range(loans)
    ]


def at_once(book: LoanBook) -> BookArrears:
    """Days past due of the whole book."""
    return arrears_of(book, AS_OF, grace_days=GRACE)


def best(name: str, loans: int, run: Callable[[], object]) -> Result:
    """The fastest of some runs."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        run()
        seconds.append(time.perf_counter() - began)
    return Result(name, loans, min(seconds))


def main() -> None:
    """Measure, check that both ways agree, and print one table."""
    loans = int(sys.argv[1]) if len(sys.argv) > 1 else LOANS
    book = book_of(loans)
    several = min(SINGLE, loans)
    if at_once(book).days_past_due[:several].tolist() != one_by_one(several):
        raise SystemExit("the two ways disagree")
    _print([
        best("one loan at a time", several, lambda: one_by_one(several)),
        best("the book at once", loans, lambda: at_once(book)),
    ])  # fmt: skip


def _print(results: list[Result]) -> None:
    table = Table(title=f"Days past due, {INSTALMENTS} instalments a loan")
    for column in ("way", "loans", "seconds", "us a loan", "loans a second"):
        table.add_column(column, justify="left" if column == "way" else "right")
    for one in results:
        each = one.seconds / one.loans
        rate = f"{1 / each:,.0f}"
        table.add_row(one.name, f"{one.loans:,}", f"{one.seconds:.3f}", f"{each * 1e6:.2f}", rate)
    Console().print(table)


if __name__ == "__main__":
    main()
