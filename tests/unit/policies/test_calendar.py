"""Working days of the Chinese calendar, checked against the story's dates (ZD-4.2)."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies import calendar
from policies.calendar import (
    Counted,
    add_working_days,
    holidays,
    next_working_day,
    working_day,
    working_days_between,
)

days = st.dates(min_value=date(2020, 1, 1), max_value=date(2032, 12, 31))


def test_a_make_up_saturday_is_worked_and_a_holiday_weekday_is_not() -> None:
    assert working_day(date(2025, 1, 26)).is_working  # Sunday, made up for the Spring Festival
    assert not working_day(date(2025, 10, 1)).is_working  # Wednesday, National Day
    assert not working_day(date(2025, 10, 1)).assumed


def test_beyond_the_published_years_days_off_by_law_are_assumed() -> None:
    # Off from the eve of Spring Festival, a Friday, to its third day; no make-up days are known.
    year = [date(2027, 2, day) for day in range(4, 11)]

    assert [working_day(day).is_working for day in year] == [
        True, False, False, False, False, True, True,
    ]  # fmt: skip
    assert all(working_day(day).assumed for day in year)
    assert add_working_days(date(2027, 9, 14), 1) == Counted(date(2027, 9, 16), assumed=True)


def test_the_days_off_by_law_are_thirteen_a_year_or_less_where_two_fall_together() -> None:
    years = Counter(day.year for day in holidays())

    assert dict(years) == {2027: 13, 2028: 12, 2029: 13, 2030: 13, 2031: 12}


def test_another_list_of_days_off_gives_another_last_day(monkeypatch: pytest.MonkeyPatch) -> None:
    calendar.working_day.cache_clear()
    monkeypatch.setattr(calendar, "holidays", frozenset)

    try:
        assert calendar.working_day(date(2027, 9, 15)).is_working
    finally:
        calendar.working_day.cache_clear()


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2025, 7, 28), 3, date(2025, 7, 31)),  # pledge filed, registered
        (date(2025, 8, 14), 10, date(2025, 8, 28)),  # drawn, to be filed for cover
        (date(2025, 8, 20), 5, date(2025, 8, 27)),  # filed, accepted
        (date(2026, 8, 14), 10, date(2026, 8, 28)),  # settled, pledge cancelled
        (date(2025, 9, 30), 1, date(2025, 10, 9)),  # across National Day
    ],
)
def test_a_period_starts_the_day_after(start: date, n: int, due: date) -> None:
    assert add_working_days(start, n) == Counted(due, assumed=False)


def test_a_deadline_that_passes_an_assumed_day_says_so() -> None:
    published = add_working_days(date(2026, 12, 21), 3)
    beyond = add_working_days(date(2031, 12, 21), 3)

    assert (published.assumed, beyond.assumed) == (False, True)


def test_no_working_days_give_the_day_itself_or_the_next_working_one() -> None:
    assert add_working_days(date(2025, 8, 14), 0).date == date(2025, 8, 14)
    assert add_working_days(date(2025, 8, 16), 0).date == date(2025, 8, 18)


def test_working_days_do_not_lead_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        add_working_days(date(2025, 8, 14), -1)


def test_a_last_day_on_a_holiday_moves_to_the_next_working_day() -> None:
    assert next_working_day(date(2025, 10, 1)).date == date(2025, 10, 9)
    assert next_working_day(date(2025, 10, 9)).date == date(2025, 10, 9)


def test_working_days_between_count_the_end_and_not_the_start() -> None:
    assert working_days_between(date(2025, 8, 14), date(2025, 8, 28)) == 10
    assert working_days_between(date(2025, 8, 14), date(2025, 8, 14)) == 0
    assert working_days_between(date(2025, 8, 28), date(2025, 8, 14)) == 0


@given(days, st.integers(min_value=1, max_value=40))
def test_counting_and_adding_agree(start: date, n: int) -> None:
    due = add_working_days(start, n).date

    assert working_days_between(start, due) == n
    assert working_days_between(start, due - timedelta(days=1)) == n - 1
    assert working_day(due).is_working
