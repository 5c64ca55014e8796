"""Due dates: QuantLib's schedules and Chinese calendar as references, settlement on the 20th."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest
import QuantLib as ql
from hypothesis import assume, given
from hypothesis import strategies as st

from policies.calendar import working_day
from workflows.lending.days.due_dates import (
    Dates,
    MonthEnd,
    Settlement,
    add_months,
    every_days,
    every_months,
    first_of_next_months,
    month_ends,
    settlement_days,
)
from workflows.lending.days.repayment_months import months_of_periods

days = st.dates(date(1995, 1, 1), date(2060, 12, 31))
steps = st.sampled_from([1, 2, 3, 6, 12])
DRAWN, DUE = date(2025, 8, 14), date(2026, 8, 14)


def dates(*texts: str) -> Dates:
    return tuple(date.fromisoformat(text) for text in texts)


def generated(start: date, count: int, period: ql.Period, *, month_end: bool) -> Dates:
    """QuantLib's forward schedule without adjustment, its first date included."""
    first = ql.Date(start.day, start.month, start.year)
    last = first + ql.Period(period.length() * (count - 1), period.units())
    made = ql.Schedule(
        first,
        ql.Date.endOfMonth(last) if month_end else last,
        period,
        ql.NullCalendar(),
        ql.Unadjusted,
        ql.Unadjusted,
        ql.DateGeneration.Forward,
        month_end,
    )
    return tuple(date(d.year(), d.month(), d.dayOfMonth()) for d in made)


@given(start=days, count=st.integers(2, 60), step=steps)
def test_dates_months_apart_are_quantlibs(start: date, count: int, step: int) -> None:
    ours = every_months(start, count, step=step)

    assert ours == generated(start, count, ql.Period(step, ql.Months), month_end=False)


@given(start=days, count=st.integers(2, 60), step=steps)
def test_month_ends_are_quantlibs_under_its_end_of_month_rule(
    start: date, count: int, step: int
) -> None:
    last = month_ends(start, 1)[0]

    ours = month_ends(start, count, step=step)

    assert ours == generated(last, count, ql.Period(step, ql.Months), month_end=True)


@given(start=days, count=st.integers(2, 60), weeks=st.integers(1, 4))
def test_dates_weeks_apart_are_quantlibs(start: date, count: int, weeks: int) -> None:
    ours = every_days(start, count, step=7 * weeks)

    assert ours == generated(start, count, ql.Period(weeks, ql.Weeks), month_end=False)


def test_working_days_are_quantlibs_interbank_days_of_2015_to_2026() -> None:
    # Before 2015 the two differ on eight days: QuantLib leaves the holidays of 2006 and 2007 out
    # or keeps them where the published calendar has the other. ql.China.SSE knows no make-up
    # weekends at all, since the exchange stays shut on them; lending uses the bank calendar.
    interbank = ql.China(ql.China.IB)
    every = [date(2015, 1, 1) + timedelta(days=n) for n in range(12 * 365 + 3)]

    differing = [
        day
        for day in every
        if working_day(day).is_working
        != interbank.isBusinessDay(ql.Date(day.day, day.month, day.year))
    ]

    assert every[-1] == date(2026, 12, 31)
    assert differing == []


def test_a_day_that_a_month_lacks_is_clamped_or_rolls() -> None:
    start = date(2025, 1, 31)

    clamped = every_months(start, 4, step=1)[1:]
    rolled = every_months(start, 4, step=1, rule=MonthEnd.ROLL)[1:]

    assert clamped == dates("2025-02-28", "2025-03-31", "2025-04-30")
    assert rolled == dates("2025-03-01", "2025-03-31", "2025-05-01")


def test_first_of_next_month_and_last_of_this() -> None:
    assert first_of_next_months(date(2022, 10, 17), 3) == dates(
        "2022-11-01", "2022-12-01", "2023-01-01"
    )
    assert month_ends(date(2022, 10, 17), 2) == dates("2022-10-31", "2022-11-30")


def test_quarterly_settlement_is_paid_on_the_21st_and_at_maturity() -> None:
    found = settlement_days(DRAWN, DUE, Settlement.QUARTERLY_20)

    assert found == dates("2025-09-21", "2025-12-21", "2026-03-21", "2026-06-21", "2026-08-14")


@pytest.mark.parametrize(
    ("drawn", "first"),
    [("2025-09-20", "2025-09-21"), ("2025-09-21", "2025-12-21"), ("2025-09-19", "2025-09-21")],
)
def test_the_20th_itself_still_belongs_to_the_settled_quarter(drawn: str, first: str) -> None:
    found = settlement_days(date.fromisoformat(drawn), DUE, Settlement.QUARTERLY_20)

    assert found[0] == date.fromisoformat(first)


def test_monthly_settlement_has_one_day_a_month() -> None:
    found = settlement_days(date(2026, 1, 10), date(2026, 4, 10), Settlement.MONTHLY_20)

    assert found == dates("2026-01-21", "2026-02-21", "2026-03-21", "2026-04-10")


@pytest.mark.parametrize(
    ("start", "due", "months"),
    [
        pytest.param("2025-01-31", ["2025-02-28", "2025-03-31", "2025-04-30"], [1, 1, 1],
                     id="clamped month ends are whole months"),
        pytest.param("2025-01-31", ["2025-03-01", "2025-03-31", "2025-05-01"], [1, 1, 1],
                     id="rolled month ends are whole months"),
        pytest.param("2025-01-31", ["2025-03-01", "2025-05-01"],
                     [1 + Fraction(1, 31), 2], id="firsts of the month are not rolled ends"),
        pytest.param("2024-01-15", ["2024-02-01", "2024-03-01"], [Fraction(17, 31), 1],
                     id="a broken first period"),
        pytest.param("2024-01-01", ["2024-01-15", "2024-01-29"],
                     [Fraction(14, 30), Fraction(14, 30)], id="weeks know no months"),
        pytest.param("2024-01-01", ["2024-01-31"], [Fraction(30, 31)], id="one broken period"),
        pytest.param("2024-04-30", ["2024-05-31"], [1], id="from month end to month end"),
        pytest.param("2024-01-01", ["2024-03-10", "2024-04-02"],
                     [2 + Fraction(9, 31), Fraction(23, 31)], id="irregular dates"),
    ],
)  # fmt: skip
def test_repayment_months_under_30_360(start: str, due: list[str], months: list[Fraction]) -> None:
    found = months_of_periods(date.fromisoformat(start), dates(*due))

    assert found == tuple(months)


@given(start=days, count=st.integers(2, 40), step=steps, rule=st.sampled_from(MonthEnd))
def test_a_monthly_schedule_has_whole_months_whatever_its_day(
    start: date, count: int, step: int, rule: MonthEnd
) -> None:
    due = every_months(start, count + 1, step=step, rule=rule)[1:]
    assert add_months(start, step * count, rule) == due[-1]
    # Firsts of the month are read as firsts, never as ends that rolled on: see above.
    assume(start.day == 1 or any(day.day > 1 for day in due))

    found = months_of_periods(start, due)

    assert set(found) == {Fraction(step)}
