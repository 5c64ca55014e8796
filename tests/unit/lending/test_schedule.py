"""Repayment schedules: vector V32, the methods of the trade, grace, several disbursements."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import Dates, Settlement, every_months, settlement_days
from workflows.lending.rounding import Rounding
from workflows.lending.schedule.capitalised import capitalised_bullet, uncapitalised_bullet
from workflows.lending.schedule.methods import (
    annuity,
    equal_principal,
    fixed_instalment,
    fixed_principal,
    flat,
    interest_in_arrears,
    interest_only,
)
from workflows.lending.schedule.periods import (
    Draw,
    NoSchedule,
    Period,
    dated_periods,
    even_periods,
    interest_free,
)
from workflows.lending.schedule.rows import Grain, Schedule

START, RATE = date(2026, 1, 15), Decimal("0.0360")
HALF_UP = Grain()
YUAN = 100


def monthly(
    count: int = 12, *, principal: int = 1_000_000 * YUAN, rate: Decimal = RATE
) -> tuple[Period, ...]:
    """Monthly periods from 2026-01-15 on actual/360; principal in fen."""
    return dated_periods(
        [Draw(START, principal)],
        every_months(START, count + 1, step=1)[1:],
        annual_rate=rate,
        day_count=DayCount.ACT_360,
    )


def interests(schedule: Schedule) -> list[str]:
    return [f"{row.interest / Decimal(YUAN):.2f}" for row in schedule.rows]


def test_quarterly_settlement_of_the_base_case_v32() -> None:
    drawn, maturity = date(2025, 8, 14), date(2026, 8, 14)
    repaid = Draw(date(2026, 2, 10), -1_800_000 * YUAN)
    periods = dated_periods(
        [Draw(drawn, 6_000_000 * YUAN), repaid],
        settlement_days(drawn, maturity, Settlement.QUARTERLY_20),
        annual_rate=RATE,
        day_count=DayCount.ACT_360,
    )

    found = interest_only(periods, HALF_UP)

    assert interests(found) == ["22800.00", "54600.00", "46980.00", "38640.00", "22680.00"]
    assert found.interest == 185_700 * YUAN
    assert found.rows[-1].principal == 4_200_000 * YUAN


def test_interest_with_principal_of_the_base_case_v01() -> None:
    drawn = date(2025, 8, 14)
    periods = dated_periods(
        [Draw(drawn, 6_000_000 * YUAN)],
        [date(2026, 2, 10)],
        annual_rate=RATE,
        day_count=DayCount.ACT_360,
    )

    found = interest_only(periods, HALF_UP)

    assert [(row.principal, row.interest) for row in found.rows] == [
        (6_000_000 * YUAN, 108_000 * YUAN)
    ]


def test_an_annuity_pays_the_same_until_the_last_instalment_takes_the_rest() -> None:
    found = annuity(monthly(), HALF_UP)

    payments = [row.payment for row in found.rows]
    assert set(payments[:-1]) == {found.instalment} == {84_983_34}
    assert payments[-1] == 84_983_39
    assert found.rows[-1].balance == 0


def test_equal_principal_leaves_the_remainder_to_the_last() -> None:
    found = equal_principal(monthly(), HALF_UP)

    parts = [row.principal for row in found.rows]
    assert set(parts[:-1]) == {83_333_33}
    assert parts[-1] == 83_333_37


def test_an_instalment_multiple_rounds_the_whole_instalment_of_equal_principal() -> None:
    found = equal_principal(monthly(), Grain(instalment=YUAN))

    assert {row.payment % YUAN for row in found.rows[:-1]} == {0}
    assert found.principal == 1_000_000 * YUAN


@pytest.mark.parametrize("method", [annuity, equal_principal])
def test_grace_on_principal_pays_interest_alone(method: Callable[..., Schedule]) -> None:
    found = method(monthly(), HALF_UP, grace=3)

    assert [row.principal for row in found.rows[:3]] == [0, 0, 0]
    assert all(row.interest > 0 for row in found.rows)
    assert found.rows[3].principal > 0


def test_deferred_interest_is_collected_with_the_first_instalment_after_grace() -> None:
    plain = annuity(monthly(), HALF_UP, grace=3)

    found = interest_in_arrears(plain, grace=3)

    assert [row.interest for row in found.rows[:3]] == [0, 0, 0]
    assert found.rows[3].interest == sum(row.interest for row in plain.rows[:4])
    assert found.interest == plain.interest


def test_interest_free_periods_are_never_charged() -> None:
    found = equal_principal(interest_free(monthly(), 2), HALF_UP)

    assert [row.interest for row in found.rows[:2]] == [0, 0]
    assert found.rows[2].interest > 0


def test_a_second_disbursement_asks_for_a_new_instalment_from_its_period_on() -> None:
    later = Draw(date(2026, 4, 1), 500_000 * YUAN)
    due = every_months(START, 13, step=1)[1:]
    periods = dated_periods(
        [Draw(START, 1_000_000 * YUAN), later],
        due,
        annual_rate=RATE,
        day_count=DayCount.ACT_360,
    )

    found = annuity(periods, HALF_UP)

    first, second = found.rows[0].payment, found.rows[2].payment
    assert found.rows[1].payment == first
    assert second == found.instalment
    assert second > first
    assert found.principal == 1_500_000 * YUAN


def test_a_disbursement_on_a_due_date_shows_in_that_rows_balance() -> None:
    due = every_months(START, 4, step=1)[1:]
    periods = dated_periods(
        [Draw(START, 100 * YUAN), Draw(due[0], 100 * YUAN)],
        due,
        annual_rate=RATE,
        day_count=DayCount.ACT_360,
    )

    found = interest_only(periods, HALF_UP)

    assert found.rows[0].balance == 200 * YUAN
    assert found.rows[1].interest > found.rows[0].interest


def test_a_fixed_share_of_the_principal_leaves_a_balloon() -> None:
    found = fixed_principal(monthly(), HALF_UP, share=Fraction(5, 100))

    assert {row.principal for row in found.rows[:-1]} == {50_000 * YUAN}
    assert found.rows[-1].principal == 450_000 * YUAN


def test_a_fixed_instalment_ends_when_nothing_is_owed() -> None:
    found = fixed_instalment(monthly(24), HALF_UP, amount=100_000 * YUAN)

    assert len(found.rows) == 11
    assert found.rows[-1].balance == 0
    assert found.rows[-1].payment < 100_000 * YUAN


def test_a_fixed_instalment_below_the_interest_is_refused() -> None:
    with pytest.raises(NoSchedule) as refused:
        fixed_instalment(monthly(), HALF_UP, amount=3_100 * YUAN)

    assert (refused.value.code, refused.value.period) == ("instalment_below_interest", 1)


def test_flat_interest_runs_on_the_original_principal() -> None:
    periods = even_periods(1_250 * YUAN, 4, annual_rate=Decimal("0.15"), months=1)

    found = flat(periods, Grain(Rounding.HALF_EVEN, instalment=YUAN))

    assert [(row.principal, row.interest) for row in found.rows] == [
        (312_38, 15_62),
        (312_38, 15_62),
        (312_38, 15_62),
        (312_86, 15_64),
    ]


def test_capitalised_interest_bears_interest_and_simple_interest_does_not() -> None:
    periods = even_periods(55_000 * YUAN, 3, annual_rate=Decimal("0.10"), months=12)

    compound = capitalised_bullet(periods, rounding=Rounding.HALF_UP)
    simple = uncapitalised_bullet(periods, rounding=Rounding.HALF_UP)

    assert (compound.interest, compound.payment) == (18_205 * YUAN, 73_205 * YUAN)
    assert simple.interest == 16_500 * YUAN


def test_a_levelled_instalment_is_kept_only_when_its_last_gap_is_smaller() -> None:
    due: Dates = (date(2024, 1, 15), date(2024, 1, 29), date(2024, 2, 12))
    periods = dated_periods(
        [Draw(date(2024, 1, 1), 100 * YUAN)],
        due,
        annual_rate=Decimal("0.094822"),
        day_count=DayCount.ACT_364,
    )

    plain = annuity(periods, Grain(Rounding.HALF_EVEN))
    levelled = annuity(periods, Grain(Rounding.HALF_EVEN, levelled=True))

    assert levelled.instalment == 33_57
    gaps = [abs(made.rows[-1].payment - made.rows[0].payment) for made in (plain, levelled)]
    assert gaps[1] <= gaps[0]


@pytest.mark.parametrize(
    ("draw", "due"),
    [
        pytest.param(date(2026, 2, 15), [date(2026, 2, 15)], id="on the last due date"),
        pytest.param(date(2026, 3, 1), [date(2026, 2, 15)], id="after it"),
    ],
)
def test_money_disbursed_outside_the_schedule_is_refused(draw: date, due: list[date]) -> None:
    with pytest.raises(NoSchedule, match="disbursed_outside"):
        dated_periods(
            [Draw(START, 100), Draw(draw, 100)],
            due,
            annual_rate=RATE,
            day_count=DayCount.ACT_360,
        )
