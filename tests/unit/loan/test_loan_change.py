"""Extension, restructuring, renewal and the way back of a living loan; both sides of each limit."""

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
    BK_M,
    BK_R,
    DUE,
    ENT,
    FM_A,
    OF_DEBTOR,
    base_case,
    begin,
    covered,
    drawn,
    jiangsu,
    repaid_by,
)
from workflows.claim.records import NotifyRisk, OpenClaim
from workflows.enterprise.records import Enterprise
from workflows.filing.records import AmendFiling
from workflows.loan.balance import amount_due
from workflows.loan.change_events import LoanAlertRaised, LoanProbationStarted
from workflows.loan.change_records import (
    AgreeToChange,
    AssessLoan,
    GrantExtension,
    LookAtDebtor,
    RefuseExtension,
    RenewLoan,
    RequestExtension,
    RestructureLoan,
    UpgradeLoan,
)
from workflows.loan.facts import DebtorLoan, DebtorLoans
from workflows.loan.records import DowngradeLoan, Loan, RepayLoan

ASKED = date(2026, 7, 1)


def with_debtor(lives: Lives, *others: DebtorLoan) -> Lives:
    for command in OF_DEBTOR:
        lives.facts[command] = (DebtorLoans(others),)
    return lives


def alone(lives: Lives) -> Lives:
    return with_debtor(lives)


def quarterly(**more: Any) -> Lives:
    return alone(repaid_by(begin(), settlement="QUARTERLY_20", **more))


def loan_of(lives: Lives, ident: str = "L1") -> Loan:
    found: Loan = lives.row("loan", ident)
    return found


def pay_what_is_due(lives: Lives) -> None:
    owing = amount_due(loan_of(lives), jiangsu(), lives.today)
    if owing:
        lives.act(RepayLoan("L1", owing), ENT)


def kept_up_to(lives: Lives, day: date) -> Lives:
    """Every instalment until then paid on its day."""
    for one in loan_of(lives).schedule:
        if lives.today < one.due_on < day:
            pay_what_is_due(lives.at(one.due_on))
    return lives.at(day)


def extended(lives: Lives, months: int) -> Lives:
    lives.act(RequestExtension("L1", months, "SALES_DELAYED"), ENT)
    lives.act(AgreeToChange("L1", "EXTENSION"), FM_A)
    lives.act(GrantExtension("L1", in_difficulty=False, finding="orders at hand"), BK_M, BK_A)
    return lives


def bad_loan(ident: str, bank: str, amount: str, **more: Any) -> DebtorLoan:
    one = DebtorLoan(ident, bank, "NON_RETAIL", "SUBSTANDARD", None, yuan(amount))
    return replace(one, **more)


# --- extension ------------------------------------------------------------------------------------


def test_eight_months_on_twelve_are_granted_and_five_more_refused() -> None:
    """V16, path 13."""
    lives = extended(kept_up_to(quarterly(), ASKED), 8)

    loan = loan_of(lives)
    assert (loan.due_on, loan.extended_months) == (date(2027, 4, 14), 8)
    assert loan.classification == "NORMAL"
    assert [one.due_on for one in loan.schedule][-4:] == [
        date(2026, 9, 21), date(2026, 12, 21), date(2027, 3, 21), date(2027, 4, 14),
    ]  # fmt: skip
    assert loan.schedule[-1].principal == yuan("6000000.00")
    kept_up_to(lives, date(2026, 12, 22))
    [reason] = lives.reasons(RequestExtension("L1", 5, "AGAIN"), ENT)
    assert (reason.code, reason.threshold, reason.actual) == ("extension_too_long", "4", "5")
    assert lives.refusals(RequestExtension("L1", 4, "AGAIN"), ENT) == ()
    assert lives.at(date(2027, 4, 14)).row("loan", "L1").state == "OVERDUE"  # March unpaid


def test_a_bullet_extended_matures_later_and_its_interest_with_it() -> None:
    lives = extended(alone(drawn(begin())).at(ASKED), 6)

    lives.at(date(2027, 2, 14))

    loan = loan_of(lives)
    assert (loan.state, loan.due_on) == ("ACTIVE", date(2027, 2, 14))
    assert amount_due(loan, jiangsu(), lives.today) == yuan("6000000.00") + yuan("329400.00")
    assert lives.at(date(2027, 2, 15)).row("loan", "L1").state == "OVERDUE"


def test_an_extension_asked_after_the_due_date_is_refused() -> None:
    """Path 12."""
    lives = alone(drawn(begin())).at(DUE + timedelta(days=1))

    codes = lives.refusals(RequestExtension("L1", 3, "LATE"), ENT)

    assert codes == ("extension_after_due", "extension_asked_late")


@pytest.mark.parametrize(
    ("day", "months", "consented", "codes"),
    [
        (date(2026, 7, 15), 12, True, ()),  # 30 days before
        (date(2026, 7, 16), 12, True, ("extension_asked_late",)),
        (date(2026, 7, 15), 13, True, ("extension_too_long",)),
        (date(2026, 7, 15), 0, True, ("extension_of_nothing",)),
        (date(2026, 7, 15), 12, False, ("surety_consent_missing",)),
    ],
)
def test_what_a_request_asks_for(
    day: date, months: int, consented: bool, codes: tuple[str, ...]
) -> None:
    lives = alone(drawn(begin())).at(day)

    assert lives.refusals(RequestExtension("L1", months, "WHY", consented), ENT) == codes


def test_the_fund_agrees_before_the_bank_extends_what_it_covers() -> None:
    lives = alone(drawn(begin())).at(ASKED)
    grant = GrantExtension("L1", in_difficulty=False, finding="-")
    assert lives.refusals(grant, BK_M) == (
        "extension_not_asked", "extension_of_nothing", "fund_consent_missing",
    )  # fmt: skip

    lives.act(RequestExtension("L1", 3, "WHY"), ENT)
    assert lives.refusals(grant, BK_M) == ("fund_consent_missing",)
    lives.act(RefuseExtension("L1", "NO_ORDERS"), BK_A)

    assert loan_of(lives).asked_months == 0
    assert loan_of(lives).due_on == DUE


@pytest.mark.parametrize(
    ("stated", "others"),
    [(True, ()), (False, (bad_loan("L9", "BK02", "1.00", overdue_since=date(2026, 6, 1)),))],
)
def test_an_extension_for_a_debtor_in_difficulty_is_a_restructuring_too(
    stated: bool, others: tuple[DebtorLoan, ...]
) -> None:
    lives = with_debtor(drawn(begin()), *others).at(ASKED)
    lives.act(RequestExtension("L1", 6, "WHY"), ENT)
    lives.act(AgreeToChange("L1", "EXTENSION"), FM_A)

    lives.act(GrantExtension("L1", stated, "cannot pay"), BK_M, BK_A)

    loan = loan_of(lives)
    assert (loan.extended_months, loan.restructured) == (6, 1)
    assert loan.classification == "SPECIAL_MENTION"
    assert (loan.observed_from, loan.observed_until) == (date(2027, 2, 14), date(2028, 2, 14))


# --- restructuring --------------------------------------------------------------------------------


def restructured(lives: Lives, months: int = 12) -> Loan:
    lives.act(AgreeToChange("L1", "RESTRUCTURING"), FM_A)
    act = RestructureLoan("L1", months, Decimal("0.0300"), "cannot pay")
    found: Loan = lives.act(act, BK_M, BK_A)
    return found


def test_a_restructured_loan_is_current_on_new_dates_watched_and_special_mention() -> None:
    lives = quarterly(term=12).at(date(2025, 12, 25))
    assert loan_of(lives).state == "OVERDUE"

    loan = restructured(lives)

    assert (loan.state, loan.overdue_since, loan.bucket) == ("ACTIVE", None, "CURRENT")
    assert (loan.annual_rate, loan.due_on) == (Decimal("0.0300"), date(2027, 8, 14))
    assert {one.due_on for one in loan.unpaid_interest} == {date(2026, 3, 21)}
    assert (loan.observed_from, loan.observed_until) == (date(2026, 3, 21), date(2027, 3, 21))
    assert lives.row("recovery", "L1").state == "DISCONTINUED"
    assert loan.classification == "SUBSTANDARD"  # 95 days: a restructuring makes no class better
    kept_up_to(lives, date(2027, 3, 22))
    assert loan_of(lives).observed_until is None


def test_a_default_in_observation_starts_it_again_and_a_second_restructuring_is_substandard() -> (
    None
):
    """Path 15."""
    lives = alone(drawn(begin())).at(date(2026, 7, 1))
    restructured(lives)
    assert loan_of(lives).classification == "SPECIAL_MENTION"
    day = loan_of(lives).due_on
    assert day == date(2027, 8, 14)

    loan = loan_of(lives.at(date(2027, 8, 15)))

    assert (loan.state, loan.observed_from) == ("OVERDUE", day)
    assert loan.observed_until == date(2028, 8, 14)
    assert loan.classification == "SPECIAL_MENTION"
    loan = restructured(lives)
    assert (loan.restructured, loan.classification) == (2, "SUBSTANDARD")


# --- renewal --------------------------------------------------------------------------------------


def with_firm(lives: Lives, size: str = "SMALL") -> Lives:
    lives.rows[("enterprise", "E1")] = Enterprise(
        "E1", "ENROLLED", jiangsu().ref, "样例智造有限公司", "320100", size_class=size
    )
    return lives


RENEW = RenewLoan("L1", "L2", 12, Decimal("0.0350"))


def test_a_renewed_loan_is_closed_by_a_new_one_under_the_same_pledge() -> None:
    lives = with_firm(quarterly())
    kept_up_to(lives, date(2026, 6, 21))
    pay_what_is_due(lives)
    lives.act(AgreeToChange("L1", "RENEWAL"), FM_A)

    lives.act(RENEW, BK_M, BK_A)

    old, new = loan_of(lives), loan_of(lives, "L2")
    assert (old.state, old.outstanding, old.renewed_as) == ("RENEWED", Money.ZERO, "L2")
    assert (new.state, new.outstanding, new.pledge) == ("ACTIVE", yuan("6000000.00"), "P1")
    assert (new.due_on, new.renews, new.fund) == (date(2027, 6, 21), "L1", "JS-FUND")
    assert lives.row("pledge", "P1").state == "REGISTERED"
    assert not [key for key in lives.timers if key[:2] == ("loan", "L1")]
    assert lives.at(date(2026, 9, 22)).row("loan", "L2").state == "OVERDUE"


def test_with_arrears_nothing_is_renewed() -> None:
    """Path 14."""
    lives = with_firm(quarterly()).at(date(2025, 9, 22))

    assert lives.refusals(RENEW, BK_M) == (
        "renewal_with_arrears", "interest_unpaid", "fund_consent_missing",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("size", "codes"), [("MICRO", ()), ("MEDIUM", ()), ("LARGE", ("size_not_renewed",))]
)
def test_who_may_renew(size: str, codes: tuple[str, ...]) -> None:
    lives = with_firm(quarterly(), size)
    kept_up_to(lives, date(2026, 6, 21))
    pay_what_is_due(lives)
    lives.act(AgreeToChange("L1", "RENEWAL"), FM_A)

    assert lives.refusals(RENEW, BK_M) == codes


# --- the way back ---------------------------------------------------------------------------------


def upgrade(lives: Lives, wanted: str = "NORMAL") -> tuple[str, ...]:
    return lives.refusals(UpgradeLoan("L1", wanted, "paid on time"), BK_M)


def test_a_bad_loan_is_cured_after_its_probation_by_three_persons() -> None:
    lives = quarterly(term=24).at(date(2025, 12, 24))
    assert (loan_of(lives).classification, loan_of(lives).non_accrual) == ("SUBSTANDARD", True)
    pay_what_is_due(lives)
    assert (loan_of(lives).state, loan_of(lives).classification) == ("ACTIVE", "SUBSTANDARD")
    [started] = [x.event for x in lives.events if isinstance(x.event, LoanProbationStarted)]
    assert started.probation_until == date(2026, 6, 24)

    kept_up_to(lives, date(2026, 6, 24))
    assert upgrade(lives) == ("on_probation",)
    lives.at(date(2026, 6, 25))
    loan = lives.act(UpgradeLoan("L1", "NORMAL", "paid on time"), BK_M, BK_R, BK_A)

    assert (loan.classification, loan.non_accrual, loan.probation_until) == ("NORMAL", False, None)


def test_interest_noted_before_the_cure_is_income_only_when_it_comes_in() -> None:
    lives = quarterly(term=24).at(date(2025, 12, 24))
    pay_what_is_due(lives)
    kept_up_to(lives, date(2026, 7, 31))
    before = income(lives)
    noted = loan_of(lives).accrued
    assert noted
    lives.act(UpgradeLoan("L1", "NORMAL", "on time"), BK_M, BK_R, BK_A)
    assert income(lives) == before
    assert loan_of(lives).noted == noted

    lives.at(date(2026, 9, 21))
    assert income(lives) - before == yuan("55200.00") - noted  # 92 days, less what was noted
    pay_what_is_due(lives)

    assert income(lives) - before == yuan("55200.00")
    assert (loan_of(lives).noted, balance(lives, "off_balance_interest")) == (Money.ZERO,) * 2
    assert balance(lives, "interest_receivable") == Money.ZERO


def balance(lives: Lives, account: str) -> Money:
    return Money(
        sum(x.amount.fen for x in lives.postings if (x.owner, x.account) == ("bank:BK01", account))
    )


def income(lives: Lives) -> Money:
    return -balance(lives, "interest_income")


def test_a_relapse_in_probation_begins_it_anew() -> None:
    lives = quarterly(term=24).at(date(2025, 12, 24))
    pay_what_is_due(lives)
    lives.at(date(2026, 3, 22))
    assert (loan_of(lives).state, loan_of(lives).probation_until) == ("OVERDUE", None)
    pay_what_is_due(lives)
    assert loan_of(lives).probation_until == date(2026, 9, 22)


def test_no_class_rises_above_special_mention_while_observed_or_while_the_debtor_is_bad() -> None:
    lives = alone(drawn(begin())).at(date(2026, 7, 1))
    restructured(lives)
    assert upgrade(lives) == ("still_observed",)
    assert upgrade(lives, "SPECIAL_MENTION") == ("class_not_better",)

    other = with_debtor(quarterly(term=24), bad_loan("L9", "BK02", "1.00"))
    other.at(date(2025, 9, 25))
    pay_what_is_due(other)
    assert upgrade(other) == ("on_probation", "debtor_has_bad_loans")


# --- findings, and the debtor as a whole ----------------------------------------------------------


@pytest.mark.parametrize(
    ("ground", "share", "found"),
    [
        ("EXPECTED_LOSS", "0.4999", None),
        ("EXPECTED_LOSS", "0.50", "DOUBTFUL"),
        ("EXPECTED_LOSS", "0.8999", "DOUBTFUL"),
        ("EXPECTED_LOSS", "0.90", "LOSS"),
        ("OVERDUE_ELSEWHERE", "0.20", None),
        ("OVERDUE_ELSEWHERE", "0.2001", "SUBSTANDARD"),
        ("LIQUIDATION", "0", "LOSS"),
        ("CREDIT_IMPAIRED", "0", "SUBSTANDARD"),
    ],
)
def test_what_a_finding_demands(ground: str, share: str, found: str | None) -> None:
    lives = alone(drawn(begin()))
    act = AssessLoan("L1", ground, "by the auditor", Decimal(share))

    if found is None:
        assert lives.refusals(act, BK_R) == ("class_not_worse",)
        return
    lives.act(act, BK_R, BK_A)

    assert loan_of(lives).classification == found


def test_a_ground_that_nobody_listed_is_none() -> None:
    act = AssessLoan("L1", "FEELING", "-", Decimal(1))

    assert alone(drawn(begin())).refusals(act, BK_R) == ("ground_unknown",)


@pytest.mark.parametrize(
    ("others", "found"),
    [
        ((), "NORMAL"),
        ((bad_loan("L9", "BK01", "600000.00"),), "SPECIAL_MENTION"),  # 9.1 %
        ((bad_loan("L9", "BK01", "666666.66"),), "SPECIAL_MENTION"),  # just under 10 %
        ((bad_loan("L9", "BK01", "666667.00"),), "SUBSTANDARD"),  # just over 10 %
        ((bad_loan("L9", "BK02", "9000000.00"),), "SPECIAL_MENTION"),  # bad elsewhere
        (
            (bad_loan("L9", "BK02", "1500000.00", overdue_since=date(2025, 5, 1)),),
            "SPECIAL_MENTION",  # 20 % of all debt
        ),
        (
            (bad_loan("L9", "BK02", "1500000.01", overdue_since=date(2025, 5, 1)),),
            "SUBSTANDARD",
        ),
    ],
)
def test_the_debtors_other_loans_bear_on_this_one(
    others: tuple[DebtorLoan, ...], found: str
) -> None:
    lives = with_debtor(drawn(begin()), *others)

    lives.act(LookAtDebtor("L1"))

    assert loan_of(lives).classification == found


def test_a_bad_loan_lowers_the_debtors_others_by_itself() -> None:
    lives = with_debtor(drawn(begin()), bad_loan("L2", "BK01", "100.00", classification="NORMAL"))
    other = replace(loan_of(lives), id="L2", outstanding=yuan("100.00"))
    lives.rows[("loan", "L2")] = other

    lives.act(DowngradeLoan("L1", "SUBSTANDARD", "BANKRUPT"), BK_R, BK_A)

    assert loan_of(lives, "L2").classification == "SUBSTANDARD"
    [alert] = [x.event for x in lives.events if isinstance(x.event, LoanAlertRaised)]
    assert alert.loans == ("L2",)
    assert base_case().asset_class == "NON_RETAIL"


# --- cover of a changed loan ----------------------------------------------------------------------


def covered_and_extended() -> Lives:
    lives = covered(alone(drawn(begin()))).at(ASKED)
    return extended(lives, 6)


def test_the_filing_of_an_extended_loan_is_amended_in_ten_working_days() -> None:
    lives = covered_and_extended()
    filing = lives.row("filing", "L1")
    assert (filing.state, filing.amend_by) == ("COVERED", date(2026, 7, 15))

    lives.at(date(2026, 7, 15)).act(AmendFiling("L1", "extended"), BK_M, BK_A)

    filing = lives.at(date(2026, 8, 1)).row("filing", "L1")
    assert (filing.amend_by, filing.suspended_on) == (None, None)
    assert lives.refusals(AmendFiling("L1", "again"), BK_M) == ("nothing_to_amend",)


def test_a_filing_not_amended_suspends_cover_until_it_is() -> None:
    lives = covered_and_extended().at(date(2026, 7, 16))
    assert lives.row("filing", "L1").suspended_on == date(2026, 7, 16)

    lives.at(date(2027, 4, 15))  # 60 days past the later maturity
    lives.act(NotifyRisk("L1", "L1", "BK01"), BK_M)
    assert lives.refusals(OpenClaim("L1"), BK_M) == ("cover_suspended",)

    lives.act(AmendFiling("L1", "extended"), BK_M, BK_A)
    assert lives.row("filing", "L1").suspended_on is None


def test_a_loan_that_is_not_covered_yet_has_no_filing_to_amend() -> None:
    lives = extended(alone(drawn(begin())).at(ASKED), 6)

    assert lives.row("filing", "L1").amend_by is None


def test_a_renewed_loan_is_filed_as_a_loan_of_its_own() -> None:
    lives = with_firm(covered(quarterly()))
    kept_up_to(lives, date(2026, 6, 21))
    pay_what_is_due(lives)
    lives.act(AgreeToChange("L1", "RENEWAL"), FM_A)

    lives.act(RENEW, BK_M, BK_A)

    assert lives.row("filing", "L1").state == "CEASED"
    assert lives.row("filing", "L2").state == "PENDING"
