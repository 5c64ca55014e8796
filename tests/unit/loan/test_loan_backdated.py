"""A payment of an earlier day: the loan stands as if it had been booked then, told once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from policies.money import Money, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import BK_A, BK_L, BK_L2, ENT, begin, jiangsu, repaid_by
from workflows.loan.balance import owed_on
from workflows.loan.change_records import BookBackdated, WaiveTechnical
from workflows.loan.events import LoanBecameOverdue, LoanBucketEntered
from workflows.loan.facts import LoanThen
from workflows.loan.records import Loan, RepayLoan

DUE = date(2025, 9, 21)
QUARTER = yuan("22800.00")
Told = tuple[date, Money]


def loan_of(lives: Lives) -> Loan:
    found: Loan = lives.row("loan", "L1")
    return found


def lent() -> Lives:
    return repaid_by(begin(), settlement="QUARTERLY_20")


def told(*payments: Told, until: date, lend: Callable[[], Lives] = lent) -> Lives:
    """A life in which every payment was booked on its day."""
    lives = lend()
    for day, amount in payments:
        lives.at(day).act(RepayLoan("L1", amount), ENT)
    return lives.at(until)


def backdated(lives: Lives, payment: Told, *others: Told) -> Lives:
    """The payment booked today; the loan as it stood on its day comes from a life of its own."""
    day, amount = payment
    before = tuple(one for one in others if one[0] <= day)
    later = tuple(one for one in others if one[0] > day)
    then = loan_of(told(*before, until=day))
    lives.facts["BookBackdated"] = (LoanThen(then, later),)
    lives.act(BookBackdated("L1", amount, day), BK_L, BK_L2)
    return lives


def debt(lives: Lives) -> Any:
    return owed_on(loan_of(lives), jiangsu(), lives.today)


def bank(lives: Lives, account: str) -> Money:
    return Money(
        sum(x.amount.fen for x in lives.postings if (x.owner, x.account) == ("bank:BK01", account))
    )


@pytest.mark.parametrize(
    ("payment", "others", "today"),
    [
        pytest.param((DUE, QUARTER), (), date(2025, 10, 5), id="interest paid on its day"),
        pytest.param((DUE, yuan("10000.00")), (), date(2025, 10, 5), id="a part of it"),
        pytest.param(
            (DUE, QUARTER), ((date(2025, 10, 1), yuan("5000.00")),), date(2025, 10, 5),
            id="before another that was booked",
        ),
        pytest.param(
            (date(2025, 11, 3), yuan("1000000.00")), ((DUE, QUARTER),), date(2026, 1, 10),
            id="principal before a due date",
        ),
        pytest.param(
            (date(2025, 8, 20), yuan("500000.00")), (), date(2025, 10, 31), id="before any due date"
        ),
    ],
)  # fmt: skip
def test_the_loan_stands_as_if_it_had_been_booked_then(
    payment: Told, others: tuple[Told, ...], today: date
) -> None:
    lives = backdated(told(*others, until=today), payment, *others)
    would = told(*sorted((payment, *others)), until=today)

    assert debt(lives) == debt(would)
    one, other = loan_of(lives), loan_of(would)
    assert (one.state, one.overdue_since, one.outstanding) == (
        other.state, other.overdue_since, other.outstanding,
    )  # fmt: skip
    assert one.schedule == other.schedule
    for account in ("loans", "cash"):
        assert bank(lives, account) == bank(would, account)
    owing = one.interest_due + one.accrued
    assert bank(lives, "interest_receivable") == owing


def test_no_second_status_event_is_told() -> None:
    lives = backdated(told(until=date(2025, 10, 30)), (date(2025, 9, 25), yuan("100.00")))

    assert loan_of(lives).state == "OVERDUE"
    told_of = [type(x.event) for x in lives.events]
    assert told_of.count(LoanBecameOverdue) == 1
    assert told_of.count(LoanBucketEntered) == 3


def test_what_may_not_be_booked() -> None:
    lives = told(until=date(2025, 10, 5))
    then = loan_of(told(until=DUE))

    def codes(amount: str, day: date, undone_by: str = "") -> tuple[str, ...]:
        lives.facts["BookBackdated"] = (LoanThen(then, (), undone_by),)
        return lives.refusals(BookBackdated("L1", yuan(amount), day), BK_L)

    assert codes("1.00", DUE) == ()
    assert codes("1.00", lives.today) == ("not_paid_before",)
    assert codes("0.00", DUE) == ("not_paid_before",)
    assert codes("6022800.00", DUE) == ()
    assert codes("6022800.01", DUE) == ("more_than_owed",)
    assert codes("1.00", DUE, "Loan.Drawn") == ("replay_blocked",)


@pytest.mark.parametrize(("days", "codes"), [(7, ()), (8, ("arrears_not_technical",))])
def test_technical_arrears_need_not_lower_the_class(days: int, codes: tuple[str, ...]) -> None:
    lives = told(until=DUE + timedelta(days=days))
    waive = WaiveTechnical("L1", "the bank's own transfer failed")

    assert lives.refusals(waive, BK_A) == codes
    if not codes:
        assert lives.act(waive, BK_A).classification == "NORMAL"
