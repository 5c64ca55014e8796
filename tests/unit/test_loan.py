"""When a step of a loan's life is refused, on both sides of each threshold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from policies.money import Money, yuan
from tests.unit.back_lives import (
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
    registered_pledge,
)
from tests.unit.lives import Lives, SecondPersonMissing
from workflows.fund_records import TopUpFund
from workflows.loan_records import (
    BOARDED,
    AccelerateLoan,
    CancelUndrawn,
    ClassifyLoan,
    ClearArrears,
    DisburseLoan,
    DowngradeLoan,
    EnterBucket,
    MarkOverdue,
    PostInterest,
    PrepayLoan,
    RepayLoan,
    SettleLoan,
    StartNonAccrual,
    WriteOffLoan,
)
from workflows.refusals import NotAllowed, NotPossible, Refused
from workflows.roles import Actor, Role

BOARDED_LOAN = {"origin": BOARDED, "pledge": ""}


def opened(**changes) -> Lives:
    lives = begin()
    lives.act(base_case(**changes))
    return lives


def overdue(days: int) -> Lives:
    """B0 unpaid at maturity, that many days past due."""
    return partly_repaid(covered(drawn(begin()))).at(DUE + timedelta(days=days))


def with_row(lives: Lives, **changes) -> Lives:
    lives.rows[("loan", "L1")] = replace(lives.row("loan", "L1"), **changes)
    return lives


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"term_months": 36}, ()),
        ({"term_months": 37}, ("tenor_too_long",)),
        ({"term_months": 0}, ()),
        ({"annual_rate": Decimal("0.0380")}, ()),
        ({"annual_rate": Decimal("0.0381")}, ("rate_above_cap",)),
        ({"annual_rate": Decimal("0")}, ()),
        ({"ip_share": Decimal("0.50")}, ()),
        ({"ip_share": Decimal("0.4999")}, ("ip_share_too_low",)),
        (
            {"term_months": 37, "annual_rate": Decimal("0.05"), "ip_share": Decimal(0)},
            ("tenor_too_long", "rate_above_cap", "ip_share_too_low"),
        ),
    ],
)
def test_terms_outside_the_programme_are_refused_all_at_once(change, codes):
    assert begin().refusals(base_case(**change)) == codes


def test_a_refusal_shows_threshold_actual_and_grade():
    with pytest.raises(Refused) as refused:
        begin().act(base_case(annual_rate=Decimal("0.0381")))

    (reason,) = refused.value.reasons
    assert (reason.threshold, reason.actual) == ("0.0380", "0.0381")
    assert reason.citation is not None


@pytest.mark.parametrize(
    ("amount", "codes"),
    [
        ("6000000.00", ()),
        ("6000000.01", ("amount_over_approved",)),
        ("0.00", ("amount_not_positive",)),
    ],
)
def test_a_drawing_stays_within_the_approval(amount, codes):
    assert opened().refusals(DisburseLoan("L1", yuan(amount)), BK_L) == codes


@pytest.mark.parametrize(
    ("before", "codes"),
    [("24000000.00", ()), ("24000000.01", ("cap_exceeded",))],
)
def test_the_borrowers_programme_balance_is_capped_at_30_million(before, codes):
    lives = opened()
    lives.facts["DisburseLoan"] = {"programme_balance": yuan(before)}

    assert lives.refusals(DisburseLoan("L1", yuan("6000000.00")), BK_L) == codes


def test_no_money_before_the_pledge_is_registered():
    lives = opened()
    draw = DisburseLoan("L1", yuan("6000000.00"))

    lives.rows[("pledge", "P1")] = replace(registered_pledge(), state="FILED")
    assert lives.refusals(draw, BK_L) == ("pledge_not_registered",)
    del lives.rows[("pledge", "P1")]
    assert lives.refusals(draw, BK_L) == ("pledge_not_registered",)


def test_no_drawing_before_the_programme_is_in_force():
    lives = opened()
    draw = DisburseLoan("L1", yuan("6000000.00"))

    lives.today = date(2023, 8, 1)
    assert lives.refusals(draw, BK_L) == ()
    lives.today = date(2023, 7, 31)
    assert lives.refusals(draw, BK_L) == ("policy_not_in_force",)


@pytest.mark.parametrize(
    ("amount", "entrusted", "codes"),
    [
        ("10000000.00", False, ()),
        ("10000000.01", False, ("entrusted_payment_required",)),
        ("10000000.01", True, ()),
    ],
)
def test_above_10_million_the_bank_pays_the_payee(amount, entrusted, codes):
    lives = opened(approved_amount=yuan("12000000.00"))

    assert lives.refusals(DisburseLoan("L1", yuan(amount), entrusted), BK_L) == codes


def test_two_officers_of_the_bank_pay_out():
    lives, draw = opened(), DisburseLoan("L1", yuan("6000000.00"))

    with pytest.raises(SecondPersonMissing):
        lives.act(draw, BK_L)
    with pytest.raises(NotAllowed, match="same_person"):
        lives.act(draw, BK_L, BK_L)
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        lives.act(draw, Actor("x", Role.BK_L, "BK02"), BK_L2)
    assert lives.act(draw, BK_L, BK_L2).state == "ACTIVE"


def test_an_undrawn_loan_is_cancelled_after_its_last_day():
    lives = opened()
    draw_by = lives.row("loan", "L1").draw_by

    assert draw_by == DRAWN + timedelta(days=60)
    assert lives.at(draw_by).row("loan", "L1").state == "APPROVED"
    assert lives.at(draw_by + timedelta(days=1)).row("loan", "L1").state == "CANCELLED"


def test_the_bank_may_cancel_an_undrawn_loan():
    assert opened().act(CancelUndrawn("L1", "BORROWER"), BK_A).state == "CANCELLED"


def test_the_tier_balance_is_kept_with_the_drawing():
    lives = opened()
    lives.facts["DisburseLoan"] = {"programme_balance": yuan("4000000.01")}

    loan = lives.act(DisburseLoan("L1", yuan("6000000.00")), BK_L, BK_L2)

    assert loan.balance_after_draw == yuan("10000000.01")


def test_a_payment_above_the_debt_is_refused():
    lives = covered(drawn(begin())).at(DUE)

    whole = yuan("6219000.00")  # 365 days of interest: 219,000.00
    assert lives.refusals(RepayLoan("L1", whole), ENT) == ()
    assert lives.refusals(RepayLoan("L1", whole + Money(1)), ENT) == ("more_than_owed",)


def test_a_small_payment_meets_interest_only():
    lives = drawn(begin()).at(date(2026, 2, 10))

    loan = lives.act(RepayLoan("L1", yuan("50000.00")), ENT)

    assert (loan.interest_due, loan.outstanding) == (yuan("58000.00"), yuan("6000000.00"))
    assert (loan.in_term_due, loan.interest_from) == (yuan("58000.00"), date(2026, 2, 10))


def test_what_comes_after_compensation_is_a_recovery():
    assert compensated().refusals(RepayLoan("L1", yuan("1000.00")), ENT) == ("book_as_recovery",)


@pytest.mark.parametrize(
    ("notified_on", "amount", "codes"),
    [
        (date(2026, 2, 3), "10000.00", ()),
        (date(2026, 2, 4), "10000.00", ("prepayment_notice_short",)),
        (date(2026, 2, 3), "9999.99", ("prepayment_too_small",)),
    ],
)
def test_prepayment_asks_five_working_days_and_ten_thousand(notified_on, amount, codes):
    lives = drawn(begin()).at(date(2026, 2, 10))

    assert lives.refusals(PrepayLoan("L1", yuan(amount), notified_on), ENT) == codes


def test_prepayment_in_full_pays_actual_days_and_settles():
    lives = drawn(begin()).at(date(2026, 2, 10))

    loan = lives.act(PrepayLoan("L1", yuan("6108000.00"), date(2026, 1, 30)), ENT)

    assert loan.state == "SETTLED"


def test_a_loan_is_overdue_from_the_day_after_its_due_date():
    lives = drawn(begin()).at(DUE)

    assert lives.refusals(MarkOverdue("L1")) == ("not_yet_due",)
    assert lives.at(DUE + timedelta(days=1)).row("loan", "L1").overdue_since == DUE


def test_interest_of_the_term_is_posted_up_to_maturity_when_it_is_missed():
    loan = drawn(begin()).at(DUE + timedelta(days=1)).row("loan", "L1")

    assert (loan.interest_due, loan.in_term_due) == (yuan("219000.00"), yuan("219000.00"))
    assert loan.interest_from == DUE


def test_paying_everything_overdue_settles_the_loan():
    lives = overdue(30)

    loan = lives.act(RepayLoan("L1", yuan("4218900.00")), ENT)  # 30 x 630.00

    assert loan.state == "SETTLED"
    assert not [key for key in lives.timers if key[0] == "loan"]


def test_a_part_paid_while_overdue_leaves_the_days_running():
    lives = overdue(30)

    loan = lives.act(RepayLoan("L1", yuan("1018900.00")), ENT)

    assert (loan.state, loan.overdue_since) == ("OVERDUE", DUE)
    assert loan.outstanding == yuan("3200000.00")
    assert lives.refusals(ClearArrears("L1")) == ("arrears_left",)


def test_arrears_are_cleared_where_the_principal_is_not_due_yet():
    lives = with_row(overdue(1), due_on=date(2027, 8, 14))

    loan = lives.act(RepayLoan("L1", yuan("1000.00")), ENT)

    assert (loan.state, loan.overdue_since, loan.bucket) == ("ACTIVE", None, "CURRENT")
    assert ("loan", "L1", "bucket") not in lives.timers
    assert lives.timers[("loan", "L1", "overdue")].due_on == date(2027, 8, 15)


def test_steps_of_the_calendar_are_taken_once():
    lives = overdue(40)

    assert lives.refusals(EnterBucket("L1")) == ("bucket_unchanged",)
    assert lives.refusals(ClassifyLoan("L1")) == ("class_not_worse",)


@pytest.mark.parametrize(("days", "refused"), [(90, True), (91, False)])
def test_non_accrual_starts_on_day_91(days, refused):
    lives = with_row(overdue(days), non_accrual=False)

    assert lives.refusals(StartNonAccrual("L1")) == (("accrual_goes_on",) if refused else ())


def test_non_accrual_takes_booked_unpaid_interest_out_of_income():
    lives = drawn(begin()).at(DUE + timedelta(days=91))

    income = sum(x.amount.fen for x in lives.postings if x.account == "interest_income")
    noted = sum(x.amount.fen for x in lives.postings if x.account == "off_balance_interest")
    assert income == 0
    assert Money(noted) == yuan("219000.00") == lives.row("loan", "L1").interest_due


@pytest.mark.parametrize(
    ("wanted", "codes"),
    [
        ("SUBSTANDARD", ()),
        ("SPECIAL_MENTION", ("class_not_worse",)),
        ("NORMAL", ("class_not_worse",)),
        ("LOST", ("class_not_worse",)),
    ],
)
def test_two_persons_may_only_lower_a_class(wanted, codes):
    assert overdue(10).refusals(DowngradeLoan("L1", wanted, "BANKRUPT"), BK_R) == codes


def test_a_downgrade_stays_when_the_calendar_asks_for_less():
    lives = overdue(10)

    lives.act(DowngradeLoan("L1", "DOUBTFUL", "EXPECTED_LOSS"), BK_R, BK_A)

    assert lives.at(DUE + timedelta(days=91)).row("loan", "L1").classification == "DOUBTFUL"


@pytest.mark.parametrize(
    ("days", "breach", "codes"),
    [
        (90, "", ("dpd_below_acceleration",)),
        (91, "", ()),
        (5, "USE_DIVERTED", ()),
    ],
)
def test_calling_in_asks_more_than_90_days_or_a_breach(days, breach, codes):
    lives = with_row(overdue(days), due_on=date(2027, 8, 14))

    assert lives.refusals(AccelerateLoan("L1", breach), BK_R) == codes


def test_a_matured_loan_cannot_be_called_in():
    assert overdue(91).refusals(AccelerateLoan("L1"), BK_R) == ("principal_already_due",)


def test_an_accelerated_loan_is_due_at_once_and_its_days_run_on():
    lives = with_row(overdue(91), due_on=date(2027, 8, 14))

    loan = lives.act(AccelerateLoan("L1"), BK_R, BK_A)

    assert (loan.state, loan.due_on) == ("ACCELERATED", DUE + timedelta(days=91))
    assert lives.at(DUE + timedelta(days=181)).row("loan", "L1").bucket == "M5"


@pytest.mark.parametrize(
    ("days", "grade", "codes"),
    [
        (360, "DOUBTFUL", ("write_off_too_early",)),
        (361, "DOUBTFUL", ()),
        (10, "LOSS", ()),
    ],
)
def test_write_off_asks_class_loss_or_more_than_360_days(days, grade, codes):
    lives = with_row(overdue(days), classification=grade)

    assert lives.refusals(WriteOffLoan("L1", "NO_ASSETS"), BK_R) == codes


def test_a_loan_written_off_without_compensation_is_the_banks_loss():
    lives = overdue(361)

    loan = lives.act(WriteOffLoan("L1", "NO_ASSETS"), BK_R, BK_A)

    assert (loan.state, loan.written_off, loan.outstanding) == (
        "WRITTEN_OFF",
        yuan("4200000.00"),
        Money.ZERO,
    )
    lost = sum(x.amount.fen for x in lives.postings if x.account == "loan_losses")
    assert Money(lost) == yuan("4200000.00")
    assert not [key for key in lives.timers if key[0] == "loan"]


def test_an_owing_loan_cannot_be_settled():
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
def test_interest_is_posted_for_days_past_and_not_posted_yet(until, codes):
    lives = drawn(begin()).at(DRAWN + timedelta(days=30))

    assert lives.refusals(PostInterest("L1", until)) == codes


def test_a_boarded_loan_of_no_term_and_no_rate_is_repaid_the_same_day():
    lives = begin()
    lives.act(base_case(**BOARDED_LOAN, term_months=0, annual_rate=Decimal(0)))
    lives.rows[("loan", "L1")] = replace(lives.row("loan", "L1"), pledge="P1")
    lives.act(DisburseLoan("L1", yuan("6000000.00")), BK_L, BK_L2)

    loan = lives.act(RepayLoan("L1", yuan("6000000.00")), BK_L)

    assert (loan.state, loan.due_on) == ("SETTLED", DRAWN)


def test_a_settled_loan_knows_no_further_step():
    lives = covered(drawn(begin())).at(DUE)
    lives.act(RepayLoan("L1", yuan("6219000.00")), ENT)

    with pytest.raises(NotPossible):
        lives.act(RepayLoan("L1", yuan("1.00")), ENT)


def test_the_fund_is_topped_up_by_two_persons_of_the_fiscal_department():
    lives = begin("1000.00")
    fin, fin2 = Actor("f1", Role.FIN, "FIN"), Actor("f2", Role.FIN, "FIN")

    assert lives.act(TopUpFund("JS-FUND", yuan("500.00")), fin, fin2).cash == yuan("1500.00")
    assert lives.refusals(TopUpFund("JS-FUND", Money.ZERO), fin) == ("amount_not_positive",)


def test_principal_is_kept_at_every_event():
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
