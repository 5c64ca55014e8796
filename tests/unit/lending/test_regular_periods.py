"""逐笔计息: a regular period of k months bears k/12, whatever the day; broken ones count days."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.lending.days.day_count import DayCount, year_fraction
from workflows.lending.days.due_dates import MonthEnd, every_months
from workflows.lending.schedule.methods import (
    annuity,
    equal_principal,
    flat,
    interest_only,
)
from workflows.lending.schedule.periods import Draw, Period, dated_periods
from workflows.lending.schedule.rows import Grain

HOW = DayCount.MONTHS_AND_DAYS
DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))


def periods(start: date, due: tuple[date, ...], rule: MonthEnd | None = None) -> tuple[Period, ...]:
    draws = (Draw(start, 100_000_000),)
    return dated_periods(draws, due, annual_rate=Decimal("0.0360"), day_count=HOW, month_end=rule)


@given(
    day=DAYS,
    step=st.sampled_from([1, 2, 3, 6, 12]),
    count=st.integers(1, 30),
    rule=st.sampled_from(MonthEnd),
)
def test_every_regular_period_bears_its_months(
    day: date, step: int, count: int, rule: MonthEnd
) -> None:
    due = every_months(day, count + 1, step=step, rule=rule)[1:]
    month = Fraction(36, 1000) * step / 12

    assert {one.factor for one in periods(day, due, rule)} == {month}
    if count > 1:
        assert {one.factor for one in periods(day, due)} == {month}


@given(day=DAYS, gap=st.integers(1, 60), count=st.integers(1, 12), rule=st.sampled_from(MonthEnd))
def test_a_broken_first_period_counts_days_and_the_others_do_not(
    day: date, gap: int, count: int, rule: MonthEnd
) -> None:
    first = day + timedelta(days=gap)
    due = every_months(first, count, step=1, rule=rule)

    opening, *later = periods(day, due, rule)

    assert {one.factor for one in later} <= {Fraction(3, 1000)}
    months = Fraction(36, 1000) * year_fraction(day, first, HOW)
    assert opening.factor in (months, *(Fraction(3, 1000) * k for k in (1, 2)))


@pytest.mark.parametrize("rule", list(MonthEnd))
@pytest.mark.parametrize("day", [date(2025, 8, 29), date(2025, 8, 30), date(2025, 8, 31)])
@pytest.mark.parametrize("step", [1, 3])
def test_a_year_of_interest_is_a_year_of_interest(day: date, step: int, rule: MonthEnd) -> None:
    every = periods(day, every_months(day, 12 // step + 1, step=step, rule=rule)[1:], rule)

    for method, interest in ((interest_only, 3_600_000), (flat, 3_600_000)):
        assert sum(row.interest for row in method(every, Grain()).rows) == interest
    assert sum(row.interest for row in equal_principal(every, Grain()).rows) in (
        1_950_000, 2_250_000,
    )  # fmt: skip
    on_the_fifth = date(2025, 8, 5)
    plain = periods(on_the_fifth, every_months(on_the_fifth, 12 // step + 1, step=step)[1:])
    assert [row.interest for row in annuity(every, Grain()).rows] == [
        row.interest for row in annuity(plain, Grain()).rows
    ]


def test_one_month_and_a_day_is_no_regular_period() -> None:
    only = periods(date(2025, 1, 31), (date(2025, 3, 1),))

    assert only[0].factor == Fraction(36, 1000) * (Fraction(1, 12) + Fraction(1, 360))
    rolled = periods(date(2025, 1, 31), (date(2025, 3, 1),), MonthEnd.ROLL)
    assert rolled[0].factor == Fraction(3, 1000)


def test_a_settlement_period_from_a_draw_within_counts_days() -> None:
    every = periods(date(2025, 8, 31), (date(2025, 9, 21), date(2025, 10, 21)))

    assert [one.factor for one in every] == [
        Fraction(36, 1000) * Fraction(21, 360), Fraction(3, 1000),
    ]  # fmt: skip
