"""How fast lending arithmetic is: one loan, a million at once, and what others need for the same.

`python -m benchmarks.lending [--loans 1000000] [--repeat 3]` prints a table and writes nothing.
numpy-financial and QuantLib work in floating point and round nothing; ours rounds every figure to
the fen. Compare figures of one run: absolute ones drift with the machine.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy as np
import numpy_financial as npf
import QuantLib as ql
from rich.console import Console
from rich.table import Table

from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import Dates, every_months
from workflows.lending.rounding import Rounding
from workflows.lending.schedule.batch import annuity_batch, equal_principal_batch
from workflows.lending.schedule.methods import annuity, equal_principal
from workflows.lending.schedule.periods import Draw, Period, dated_periods
from workflows.lending.schedule.rows import Grain

START, COUNT = date(2026, 1, 15), 12
RATE = Decimal("0.0360")
PRINCIPAL = 1_000_000_00
ONE_BY_ONE = 2_000
DUE: Dates = every_months(START, COUNT + 1, step=1)[1:]
ACTUAL_DAYS = [(b - a).days for a, b in zip((START, *DUE), DUE, strict=False)]


@dataclass(frozen=True, slots=True)
class Measurement:
    """One thing measured: what is done, for how many loans, and how."""

    name: str
    loans: int
    work: Callable[[], object]


def scalar_annuity() -> None:
    """Due dates, day counts and twelve rows of one loan, rounded to the fen."""
    annuity(_periods(), Grain())


def scalar_equal_principal() -> None:
    """The same with equal principal."""
    equal_principal(_periods(), Grain())


def quantlib_equal_principal() -> None:
    """Due dates, day counts and twelve coupons on falling notionals of one loan, unrounded."""
    first, last = (ql.Date(d.day, d.month, d.year) for d in (START, DUE[-1]))
    schedule = ql.Schedule(
        first,
        last,
        ql.Period(1, ql.Months),
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Forward,
        False,
    )
    notionals = [PRINCIPAL * (COUNT - n) / COUNT for n in range(COUNT)]
    leg = ql.FixedRateLeg(schedule, ql.Actual360(), notionals, [float(RATE)])
    sum(flow.amount() for flow in leg)


def numpy_financial_one() -> None:
    """Instalment, interest and principal of twelve periods of one loan, unrounded."""
    _numpy_financial(float(RATE) / COUNT, float(PRINCIPAL))


def measurements(loans: int) -> list[Measurement]:
    """All that is measured; add a line to measure more."""
    generator = np.random.default_rng(1)
    principal = generator.integers(10_000_00, 30_000_000_00, loans)
    rate = generator.integers(200, 801, loans) * 100  # 2.00 % to 8.00 %, in millionths
    parts = [Fraction(days, 360) for days in ACTUAL_DAYS]
    float_rate, float_principal = rate / 1_000_000 / COUNT, principal.astype(float)
    half_up = Rounding.HALF_UP
    return [
        Measurement("annuity, one loan", 1, scalar_annuity),
        Measurement("equal principal, one loan", 1, scalar_equal_principal),
        Measurement("  QuantLib, equal principal, one loan", 1, quantlib_equal_principal),
        Measurement("  numpy-financial, annuity, one loan", 1, numpy_financial_one),
        Measurement(
            "annuity, batch",
            loans,
            lambda: annuity_batch(principal, rate, parts, rounding=half_up),
        ),
        Measurement(
            "equal principal, batch",
            loans,
            lambda: equal_principal_batch(principal, rate, parts, rounding=half_up),
        ),
        Measurement(
            "  numpy-financial, annuity, batch",
            loans,
            lambda: _numpy_financial(float_rate, float_principal),
        ),
    ]


def seconds(one: Measurement, repeat: int) -> float:
    """Best of `repeat` runs; a single loan is done many times over and divided."""
    times = ONE_BY_ONE if one.loans == 1 else 1
    best = float("inf")
    for _ in range(repeat):
        begun = time.perf_counter()
        for _ in range(times):
            one.work()
        best = min(best, time.perf_counter() - begun)
    return best / times


def show(found: Sequence[tuple[Measurement, float]]) -> None:
    """The table."""
    table = Table(title=f"Schedules of {COUNT} periods", title_justify="left")
    table.add_column("work")
    for column in ("loans", "seconds", "µs a loan", "loans a second"):
        table.add_column(column, justify="right")
    for one, spent in found:
        each = spent / one.loans
        table.add_row(
            one.name, f"{one.loans:,}", f"{spent:.6f}", f"{each * 1e6:.3f}", f"{1 / each:,.0f}"
        )
    Console(width=110).print(table)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--loans", type=int, default=1_000_000, help="loans of a batch")
    parser.add_argument("--repeat", type=int, default=3, help="runs; the best counts")
    chosen = parser.parse_args()
    show([(one, seconds(one, chosen.repeat)) for one in measurements(chosen.loans)])


def _periods() -> Sequence[Period]:
    return dated_periods(
        [Draw(START, PRINCIPAL)],
        every_months(START, COUNT + 1, step=1)[1:],
        annual_rate=RATE,
        day_count=DayCount.ACT_360,
    )


def _numpy_financial(rate: float | np.ndarray, principal: float | np.ndarray) -> None:
    npf.pmt(rate, COUNT, principal)
    for period in range(1, COUNT + 1):
        npf.ipmt(rate, period, COUNT, principal)
        npf.ppmt(rate, period, COUNT, principal)


if __name__ == "__main__":
    main()
