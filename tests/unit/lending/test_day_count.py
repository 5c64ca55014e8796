"""Day counts: QuantLib as the independent reference, and the conventions it does not know."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
import QuantLib as ql
from hypothesis import given
from hypothesis import strategies as st

from policies.money import yuan
from workflows.lending.days.day_count import YEAR_DAYS, DayCount, year_fraction
from workflows.lending.days.due_dates import add_months
from workflows.lending.interest import interest

days = st.dates(date(1995, 1, 1), date(2060, 12, 31))
spans = st.integers(0, 4000)
ADDITIVE = [
    each for each in DayCount if each not in (DayCount.THIRTY_360, DayCount.MONTHS_AND_DAYS)
]


def quant(day: date) -> ql.Date:
    return ql.Date(day.day, day.month, day.year)


# fmt: off
PEERS = [
    (DayCount.ACT_360,       ql.Actual360()),
    (DayCount.ACT_364,       ql.Actual364()),
    (DayCount.ACT_365,       ql.Actual365Fixed()),
    (DayCount.ACT_ACT_SPLIT, ql.ActualActual(ql.ActualActual.ISDA)),
]
# fmt: on


@pytest.mark.parametrize(("ours", "theirs"), PEERS, ids=lambda one: str(one)[:24])
@given(start=days, span=spans)
def test_a_day_count_agrees_with_quantlib(
    ours: DayCount, theirs: ql.DayCounter, start: date, span: int
) -> None:
    end = start + timedelta(days=span)

    found = year_fraction(start, end, ours)

    assert float(found) == pytest.approx(theirs.yearFraction(quant(start), quant(end)), abs=1e-12)


@given(start=days.filter(lambda day: day.day <= 28), months=st.integers(1, 360))
def test_whole_months_under_30_360_are_quantlibs(start: date, months: int) -> None:
    end = add_months(start, months)
    bond_basis = ql.Thirty360(ql.Thirty360.BondBasis)

    found = year_fraction(start, end, DayCount.THIRTY_360)

    assert found == Fraction(months, 12)
    assert float(found) == pytest.approx(bond_basis.yearFraction(quant(start), quant(end)))


@given(start=days, first=spans, second=spans)
@pytest.mark.parametrize("how", ADDITIVE)
def test_splitting_a_period_at_any_day_changes_no_total(
    how: DayCount, start: date, first: int, second: int
) -> None:
    middle = start + timedelta(days=first)
    end = middle + timedelta(days=second)

    whole = year_fraction(start, end, how)

    assert whole == year_fraction(start, middle, how) + year_fraction(middle, end, how)


@given(start=days, span=spans)
@pytest.mark.parametrize("how", list(DayCount))
def test_interest_never_falls_from_one_day_to_the_next(
    how: DayCount, start: date, span: int
) -> None:
    end = start + timedelta(days=span)

    assert year_fraction(start, end, how) <= year_fraction(start, end + timedelta(days=1), how)


@pytest.mark.parametrize(
    ("how", "start", "end", "expected"),
    [
        pytest.param("actual/actual-split", "2023-12-12", "2024-01-12",
                     Fraction(20, 365) + Fraction(11, 366), id="31 December is the old year's"),
        pytest.param("actual/actual-enddate", "2023-12-12", "2024-01-12",
                     Fraction(19, 365) + Fraction(12, 366), id="31 December is the new year's"),
        pytest.param("actual/actual-split", "2023-12-31", "2024-01-01",
                     Fraction(1, 365), id="one night, old year"),
        pytest.param("actual/actual-enddate", "2023-12-31", "2024-01-01",
                     Fraction(1, 366), id="one night, new year"),
        pytest.param("30/360", "2024-01-15", "2024-02-01",
                     Fraction(17, 31 * 12), id="17 of January's 31 days"),
        pytest.param("30/360", "2024-02-01", "2024-02-15",
                     Fraction(14, 29 * 12), id="14 of a leap February's 29 days"),
        pytest.param("30/360", "2025-01-31", "2025-02-28",
                     Fraction(1, 12), id="a month end to the next is one month"),
        pytest.param("30/360", "2024-01-01", "2024-02-18",
                     Fraction(1, 12) + Fraction(17, 29 * 12), id="a month, then 17 days of 29"),
        pytest.param("months/12+days/360", "2025-08-14", "2026-02-10",
                     Fraction(5, 12) + Fraction(27, 360), id="five months and 27 days"),
        pytest.param("months/12+days/360", "2025-08-14", "2026-08-14",
                     Fraction(1), id="a whole year"),
        pytest.param("actual/360", "2025-08-14", "2025-08-14", Fraction(0), id="no day"),
        pytest.param("actual/360", "2025-08-14", "2025-08-01", Fraction(0), id="never below zero"),
    ],
)  # fmt: skip
def test_a_convention_counts_as_it_says(how: str, start: str, end: str, expected: Fraction) -> None:
    found = year_fraction(date.fromisoformat(start), date.fromisoformat(end), DayCount(how))

    assert found == expected


def test_the_loans_book_accrues_by_the_same_days_v04() -> None:
    one_day = year_fraction(date(2026, 1, 1), date(2026, 1, 2), DayCount.ACT_360)

    posted = interest(yuan("4200000.00"), Decimal("0.0360"), 1, year_days=YEAR_DAYS["ACT_360"])

    assert posted.fen == 4_200_000_00 * Fraction(36, 1000) * one_day == 420_00
