"""Interest booked at month ends: to date, rounded, less booked so far; it sums to the posting."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.money import Money, total, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import DUE, ENT, begin, drawn, partly_repaid, repaid_by
from workflows.lifecycle.deadlines import next_month_end
from workflows.loan.events import LoanInterestAccrued, LoanInterestPosted
from workflows.loan.records import RepayLoan


def booked(lives: Lives, owner: str, account: str) -> Money:
    return total(
        one.amount for one in lives.postings if (one.owner, one.account) == (owner, account)
    )


def events(lives: Lives, kind: type) -> list[Any]:
    return [one.event for one in lives.events if isinstance(one.event, kind)]


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2025, 8, 14), date(2025, 8, 31)),
        (date(2025, 8, 31), date(2025, 9, 30)),
        (date(2025, 12, 31), date(2026, 1, 31)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
    ],
)
def test_the_next_month_end(day: date, following: date) -> None:
    assert next_month_end(day) == following


def test_month_ends_are_booked_and_a_posting_books_the_rest() -> None:
    lives = repaid_by(begin(), settlement="QUARTERLY_20").at(date(2025, 9, 21))

    [august] = events(lives, LoanInterestAccrued)
    [quarter] = events(lives, LoanInterestPosted)
    assert (august.amount, august.until) == (yuan("10200.00"), date(2025, 8, 31))  # 17 days
    assert (quarter.amount, quarter.accrued) == (yuan("22800.00"), yuan("10200.00"))
    assert booked(lives, "bank:BK01", "interest_income") == -yuan("22800.00")
    assert booked(lives, "enterprise:E1", "interest_payable") == -yuan("22800.00")
    assert lives.row("loan", "L1").accrued == Money.ZERO


def test_income_of_vector_32_is_what_was_posted() -> None:
    lives = repaid_by(begin(), settlement="QUARTERLY_20")
    for day, amount in (
        (date(2025, 9, 21), "22800.00"),
        (date(2025, 12, 21), "54600.00"),
        (date(2026, 2, 10), "1830600.00"),
        (date(2026, 3, 21), "16380.00"),
        (date(2026, 6, 21), "38640.00"),
        (DUE, "4222680.00"),
    ):
        lives.at(day).act(RepayLoan("L1", yuan(amount)), ENT)

    assert lives.row("loan", "L1").state == "SETTLED"
    assert booked(lives, "bank:BK01", "interest_income") == -yuan("185700.00")
    assert booked(lives, "bank:BK01", "interest_receivable") == Money.ZERO
    months = events(lives, LoanInterestAccrued)
    assert [one.until for one in months] == [
        next_month_end(date(2025, month, 1) if month < 13 else date(2026, month - 12, 1))
        for month in range(8, 20)
    ]


def test_nothing_is_earned_from_day_91_on_whatever_was_booked_before() -> None:
    """B0: penalty to the month end before is booked, then reversed; later it is noted only."""
    lives = partly_repaid(drawn(begin())).at(DUE + timedelta(days=90))
    assert booked(lives, "bank:BK01", "interest_income") == -yuan("234840.00")  # 185,700 + 49,140

    lives.at(date(2027, 1, 31))

    assert booked(lives, "bank:BK01", "interest_income") == -yuan("185700.00")
    assert booked(lives, "bank:BK01", "off_balance_interest") == yuan("107100.00")  # 170 days
    assert lives.row("loan", "L1").accrued == yuan("107100.00")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(1, 70), min_size=1, max_size=6), st.integers(1, 600_000_000))
def test_whatever_is_paid_when_income_is_what_the_loan_has_borne(gaps: list[int], fen: int) -> None:
    lives = repaid_by(begin(), method="EQUAL_PRINCIPAL", settlement="MONTHLY_20")
    for gap in gaps:
        lives.at(lives.today + timedelta(days=gap))
        loan = lives.row("loan", "L1")
        earned = booked(lives, "bank:BK01", "interest_income")
        noted = booked(lives, "bank:BK01", "off_balance_interest")
        posted = total(one.amount for one in events(lives, LoanInterestPosted))
        assert noted - earned == posted + loan.accrued
        if loan.state == "SETTLED":
            return
        part = Money(min(fen, loan.outstanding.fen) // 7 + 1)
        lives.act(RepayLoan("L1", part), ENT)
