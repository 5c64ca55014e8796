"""An overdue loan: days, buckets, classes, calling in, write-off; both sides of each threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from policies.money import Money, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    BK_A,
    BK_L,
    BK_L2,
    BK_R,
    DRAWN,
    DUE,
    ENT,
    base_case,
    begin,
    compensated,
    covered,
    drawn,
    partly_repaid,
    repaid_by,
)
from workflows.fund.records import TopUpFund
from workflows.lending.interest import InterestDue
from workflows.lifecycle.refusals import NotPossible
from workflows.lifecycle.roles import Actor, Role
from workflows.loan.records import (
    BOARDED,
    AccelerateLoan,
    ClassifyLoan,
    ClearArrears,
    DisburseLoan,
    DowngradeLoan,
    EnterBucket,
    MarkOverdue,
    PostInterest,
    RepayLoan,
    SettleLoan,
    StartNonAccrual,
    WriteOffLoan,
)

QUARTER = date(2025, 9, 21)
BOARDED_LOAN = {"origin": BOARDED, "pledge": ""}


def overdue(days: int) -> Lives:
    """B0 unpaid at maturity, that many days past due."""
    return partly_repaid(covered(drawn(begin()))).at(DUE + timedelta(days=days))


def unpaid_quarter(days: int) -> Lives:
    """Two years, interest by quarter: the first interest unpaid, that many days past due."""
    lives = repaid_by(begin(), settlement="QUARTERLY_20", term=24)
    return lives.at(QUARTER + timedelta(days=days))


def with_row(lives: Lives, **changes: Any) -> Lives:
    lives.rows[("loan", "L1")] = replace(lives.row("loan", "L1"), **changes)
    return lives


def test_a_loan_is_overdue_from_the_day_after_its_due_date() -> None:
    lives = drawn(begin()).at(DUE)

    assert lives.refusals(MarkOverdue("L1")) == ("not_yet_due",)
    assert lives.at(DUE + timedelta(days=1)).row("loan", "L1").overdue_since == DUE


def test_interest_of_the_term_is_posted_up_to_maturity_when_it_is_missed() -> None:
    loan = drawn(begin()).at(DUE + timedelta(days=1)).row("loan", "L1")

    assert loan.interest_due == yuan("219000.00")
    assert loan.unpaid_interest == (InterestDue(DUE, yuan("219000.00")),)
    assert loan.interest_from == DUE


def test_paying_everything_overdue_settles_the_loan() -> None:
    lives = overdue(30)

    loan = lives.act(RepayLoan("L1", yuan("4218900.00")), ENT)  # 30 x 630.00

    assert loan.state == "SETTLED"
    assert not [key for key in lives.timers if key[0] == "loan"]


def test_a_part_paid_while_overdue_leaves_the_days_running() -> None:
    lives = overdue(30)

    loan = lives.act(RepayLoan("L1", yuan("1018900.00")), ENT)

    assert (loan.state, loan.overdue_since) == ("OVERDUE", DUE)
    assert loan.outstanding == yuan("3200000.00")
    assert lives.refusals(ClearArrears("L1")) == ("arrears_left",)


def test_steps_of_the_calendar_are_taken_once() -> None:
    lives = overdue(40)

    assert lives.refusals(EnterBucket("L1")) == ("bucket_unchanged",)
    assert lives.refusals(ClassifyLoan("L1")) == ("class_not_worse",)


@pytest.mark.parametrize(("days", "refused"), [(90, True), (91, False)])
def test_non_accrual_starts_on_day_91(days: int, refused: bool) -> None:
    lives = with_row(overdue(days), non_accrual=False)

    assert lives.refusals(StartNonAccrual("L1")) == (("accrual_goes_on",) if refused else ())


def test_non_accrual_takes_booked_unpaid_interest_out_of_income() -> None:
    lives = drawn(begin()).at(DUE + timedelta(days=91))

    income = sum(x.amount.fen for x in lives.postings if x.account == "interest_income")
    noted = sum(x.amount.fen for x in lives.postings if x.account == "off_balance_interest")
    assert income == 0
    # 78 days to the last month end on 6,000,000.00, and on the interest due
    booked = yuan("70200.00") + yuan("2562.30")
    assert lives.row("loan", "L1").interest_due == yuan("219000.00")
    assert Money(noted) == yuan("219000.00") + booked


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("SUBSTANDARD", ()),
        ("SPECIAL_MENTION", ("class_not_worse",)),
        ("NORMAL", ("class_not_worse",)),
        ("LOST", ("class_not_worse",)),
    ],
)
def test_two_persons_may_only_lower_a_class(wanted: str, codes: tuple[str, ...]) -> None:
    assert overdue(10).refusals(DowngradeLoan("L1", wanted, "BANKRUPT"), BK_R) == codes


def test_a_downgrade_stays_when_the_calendar_asks_for_less() -> None:
    lives = overdue(10)

    lives.act(DowngradeLoan("L1", "DOUBTFUL", "EXPECTED_LOSS"), BK_R, BK_A)

    assert lives.at(DUE + timedelta(days=91)).row("loan", "L1").classification == "DOUBTFUL"


@pytest.mark.parametrize(
    ("days", "breach", "codes"),
    [
        (90, "", ("dpd_below_acceleration",)),
        (91, "", ()),
        (5, "FALSE_PAPERS", ()),
        (5, "USE_DIVERTED", ("breach_not_on_file",)),
        (91, "DISLIKE", ("breach_not_on_file",)),
    ],
)
def test_calling_in_asks_more_than_90_days_or_a_breach(
    days: int, breach: str, codes: tuple[str, ...]
) -> None:
    assert unpaid_quarter(days).refusals(AccelerateLoan("L1", breach), BK_R) == codes


def test_a_matured_loan_cannot_be_called_in() -> None:
    assert overdue(91).refusals(AccelerateLoan("L1"), BK_R) == ("principal_already_due",)


def test_an_accelerated_loan_is_due_at_once_and_its_days_run_on() -> None:
    lives = unpaid_quarter(91)

    loan = lives.act(AccelerateLoan("L1"), BK_R, BK_A)

    assert (loan.state, loan.due_on) == ("ACCELERATED", QUARTER + timedelta(days=91))
    assert loan.overdue_since == QUARTER
    assert {one.due_on for one in loan.unpaid_interest} == {QUARTER, loan.due_on}
    assert lives.at(QUARTER + timedelta(days=181)).row("loan", "L1").bucket == "M5"
    assert ("loan", "L1", "due") not in lives.timers


def test_a_current_loan_is_called_in_on_a_breach_and_is_late_from_then() -> None:
    lives = repaid_by(begin(), settlement="QUARTERLY_20", term=24).at(date(2025, 9, 1))

    assert lives.refusals(AccelerateLoan("L1"), BK_R) == ("dpd_below_acceleration",)
    loan = lives.act(AccelerateLoan("L1", "FALSE_PAPERS"), BK_R, BK_A)

    assert (loan.state, loan.overdue_since) == ("ACCELERATED", date(2025, 9, 1))
    assert lives.at(date(2025, 9, 2)).row("loan", "L1").bucket == "M0"
    # 18 days at 3.60 %, then one at 5.40 % and compound interest on the 10,800.00 due
    whole = yuan("6000000.00") + yuan("10800.00") + yuan("900.00") + yuan("1.62")
    assert lives.act(RepayLoan("L1", whole), ENT).state == "SETTLED"


def test_a_loan_written_off_without_compensation_is_the_banks_loss() -> None:
    lives = overdue(361)

    loan = lives.act(WriteOffLoan("L1", "ENFORCEMENT_ENDED"))

    assert (loan.state, loan.written_off, loan.outstanding) == (
        "WRITTEN_OFF",
        yuan("4200000.00"),
        Money.ZERO,
    )
    lost = sum(x.amount.fen for x in lives.postings if x.account == "impairment_losses")
    assert Money(lost) == yuan("4200000.00")
    assert not [key for key in lives.timers if key[0] == "loan"]


def test_an_owing_loan_cannot_be_settled() -> None:
    assert drawn(begin()).refusals(SettleLoan("L1")) == ("still_owing",)


@pytest.mark.parametrize(
    ("until", "codes"),
    [
        (DRAWN, ("interest_already_posted",)),
        (DRAWN + timedelta(days=1), ()),
        (DRAWN + timedelta(days=30), ()),
        (DRAWN + timedelta(days=31), ("interest_already_posted",)),
    ],
)
def test_interest_is_posted_for_days_past_and_not_posted_yet(
    until: date, codes: tuple[str, ...]
) -> None:
    lives = drawn(begin()).at(DRAWN + timedelta(days=30))

    assert lives.refusals(PostInterest("L1", until)) == codes


def test_a_boarded_loan_of_no_term_and_no_rate_is_repaid_the_same_day() -> None:
    lives = begin()
    lives.act(base_case(**BOARDED_LOAN, term_months=0, annual_rate=Decimal(0)))
    lives.rows[("loan", "L1")] = replace(lives.row("loan", "L1"), pledge="P1")
    lives.act(DisburseLoan("L1", yuan("6000000.00")), BK_L, BK_L2)

    loan = lives.act(RepayLoan("L1", yuan("6000000.00")), BK_L)

    assert (loan.state, loan.due_on) == ("SETTLED", DRAWN)


def test_a_settled_loan_knows_no_further_step() -> None:
    lives = covered(drawn(begin())).at(DUE)
    lives.act(RepayLoan("L1", yuan("6219000.00")), ENT)

    with pytest.raises(NotPossible):
        lives.act(RepayLoan("L1", yuan("1.00")), ENT)


def test_the_fund_is_topped_up_by_two_persons_of_the_fiscal_department() -> None:
    lives = begin("1000.00")
    fin, fin2 = Actor("f1", Role.FIN, "FIN", "320000"), Actor("f2", Role.FIN, "FIN", "320000")

    assert lives.act(TopUpFund("JS-FUND", yuan("500.00")), fin, fin2).cash == yuan("1500.00")
    assert lives.refusals(TopUpFund("JS-FUND", Money.ZERO), fin) == ("amount_not_positive",)


def test_principal_is_kept_at_every_event() -> None:
    """Appendix C.2, as a whole life tells it."""
    lives = compensated()
    loan = lives.row("loan", "L1")
    repaid = sum(
        lived.event.principal.fen
        for lived in lives.events
        if type(lived.event).__name__ == "LoanPaymentAllocated"
    )

    kept = loan.outstanding + loan.recovered + loan.written_off + Money(repaid)
    assert kept == loan.disbursed


def test_interest_of_a_day_to_come_is_told_from_when_it_may_be_posted() -> None:
    lives = drawn(begin()).at(DRAWN + timedelta(days=30))
    today, tomorrow = (DRAWN + timedelta(days=days) for days in (30, 31))
    lives.act(PostInterest("L1", today))

    [ahead] = lives.reasons(PostInterest("L1", tomorrow))
    [again] = lives.reasons(PostInterest("L1", today))
    assert (ahead.legal_from, again.legal_from) == (tomorrow, None)
