"""Days past due with grace, pauses and ranges; figures of Apache Fineract's and Frappe's tests."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest

from policies.money import Money, yuan
from services.calculator.dpd import answer
from services.calculator.reading import Uninterpretable
from workflows.lending.arrears.batch import LoanBook, UnevenBook, arrears_of
from workflows.lending.arrears.unpaid import (
    DUE_DAY,
    Due,
    Pause,
    arrears,
    paused_days,
    resumed,
    unpaid,
)

QUARTERS = [
    {"due": day, "amount": "250"}
    for day in ("2023-10-01", "2023-10-16", "2023-10-31", "2023-11-15")
]
RANGES = [["R1", 1, 3], ["R3", 4, 30], ["R30", 31, 60], ["R60", 61, 90], ["R90", 91, None]]
MONTHS = [
    {"due": "2023-01-31", "amount": "312"},
    {"due": "2023-03-02", "amount": "312"},
    {"due": "2023-04-01", "amount": "312"},
    {"due": "2023-05-01", "amount": "314"},
]
FOUR = [["1-10", 1, 10], ["11-30", 11, 30], ["31-60", 31, 60], ["61+", 61, None]]


def case(kind: str, as_of: list[str], events: list[Any] | None = None, **more: Any) -> Any:
    usual = {"schedule": QUARTERS, "grace_days": 3, "ranges": RANGES}
    return {"kind": kind, "as_of": as_of, "events": events or [], **usual, **more}


def payment(on: str, amount: str) -> dict[str, str]:
    return {"type": "payment", "date": on, "amount": amount}


def pause(start: str, end: str, entered: str | None = None) -> dict[str, str]:
    return {"type": "pause", "entered": entered or start, "from": start, "to": end}


def days(found: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
    return [(one["days_past_due"], one["delinquent_days"], one["overdue_amount"]) for one in found]


def test_an_instalment_due_today_is_not_past_due() -> None:
    due = Due(date(2023, 10, 1), yuan("250.00"))

    assert arrears([due], date(2023, 10, 1)).days_past_due == 0
    assert arrears([due], date(2023, 10, 2)).days_past_due == 1


def test_where_the_due_day_counts_an_instalment_due_today_is_one_day_past_due() -> None:
    due = Due(date(2023, 10, 1), yuan("250.00"))

    assert arrears([due], date(2023, 9, 30), counting=DUE_DAY).days_past_due == 0
    assert arrears([due], date(2023, 10, 1), counting=DUE_DAY).days_past_due == 1


@pytest.mark.parametrize(("on", "delinquent"), [("2023-10-04", 0), ("2023-10-05", 1)])
def test_grace_ends_with_its_last_day(on: str, delinquent: int) -> None:
    assert answer(case("loan_level", [on]))[0]["delinquent_days"] == delinquent


def test_a_pause_before_any_arrears_counts_from_its_own_start() -> None:
    """Fineract, LoanDelinquency.feature: 30 days past due - 3 - 19 paused = 8."""
    events = [
        pause("2023-10-06", "2023-10-30"),
        payment("2023-10-16", "250"),
        {"type": "resume", "date": "2023-10-25"},
    ]
    asked = ["2023-10-06", "2023-10-16", "2023-10-16", "2023-10-26", "2023-11-15"]

    found = answer(case("loan_level_with_pause", asked, events))

    assert days(found) == [
        (5, 2, "250"),
        (15, 2, "250"),
        (0, 0, "0"),
        (10, 0, "250"),
        (30, 8, "500"),
    ]


def test_a_backdated_pause_is_known_from_the_day_it_was_entered() -> None:
    events = [pause("2023-10-25", "2023-11-15", entered="2023-10-27")]

    found = answer(case("loan_level_with_pause", ["2023-10-26", "2023-10-27"], events))

    assert days(found) == [(25, 22, "500"), (26, 21, "500")]


def test_pauses_that_overlap_count_each_day_once() -> None:
    first = Pause(date(2023, 10, 6), date(2023, 10, 6), date(2023, 10, 20))
    second = Pause(date(2023, 10, 10), date(2023, 10, 10), date(2023, 10, 25))

    assert paused_days([first, second], date(2023, 10, 31)) == 19
    assert paused_days([second, first], date(2023, 10, 15)) == 9
    assert paused_days([], date(2023, 10, 31)) == 0


def test_resuming_ends_only_the_pauses_that_cover_the_day() -> None:
    over = Pause(date(2023, 10, 6), date(2023, 10, 6), date(2023, 10, 20))
    running = Pause(date(2023, 10, 20), date(2023, 10, 20), date(2023, 11, 20))

    after = resumed([over, running], date(2023, 10, 25))

    assert [one.end for one in after] == [date(2023, 10, 20), date(2023, 10, 25)]


def test_an_amount_is_in_the_range_of_its_own_instalment_without_grace() -> None:
    """Fineract: the pause of ten days counts for each instalment, the loan's grace does not."""
    events = [pause("2023-10-15", "2023-10-30"), {"type": "resume", "date": "2023-10-25"}]
    asked = ["2023-11-13", "2023-12-01"]
    later = [*events, pause("2023-11-14", "2023-11-30")]

    found = answer(case("instalment_level_with_pause", asked, later))

    assert found[0]["by_bucket"] == {"R1": "250", "R3": "250", "R30": "250"}
    assert found[1]["by_bucket"] == {"R3": "500", "R30": "250"}


def test_a_date_that_stands_once_more_is_one_event_later() -> None:
    """Fineract, four ranges: 626, 100 and 524 are paid on one day."""
    paid = [payment("2023-05-31", amount) for amount in ("626", "100", "524")]

    found = answer(
        case(
            "instalment_level",
            ["2023-05-31"] * 4,
            paid,
            schedule=MONTHS,
            ranges=FOUR,
            grace_days=0,
        )
    )

    assert days(found) == [(120, 120, "1250"), (60, 60, "624"), (60, 60, "524"), (0, 0, "0")]
    assert [one["by_bucket"] for one in found] == [
        {"11-30": "314", "31-60": "312", "61+": "624"},
        {"11-30": "314", "31-60": "310"},
        {"11-30": "314", "31-60": "210"},
        {},
    ]


def test_a_date_that_stands_once_is_after_all_its_events() -> None:
    """Frappe, drawdown of 60,000: 10,000 of 10,592 paid on the due day."""
    events = [payment("2024-10-10", "10000"), payment("2024-10-18", "592")]
    asked = ["2024-10-09", "2024-10-10", "2024-10-15", "2024-10-18"]
    schedule = [{"due": "2024-10-10", "amount": "10592"}]

    found = answer(
        case(
            "drawdown_level_inclusive",
            asked,
            events,
            schedule=schedule,
            grace_days=0,
            ranges=None,
        )
    )

    assert [one["days_past_due"] for one in found] == [0, 1, 6, 0]


def test_payments_fill_the_oldest_instalment_first() -> None:
    dues = [Due(date(2023, 10, 16), yuan("250.00")), Due(date(2023, 10, 1), yuan("250.00"))]

    assert unpaid(dues, yuan("300.00")) == (Due(date(2023, 10, 16), yuan("200.00")),)
    assert unpaid(dues, yuan("600.00")) == ()


OPEN = [payment("2023-10-16", "100"), payment("2023-10-16", "100"), payment("2023-10-16", "50")]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"kind": "portfolio_level"}, "calc.unknown_word"),
        ({"kind": None}, "calc.missing_field"),
        ({"grace_days": -1}, "calc.out_of_range"),
        ({"grace_days": "3.5"}, "calc.wrong.whole"),
        ({"grace": 3}, "calc.unknown_field"),
        ({"schedule": []}, "calc.wrong.objects"),
        ({"schedule": [{"due": "2023-10-01", "amount": "2.505"}]}, "calc.parts_of_a_fen"),
        ({"schedule": [{"due": "2023-02-30", "amount": "250"}]}, "calc.wrong.date"),
        ({"as_of": []}, "calc.wrong.dates"),
        ({"as_of": "2023-10-05"}, "calc.wrong.dates"),
        ({"as_of": [20231005]}, "calc.wrong.date"),
        ({"events": None}, "calc.missing_field"),
        ({"events": [{"type": "charge"}]}, "calc.unknown_word"),
        ({"events": [{"type": "resume", "date": "2023-10-05"}]}, "calc.dpd.nothing_to_resume"),
        ({"events": [pause("2023-10-09", "2023-10-06")]}, "calc.not_rising"),
        ({"events": [{"type": "pause", "from": "2023-10-05"}]}, "calc.missing_field"),
        ({"ranges": [["R1", 4, 9], ["R2", 9, 12]]}, "calc.wrong.ranges"),
        ({"ranges": [["R1", 4]]}, "calc.wrong.ranges"),
        ({"kind": "instalment_level", "ranges": None}, "calc.missing_field"),
        ({"as_of": ["2023-10-16"] * 2, "events": OPEN}, "calc.dpd.open_repetition"),
    ],
)
def test_what_cannot_be_interpreted_is_refused(changes: dict[str, Any], key: str) -> None:
    asked = {**case("loan_level", ["2023-10-05"]), **changes}

    with pytest.raises(Uninterpretable) as refused:
        answer(asked)

    assert refused.value.key == key


def book(**changes: Any) -> LoanBook:
    usual: dict[str, Any] = {
        "due_days": np.array([19_631, 19_646, 19_631], dtype=np.int32),
        "amounts": np.array([25_000, 25_000, 25_000], dtype=np.int64),
        "first": np.array([0, 2], dtype=np.int64),
        "paid": np.array([0, 25_000], dtype=np.int64),
        "paused_days": np.array([0, 0], dtype=np.int32),
    }
    return LoanBook(**(usual | changes))


def test_a_book_has_a_figure_for_each_loan() -> None:
    found = arrears_of(book(), date(2023, 10, 17), grace_days=3)

    assert found.days_past_due.tolist() == [16, 0]
    assert found.delinquent_days.tolist() == [13, 0]
    assert found.overdue.tolist() == [50_000, 0]


@pytest.mark.parametrize(
    "changes",
    [
        {"first": np.array([0, 0])},
        {"first": np.array([0, 3])},
        {"first": np.array([1, 2])},
        {"first": np.array([], dtype=np.int64), "paid": np.array([]), "paused_days": np.array([])},
        {"paid": np.array([0])},
        {"amounts": np.array([1, 2])},
    ],
)
def test_a_book_whose_arrays_do_not_fit_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(UnevenBook):
        arrears_of(book(**changes), date(2023, 10, 17))


def test_nothing_is_owed_where_no_instalment_is_unpaid() -> None:
    assert arrears([], date(2023, 10, 17)).overdue == Money.ZERO
