"""What holds for every schedule: principal is repaid whole, balances end at nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import every_months
from workflows.lending.rounding import Rounding
from workflows.lending.schedule.batch import Batch, OutOfRange, annuity_batch, equal_principal_batch
from workflows.lending.schedule.methods import annuity, equal_principal, flat, interest_only
from workflows.lending.schedule.periods import Draw, Period, Slice, dated_periods
from workflows.lending.schedule.rows import Grain, Schedule

METHODS: list[Callable[..., Schedule]] = [annuity, equal_principal, interest_only, flat]
fen = st.integers(0, 5_000_000_000_00)
rates = st.integers(0, 3_600).map(lambda bp: Decimal(bp) / 10_000)
modes = st.sampled_from([Rounding.HALF_UP, Rounding.HALF_EVEN])
starts = st.dates(date(2000, 1, 1), date(2050, 1, 1))
counts = st.integers(1, 60)


@st.composite
def monthly_loans(draw: st.DrawFn) -> tuple[Period, ...]:
    """Up to three disbursements within a monthly, quarterly or yearly schedule."""
    start, count = draw(starts), draw(counts)
    due = every_months(start, count + 1, step=draw(st.sampled_from([1, 3, 6, 12])))[1:]
    span = (due[-1] - start).days - 1
    later = draw(st.lists(st.integers(1, span), max_size=2)) if span >= 1 else []
    days = [start, *(start + timedelta(days=n) for n in later)]
    return dated_periods(
        [Draw(day, draw(fen)) for day in days],
        due,
        annual_rate=draw(rates),
        day_count=draw(st.sampled_from(DayCount)),
    )


@pytest.mark.parametrize("method", METHODS)
@given(periods=monthly_loans(), mode=modes)
def test_principal_parts_sum_to_the_principal(
    method: Callable[..., Schedule], periods: tuple[Period, ...], mode: Rounding
) -> None:
    found = method(periods, Grain(mode))

    assert found.principal == sum(period.drawn for period in periods)
    assert found.rows[-1].balance == 0


@pytest.mark.parametrize("method", METHODS)
@given(periods=monthly_loans(), mode=modes, multiple=st.sampled_from([1, 100, 10_000]))
def test_a_balance_is_never_negative(
    method: Callable[..., Schedule], periods: tuple[Period, ...], mode: Rounding, multiple: int
) -> None:
    found = method(periods, Grain(mode, money=multiple))

    assert min(row.balance for row in found.rows) >= 0


@given(periods=monthly_loans(), at=st.integers(0, 59), share=st.fractions(0, 1))
def test_a_period_split_at_any_moment_owes_no_other_interest_before_rounding(
    periods: tuple[Period, ...], at: int, share: Fraction
) -> None:
    period = periods[at % len(periods)]
    first = period.slices[0]
    parts = (Slice(first.drawn, first.factor * share), Slice(0, first.factor * (1 - share)))
    split = Period(period.n, period.due, (*parts, *period.slices[1:]))

    assert split.factor == period.factor
    assert split.drawn == period.drawn


@given(start=starts, count=counts, rate=rates, cut=st.integers(1, 27))
@pytest.mark.parametrize("how", [each for each in DayCount if each.value != "months/12+days/360"])
def test_a_disbursement_of_nothing_changes_no_factor(
    how: DayCount, start: date, count: int, rate: Decimal, cut: int
) -> None:
    due = every_months(start, count + 1, step=1)[1:]
    whole = dated_periods([Draw(start, 100)], due, annual_rate=rate, day_count=how)
    nothing = Draw(start + timedelta(days=cut), 0)

    cut_up = dated_periods([Draw(start, 100), nothing], due, annual_rate=rate, day_count=how)

    assert [period.factor for period in cut_up] == [period.factor for period in whole]


loans = st.lists(
    st.tuples(st.integers(0, 30_000_000_00), st.integers(0, 240_000)), min_size=1, max_size=20
)
parts = st.lists(
    st.builds(Fraction, st.integers(1, 366), st.sampled_from([360, 365, 366])),
    min_size=1,
    max_size=24,
)


@pytest.mark.parametrize(
    ("batched", "scalar"), [(annuity_batch, annuity), (equal_principal_batch, equal_principal)]
)
@given(loans=loans, parts=parts, mode=modes)
def test_a_batch_equals_the_loans_one_by_one(
    batched: Callable[..., Batch],
    scalar: Callable[..., Schedule],
    loans: list[tuple[int, int]],
    parts: list[Fraction],
    mode: Rounding,
) -> None:
    principal, rate = (np.array(column, np.int64) for column in zip(*loans, strict=True))

    found = batched(principal, rate, parts, rounding=mode)

    for n, (amount, millionths) in enumerate(loans):
        factors = [Fraction(millionths, 1_000_000) * part for part in parts]
        periods = [
            Period(i, None, (Slice(0 if i > 1 else amount, factor),))
            for i, factor in enumerate(factors, 1)
        ]
        rows = scalar(periods, Grain(mode)).rows
        assert found.principal[:, n].tolist() == [row.principal for row in rows]
        assert found.interest[:, n].tolist() == [row.interest for row in rows]
        assert found.balance[:, n].tolist() == [row.balance for row in rows]


@pytest.mark.parametrize("batched", [annuity_batch, equal_principal_batch])
def test_a_batch_refuses_what_64_bits_cannot_hold(batched: Callable[..., object]) -> None:
    principal, rate = np.array([2**60]), np.array([36_000])

    with pytest.raises(OutOfRange):
        batched(principal, rate, [Fraction(31, 360)], rounding=Rounding.HALF_UP)
