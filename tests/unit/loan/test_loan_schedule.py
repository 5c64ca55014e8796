"""A live loan repaid by a plan: due dates, arrears of one instalment, cure, draws, prepayment."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.money import Money, total, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    BK_L,
    BK_L2,
    DRAWN,
    DUE,
    ENT,
    base_case,
    begin,
    jiangsu,
    product,
    repaid_by,
)
from workflows.loan.balance import amount_due, owed_on
from workflows.loan.change_records import DrawLoan
from workflows.loan.events import (
    LoanArrearsReduced,
    LoanBecameOverdue,
    LoanBucketEntered,
    LoanInterestPosted,
)
from workflows.loan.records import DisburseLoan, Loan, PrepayLoan, RepayLoan

QUARTERS = [date(2025, 9, 21), date(2025, 12, 21), date(2026, 3, 21), date(2026, 6, 21), DUE]
METHODS: list[dict[str, Any]] = [
    {"method": "BULLET", "settlement": "QUARTERLY_20"},
    {"method": "BULLET", "settlement": "MONTHLY_20"},
    {"method": "ANNUITY"},
    {"method": "ANNUITY", "every_months": 3, "grace": 1},
    {"method": "EQUAL_PRINCIPAL"},
    {"method": "EQUAL_PRINCIPAL", "settlement": "QUARTERLY_20"},
    {"method": "EQUAL_PRINCIPAL", "counting": "MONTHS_AND_DAYS"},
    {"method": "FIXED_PRINCIPAL", "share": Decimal("0.05")},
    {"method": "FIXED_INSTALMENT", "instalment": yuan("400000.00")},
    {"method": "FLAT"},
]


def loan_of(lives: Lives) -> Loan:
    found: Loan = lives.row("loan", "L1")
    return found


def pay(lives: Lives, amount: str | Money) -> Loan:
    money = yuan(amount) if isinstance(amount, str) else amount
    found: Loan = lives.act(RepayLoan("L1", money), ENT)
    return found


def due_now(lives: Lives) -> Money:
    return amount_due(loan_of(lives), jiangsu(), lives.today)


def pay_what_is_due(lives: Lives) -> Loan:
    return pay(lives, due_now(lives))


def events(lives: Lives, kind: type) -> list[Any]:
    return [one.event for one in lives.events if isinstance(one.event, kind)]


def quarterly(**more: Any) -> Lives:
    return repaid_by(begin(), settlement="QUARTERLY_20", **more)


def test_vector_32_on_a_live_loan() -> None:
    """B0 by quarter: through the 20th inclusive, paid the 21st; the rest at maturity."""
    lives, paid = quarterly(), []
    for day in QUARTERS:
        if day > date(2026, 2, 10) and loan_of(lives).outstanding == yuan("6000000.00"):
            # the interest to the day is met first, and belongs to the quarter
            lives.at(date(2026, 2, 10)).act(
                RepayLoan("L1", yuan("1800000.00") + yuan("30600.00")), ENT
            )
            paid.append(yuan("30600.00"))
        lives.at(day)
        owing = due_now(lives)
        paid.append(owing - (yuan("4200000.00") if day == DUE else Money.ZERO))
        pay(lives, owing)

    assert loan_of(lives).state == "SETTLED"
    first, second, part, rest, fourth, last = paid
    assert (first, second) == (yuan("22800.00"), yuan("54600.00"))
    assert part + rest == yuan("46980.00")
    assert (fourth, last) == (yuan("38640.00"), yuan("22680.00"))
    assert total(paid) == yuan("185700.00")
    assert total(one.amount for one in events(lives, LoanInterestPosted)) == yuan("185700.00")
    assert not events(lives, LoanBecameOverdue)
    assert not [key for key in lives.timers if key[0] == "loan"]


def test_arrears_of_interest_alone_make_a_loan_overdue_and_compound() -> None:
    lives = quarterly().at(date(2025, 9, 21))
    assert loan_of(lives).state == "ACTIVE"

    lives.at(date(2025, 9, 22))

    loan = loan_of(lives)
    assert (loan.state, loan.overdue_since, loan.bucket) == ("OVERDUE", date(2025, 9, 21), "M0")
    lives.at(date(2025, 10, 21))
    owing = owed_on(loan_of(lives), jiangsu(), lives.today)
    assert (owing.penalty, owing.compound) == (Money.ZERO, yuan("68.40"))  # 22,800 x 3.6 % x 30/360
    loan = pay(lives, yuan("22800.00") + yuan("68.40"))
    assert (loan.state, loan.overdue_since, loan.bucket) == ("ACTIVE", None, "CURRENT")
    assert lives.timers[("loan", "L1", "overdue")].due_on == date(2025, 12, 22)
    assert ("loan", "L1", "bucket") not in lives.timers


def test_the_oldest_arrears_paid_days_past_due_count_from_the_next() -> None:
    lives = quarterly().at(date(2026, 1, 10))
    assert loan_of(lives).bucket == "M4"  # 111 days from 2025-09-21

    first = loan_of(lives).unpaid_interest[0].amount
    loan = pay(lives, first)

    assert (loan.overdue_since, loan.bucket) == (date(2025, 12, 21), "M1")  # 20 days
    assert loan.classification == "SUBSTANDARD"  # no better by this alone
    [reduced] = events(lives, LoanArrearsReduced)
    assert (reduced.dpd, reduced.next_bucket_on) == (20, date(2026, 1, 21))
    assert lives.at(date(2026, 1, 21)).row("loan", "L1").bucket == "M2"
    assert len(events(lives, LoanBecameOverdue)) == 1


def test_paid_on_the_due_date_nothing_falls_overdue() -> None:
    lives = repaid_by(begin(), method="EQUAL_PRINCIPAL")
    loan = loan_of(lives)
    assert [one.due_on.day for one in loan.schedule] == [14] * 12
    assert total(one.principal for one in loan.schedule) == yuan("6000000.00")

    for day in [one.due_on for one in loan.schedule]:
        pay_what_is_due(lives.at(day))

    assert loan_of(lives).state == "SETTLED"
    assert not events(lives, LoanBecameOverdue)


def test_one_instalment_missed_bears_the_penalty_alone_and_is_cured() -> None:
    lives = repaid_by(begin(), method="EQUAL_PRINCIPAL").at(date(2025, 9, 24))

    owing = owed_on(loan_of(lives), jiangsu(), lives.today)

    assert owing.penalty == yuan("750.00")  # 500,000 x 5.4 % x 10/360
    assert due_now(lives) == yuan("500000.00") + yuan("18600.00") + yuan("750.00") + yuan("18.60")
    loan = pay_what_is_due(lives)
    assert (loan.state, loan.outstanding) == ("ACTIVE", yuan("5500000.00"))
    assert lives.timers[("loan", "L1", "overdue")].due_on == date(2025, 10, 15)


@pytest.mark.parametrize("terms", METHODS, ids=lambda one: "-".join(map(str, one.values())))
def test_every_method_is_repaid_by_what_falls_due(terms: dict[str, Any]) -> None:
    lives = repaid_by(begin(), **terms)
    planned = loan_of(lives).schedule

    for one in planned:
        pay_what_is_due(lives.at(one.due_on))

    loan = loan_of(lives)
    assert (loan.state, loan.outstanding, loan.interest_due) == ("SETTLED", Money.ZERO, Money.ZERO)
    posted = total(one.amount for one in events(lives, LoanInterestPosted))
    assert posted == total(one.interest for one in planned)
    assert not events(lives, LoanBecameOverdue)


def test_two_draws_bear_interest_each_from_its_day_and_round_once() -> None:
    lives = repaid_by(begin(), "3500000.00", settlement="QUARTERLY_20").at(date(2025, 9, 1))
    assert lives.refusals(DrawLoan("L1", yuan("2500000.01")), BK_L) == ("amount_over_approved",)

    loan = lives.act(DrawLoan("L1", yuan("2500000.00")), BK_L, BK_L2)

    assert (loan.disbursed, loan.outstanding) == (yuan("6000000.00"), yuan("6000000.00"))
    assert loan.schedule[-1].principal == yuan("6000000.00")
    lives.at(date(2025, 9, 21))
    # 3,500,000 x 38 days + 2,500,000 x 20 days = 183,000,000 x 3.6 % / 360
    assert due_now(lives) == yuan("18300.00")


def test_an_annuity_drawn_again_asks_for_a_new_instalment() -> None:
    lives = repaid_by(begin(), "3000000.00", method="ANNUITY")
    before = loan_of(lives).schedule
    pay_what_is_due(lives.at(before[0].due_on))

    lives.at(date(2025, 10, 1)).act(DrawLoan("L1", yuan("3000000.00")), BK_L, BK_L2)

    after = loan_of(lives).schedule
    assert len(after) == 12
    assert after[0] == before[0]
    each = {(one.principal + one.interest).fen for one in after[1:-1]}
    assert len(each) == 1
    assert each.pop() > (before[1].principal + before[1].interest).fen
    for one in after[1:]:
        pay_what_is_due(lives.at(one.due_on))
    assert loan_of(lives).state == "SETTLED"


def test_a_prepayment_in_mid_quarter_meets_interest_to_the_day_and_plans_the_rest_anew() -> None:
    lives = repaid_by(begin(), method="EQUAL_PRINCIPAL", settlement="QUARTERLY_20")
    for day in QUARTERS[:1]:
        pay_what_is_due(lives.at(day))
    assert loan_of(lives).outstanding == yuan("4800000.00")
    lives.at(date(2025, 10, 31))  # 40 days: 19,200.00

    loan = lives.act(PrepayLoan("L1", yuan("1219200.00"), date(2025, 10, 20)), ENT)

    assert loan.outstanding == yuan("3600000.00")
    assert [one.principal for one in loan.schedule[1:]] == [yuan("900000.00")] * 4
    lives.at(QUARTERS[1])
    assert due_now(lives) == yuan("900000.00") + yuan("18360.00")  # 3,600,000 x 51 days


def test_what_is_due_is_met_before_interest_that_is_not() -> None:
    """The arrears exactly, in mid-period: the loan is current, whatever has accrued since."""
    lives = quarterly().at(date(2025, 11, 10))
    arrears = due_now(lives)

    loan = pay(lives, arrears)

    assert loan.state == "ACTIVE"
    # posted to the day, not yet due
    assert [one.due_on for one in loan.unpaid_interest] == [date(2025, 12, 21)]


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(METHODS), st.lists(st.integers(1, 90), min_size=1, max_size=8), st.data())
def test_a_loan_is_overdue_exactly_while_something_due_before_today_is_unpaid(
    terms: dict[str, Any], gaps: list[int], data: st.DataObject
) -> None:
    lives = repaid_by(begin(), **terms)
    for gap in gaps:
        lives.at(lives.today + timedelta(days=gap))
        loan = loan_of(lives)
        late = amount_due(loan, jiangsu(), lives.today - timedelta(days=1))
        assert (loan.state == "OVERDUE") == bool(loan.overdue_since) == bool(late)
        owing = owed_on(loan, jiangsu(), lives.today).total
        part = Money(data.draw(st.integers(1, owing.fen)))
        paid = pay(lives, part)
        left = owed_on(paid, jiangsu(), lives.today).total
        assert left == owing - part
        assert total(one.amount for one in paid.unpaid_interest) <= paid.interest_due
        assert (paid.state == "SETTLED") == (not left)
        if not left:
            return


def test_a_second_bucket_is_entered_once() -> None:
    lives = quarterly().at(date(2025, 11, 1))

    names = [one.bucket for one in events(lives, LoanBucketEntered)]

    assert names == ["M0", "M1", "M2"]
    assert lives.today > DRAWN


def test_an_instalment_below_the_interest_repays_nothing_and_nothing_is_drawn() -> None:
    lives = begin()
    lives.rows[("product", "P-SZD")] = product(
        method="FIXED_INSTALMENT", instalment=yuan("15000.00")
    )
    lives.act(base_case(product="P-SZD"))

    assert lives.refusals(DisburseLoan("L1", yuan("6000000.00")), BK_L) == ("no_schedule",)
    assert lives.refusals(DisburseLoan("L1", yuan("600000.00")), BK_L) == ()
