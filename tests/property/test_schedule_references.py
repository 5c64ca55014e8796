"""Schedules beside numpy-financial (unrounded annuities) and cash flows that QuantLib computes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import numpy_financial as npf
import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import every_months
from workflows.lending.rounding import Rounding
from workflows.lending.schedule.instalment import instalment_share
from workflows.lending.schedule.methods import annuity, equal_principal, interest_only
from workflows.lending.schedule.periods import Draw, dated_periods
from workflows.lending.schedule.rows import Grain

starts = st.dates(date(2000, 1, 1), date(2050, 1, 1))
counts = st.integers(1, 120)
rates = st.integers(1, 3_600).map(lambda bp: Decimal(bp) / 10_000)
# Below half a per cent numpy-financial loses digits itself: its (1 + r) ** n - 1 cancels.
float_rates = st.integers(50, 3_600).map(lambda bp: Decimal(bp) / 10_000)
principals = st.integers(100_000, 10_000_000_00)
modes = st.sampled_from([Rounding.HALF_UP, Rounding.HALF_EVEN])

# fmt: off
PEERS = {
    DayCount.ACT_360:       ql.Actual360(),
    DayCount.ACT_365:       ql.Actual365Fixed(),
    DayCount.ACT_364:       ql.Actual364(),
    DayCount.ACT_ACT_SPLIT: ql.ActualActual(ql.ActualActual.ISDA),
}
# fmt: on


def quant(day: date) -> ql.Date:
    return ql.Date(day.day, day.month, day.year)


@given(count=counts, rate=float_rates)
def test_the_unrounded_instalment_is_numpy_financials(count: int, rate: Decimal) -> None:
    theirs = -npf.pmt(float(rate) / 12, count, 1.0)

    ours = instalment_share([Fraction(rate) / 12] * count)

    assert float(ours) == pytest.approx(theirs, rel=1e-11)


@given(count=st.integers(2, 60), rate=rates, principal=principals)
def test_interest_and_principal_stay_within_a_rounding_of_numpy_financials(
    count: int, rate: Decimal, principal: int
) -> None:
    due = every_months(date(2026, 1, 15), count + 1, step=1)[1:]
    periods = dated_periods(
        [Draw(date(2026, 1, 15), principal)],
        due,
        annual_rate=rate,
        day_count=DayCount.THIRTY_360,
    )

    rows = annuity(periods, Grain()).rows[:-1]

    for row in rows:
        interest = -npf.ipmt(float(rate) / 12, row.n, count, principal)
        repaid = -npf.ppmt(float(rate) / 12, row.n, count, principal)
        # Half a fen each period, and the half fen of the instalment, grow with interest.
        drift = row.n * (1 + float(rate) / 12) ** row.n
        assert row.interest == pytest.approx(interest, abs=1 + drift)
        assert row.principal == pytest.approx(repaid, abs=1 + drift)


@pytest.mark.parametrize("how", PEERS, ids=lambda how: how.value)
@given(start=starts, count=counts, rate=rates, principal=principals, mode=modes)
def test_a_bullets_interest_is_quantlibs_coupon_rounded(
    how: DayCount, start: date, count: int, rate: Decimal, principal: int, mode: Rounding
) -> None:
    due = every_months(start, count + 1, step=1)[1:]
    bond = ql.Schedule([quant(day) for day in (start, *due)])
    leg = ql.FixedRateLeg(bond, PEERS[how], [float(principal)], [float(rate)])

    periods = dated_periods([Draw(start, principal)], due, annual_rate=rate, day_count=how)
    rows = interest_only(periods, Grain(mode)).rows

    assert [row.interest for row in rows] == pytest.approx(
        [flow.amount() for flow in leg], abs=0.5 + 1e-4
    )


@pytest.mark.parametrize("how", PEERS, ids=lambda how: how.value)
@given(start=starts, count=counts, rate=rates, principal=principals, mode=modes)
def test_equal_principal_and_annuity_bear_quantlibs_interest_on_their_balances(
    how: DayCount, start: date, count: int, rate: Decimal, principal: int, mode: Rounding
) -> None:
    due = every_months(start, count + 1, step=1)[1:]
    bond = ql.Schedule([quant(day) for day in (start, *due)])
    periods = dated_periods([Draw(start, principal)], due, annual_rate=rate, day_count=how)

    for method in (equal_principal, annuity):
        rows = method(periods, Grain(mode)).rows
        opening = [float(principal), *(float(row.balance) for row in rows[:-1])]
        leg = ql.FixedRateLeg(bond, PEERS[how], opening, [float(rate)])
        assert [row.interest for row in rows] == pytest.approx(
            [flow.amount() for flow in leg], abs=0.5 + 1e-4
        )


@pytest.mark.parametrize("how", PEERS, ids=lambda how: how.value)
@given(start=starts, count=st.integers(2, 60), rate=rates, principal=principals)
def test_an_annuitys_last_instalment_lies_within_what_rounding_may_move(
    how: DayCount, start: date, count: int, rate: Decimal, principal: int
) -> None:
    due = every_months(start, count + 1, step=1)[1:]
    periods = dated_periods([Draw(start, principal)], due, annual_rate=rate, day_count=how)

    found = annuity(periods, Grain())

    grown = 1.0
    for period in periods:
        grown = grown * (1 + float(period.factor)) + 1
    assert found.instalment is not None
    assert abs(found.rows[-1].payment - found.instalment) <= grown + 1
