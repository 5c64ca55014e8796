"""When a step of a loan's life is refused, on both sides of each threshold."""

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
from tests.unit.stories.secured import NO_RIGHTS
from workflows.lending.interest import InterestDue
from workflows.lifecycle.refusals import NotAllowed, Refused
from workflows.lifecycle.roles import Actor, Role
from workflows.lifecycle.step import NotConfirmedYet
from workflows.loan.facts import EarlierLoans, ProgrammeBalance
from workflows.loan.records import (
    BOARDED,
    CancelUndrawn,
    DisburseLoan,
    PrepayLoan,
    RepayLoan,
)

BOARDED_LOAN = {"origin": BOARDED, "pledge": ""}


def opened(**changes: Any) -> Lives:
    lives = begin()
    lives.act(base_case(**changes))
    return lives


def overdue(days: int) -> Lives:
    """B0 unpaid at maturity, that many days past due."""
    return partly_repaid(covered(drawn(begin()))).at(DUE + timedelta(days=days))


def with_row(lives: Lives, **changes: Any) -> Lives:
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
def test_terms_outside_the_programme_are_refused_all_at_once(
    change: dict[str, Any], codes: tuple[str, ...]
) -> None:
    assert begin().refusals(base_case(**change)) == codes


def test_a_refusal_shows_threshold_actual_and_grade() -> None:
    with pytest.raises(Refused) as refused:
        begin().act(base_case(annual_rate=Decimal("0.0381")))

    (reason,) = refused.value.reasons
    assert (reason.threshold, reason.actual) == (Decimal("0.0380"), Decimal("0.0381"))
    assert reason.citation is not None


@pytest.mark.parametrize(
    ("amount", "codes"),
    [
        ("6000000.00", ()),
        ("6000000.01", ("amount_over_approved",)),
        ("0.00", ("amount_not_positive",)),
    ],
)
def test_a_drawing_stays_within_the_approval(amount: str, codes: tuple[str, ...]) -> None:
    assert opened().refusals(DisburseLoan("L1", yuan(amount)), BK_L) == codes


@pytest.mark.parametrize(
    ("before", "codes"),
    [("24000000.00", ()), ("24000000.01", ("cap_exceeded",))],
)
def test_the_borrowers_programme_balance_is_capped_at_30_million(
    before: str, codes: tuple[str, ...]
) -> None:
    lives = opened()
    lives.facts["DisburseLoan"] = (ProgrammeBalance(yuan(before)), EarlierLoans(1), NO_RIGHTS)

    assert lives.refusals(DisburseLoan("L1", yuan("6000000.00")), BK_L) == codes


def test_no_money_before_the_pledge_is_registered() -> None:
    lives = opened()
    draw = DisburseLoan("L1", yuan("6000000.00"))

    lives.rows[("pledge", "P1")] = replace(registered_pledge(), state="FILED")
    assert lives.refusals(draw, BK_L) == ("pledge_not_registered",)
    del lives.rows[("pledge", "P1")]
    assert lives.refusals(draw, BK_L) == ("pledge_not_registered",)


def test_no_drawing_before_the_programme_is_in_force() -> None:
    lives = opened()
    draw = DisburseLoan("L1", yuan("6000000.00"))

    lives.today = date(2023, 8, 1)
    assert lives.refusals(draw, BK_L) == ()
    lives.today = date(2023, 7, 31)
    assert lives.refusals(draw, BK_L) == ("policy_not_in_force",)


PAYEE = ("Sample Supplier", "6222-0001", "CG-0001")


@pytest.mark.parametrize(
    ("amount", "payee", "codes"),
    [
        ("10000000.00", (), ()),
        ("10000000.01", (), ("entrusted_payment_required",)),
        ("10000000.01", PAYEE, ()),
        ("10000000.00", PAYEE[:1], ("payee_not_whole",)),
    ],
)
def test_above_10_million_the_bank_pays_the_payee(
    amount: str, payee: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    lives = opened(approved_amount=yuan("12000000.00"))

    assert lives.refusals(DisburseLoan("L1", yuan(amount), *payee), BK_L) == codes


def test_two_officers_of_the_bank_pay_out() -> None:
    lives, draw = opened(), DisburseLoan("L1", yuan("6000000.00"))

    with pytest.raises(NotConfirmedYet):
        lives.act(draw, BK_L)
    with pytest.raises(NotAllowed, match="same_person"):
        lives.act(draw, BK_L, BK_L)
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        lives.act(draw, Actor("x", Role.BK_L, "BK02"), BK_L2)
    assert lives.act(draw, BK_L, BK_L2).state == "ACTIVE"


def test_an_undrawn_loan_is_cancelled_after_its_last_day() -> None:
    lives = opened()
    draw_by = lives.row("loan", "L1").draw_by

    assert draw_by == DRAWN + timedelta(days=60)
    assert lives.at(draw_by).row("loan", "L1").state == "APPROVED"
    assert lives.at(draw_by + timedelta(days=1)).row("loan", "L1").state == "CANCELLED"


def test_the_bank_may_cancel_an_undrawn_loan() -> None:
    assert opened().act(CancelUndrawn("L1", "BORROWER"), BK_A).state == "CANCELLED"


def test_the_tier_balance_is_kept_with_the_drawing() -> None:
    lives = opened()
    lives.facts["DisburseLoan"] = (ProgrammeBalance(yuan("4000000.01")), EarlierLoans(1), NO_RIGHTS)

    loan = lives.act(DisburseLoan("L1", yuan("6000000.00")), BK_L, BK_L2)

    assert loan.balance_after_draw == yuan("10000000.01")


def test_a_payment_above_the_debt_is_refused() -> None:
    lives = covered(drawn(begin())).at(DUE)

    whole = yuan("6219000.00")  # 365 days of interest: 219,000.00
    assert lives.refusals(RepayLoan("L1", whole), ENT) == ()
    assert lives.refusals(RepayLoan("L1", whole + Money(1)), ENT) == ("more_than_owed",)


def test_a_small_payment_meets_interest_only() -> None:
    lives = drawn(begin()).at(date(2026, 2, 10))

    loan = lives.act(RepayLoan("L1", yuan("50000.00")), ENT)

    assert (loan.interest_due, loan.outstanding) == (yuan("58000.00"), yuan("6000000.00"))
    assert loan.unpaid_interest == (InterestDue(DUE, yuan("58000.00")),)
    assert loan.interest_from == date(2026, 2, 10)


def test_what_comes_after_compensation_is_a_recovery() -> None:
    assert compensated().refusals(RepayLoan("L1", yuan("1000.00")), ENT) == ("book_as_recovery",)


@pytest.mark.parametrize(
    ("notified_on", "amount", "codes"),
    [
        (date(2026, 2, 3), "10000.00", ()),
        (date(2026, 2, 4), "10000.00", ("prepayment_notice_short",)),
        (date(2026, 2, 3), "9999.99", ("prepayment_too_small",)),
    ],
)
def test_prepayment_asks_five_working_days_and_ten_thousand(
    notified_on: date, amount: str, codes: tuple[str, ...]
) -> None:
    lives = drawn(begin()).at(date(2026, 2, 10))

    assert lives.refusals(PrepayLoan("L1", yuan(amount), notified_on), ENT) == codes


def test_prepayment_in_full_pays_actual_days_and_settles() -> None:
    lives = drawn(begin()).at(date(2026, 2, 10))

    loan = lives.act(PrepayLoan("L1", yuan("6108000.00"), date(2026, 1, 30)), ENT)

    assert loan.state == "SETTLED"


def test_the_first_loan_of_a_firm_at_a_bank_goes_to_its_payee() -> None:
    lives = opened()
    lives.facts["DisburseLoan"] = (ProgrammeBalance(Money.ZERO), EarlierLoans(0), NO_RIGHTS)
    draw = DisburseLoan("L1", yuan("6000000.00"))

    assert lives.refusals(draw, BK_L) == ("payee_not_named",)
    paid = DisburseLoan("L1", yuan("6000000.00"), *PAYEE)
    lives.act(paid, BK_L, BK_L2)
    event = next(e.event for e in lives.events if type(e.event).__name__ == "LoanDisbursed")
    assert (event.entrusted, event.payee, event.account, event.contract) == (True, *PAYEE)
