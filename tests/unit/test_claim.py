"""A claim's refusals on both sides of each threshold, the line for payment, and side paths."""

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
    BK_M,
    BK_R,
    DUE,
    ENT,
    FC,
    FIN,
    FIN2,
    FM_A,
    FM_M,
    FM_M2,
    approved,
    base_case,
    begin,
    claimed,
    compensated,
    covered,
    drawn,
    evidence,
    partly_repaid,
)
from tests.unit.lives import Lives
from workflows.claim_records import (
    AcceptClaim,
    ApproveClaim,
    NotifyRisk,
    ObjectToRejection,
    OpenClaim,
    PayClaim,
    PayClaimPartly,
    ProvideClaimSupplement,
    RejectClaim,
    RequestClaimSupplement,
    ReturnClaim,
    SettleClaim,
    StartReview,
    SubmitClaim,
    WithdrawClaim,
)
from workflows.filing_records import AcceptFiling, FileLoan
from workflows.fund_records import TopUpFund
from workflows.loan_records import DisburseLoan, DowngradeLoan, RepayLoan
from workflows.refusals import NotAllowed, NotPossible
from workflows.roles import Actor, Role

NOTICE, OPEN, PAY, PAY_PARTLY = (
    NotifyRisk("L1", "L1", "BK01"),
    OpenClaim("L1"),
    PayClaim("L1"),
    PayClaimPartly("L1"),
)
PAY_DAY = date(2026, 12, 25)


def overdue(days: int) -> Lives:
    return partly_repaid(covered(drawn(begin()))).at(DUE + timedelta(days=days))


def opened(days: int = 60) -> Lives:
    lives = overdue(days)
    lives.act(NOTICE, BK_M)
    lives.act(OPEN, BK_M)
    return lives


def submitted() -> Lives:
    return claimed(partly_repaid(covered(drawn(begin()))))


def in_review() -> Lives:
    lives = submitted()
    lives.at(date(2026, 11, 27)).act(AcceptClaim("L1"), FM_M)
    lives.at(date(2026, 11, 30)).act(StartReview("L1"), FM_M2)
    return lives


def payable(cash: str = "50000000.00") -> Lives:
    return approved(claimed(partly_repaid(covered(drawn(begin(cash)))))).at(PAY_DAY)


def submit(day: date, codes: tuple[str, ...] = (), **changes) -> SubmitClaim:
    return replace(SubmitClaim("L1", day, codes or evidence()), **changes)


@pytest.mark.parametrize(("days", "codes"), [(30, ("dpd_below_claim_notice",)), (31, ())])
def test_risk_is_notified_from_31_days_past_due(days, codes):
    assert overdue(days).refusals(NOTICE, BK_M) == codes


def test_a_material_event_is_notified_at_once():
    early = replace(NOTICE, grounds="BANKRUPTCY")

    assert overdue(1).refusals(early, BK_M) == ()


def test_a_bank_speaks_for_its_own_loans():
    stranger = Actor("x", Role.BK_M, "BK02")

    assert overdue(40).refusals(NotifyRisk("L1", "L1", "BK02"), stranger) == ("not_its_loan",)
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        overdue(40).act(NOTICE, stranger)


@pytest.mark.parametrize(("days", "codes"), [(59, ("dpd_below_claim_minimum",)), (60, ())])
def test_a_claim_is_opened_from_60_days_past_due(days, codes):
    lives = overdue(days)
    lives.act(NOTICE, BK_M)

    assert lives.refusals(OPEN, BK_M) == codes


def test_a_claim_is_opened_earlier_on_a_substandard_loan():
    lives = overdue(40)
    lives.act(NOTICE, BK_M)

    lives.act(DowngradeLoan("L1", "SUBSTANDARD", "IMPAIRED"), BK_R, BK_A)

    assert lives.refusals(OPEN, BK_M) == ()


def test_no_claim_without_cover():
    lives = partly_repaid(drawn(begin())).at(DUE + timedelta(days=60))
    lives.act(NOTICE, BK_M)

    assert lives.refusals(OPEN, BK_M) == ("not_covered",)


def test_a_loan_filed_late_has_no_cover_for_an_earlier_default():
    lives = drawn(begin(), term_months=0).at(date(2025, 9, 1))
    lives.act(FileLoan("L1"), BK_M, BK_A)
    lives.act(AcceptFiling("L1"), FM_M, FM_A)
    lives.at(date(2025, 8, 14) + timedelta(days=60)).act(NOTICE, BK_M)

    assert lives.refusals(OPEN, BK_M) == ("default_before_cover",)


@pytest.mark.parametrize(("days", "codes"), [(240, ()), (241, ("claim_window_closed",))])
def test_a_claim_is_submitted_within_180_days_of_day_60(days, codes):
    lives = opened()
    lives.today = DUE + timedelta(days=days)

    assert lives.refusals(submit(DUE), BK_M) == codes


def test_a_claim_not_submitted_expires():
    lives = opened()

    assert lives.at(DUE + timedelta(days=240)).row("claim", "L1").state == "DRAFT"
    assert lives.at(DUE + timedelta(days=241)).row("claim", "L1").state == "EXPIRED"


def test_every_document_of_the_pack_is_asked_for():
    lives = opened()

    assert lives.refusals(submit(DUE, evidence()[1:]), BK_M) == ("evidence_incomplete",)


@pytest.mark.parametrize(
    ("cut_off", "codes"),
    [
        (DUE, ()),
        (DUE - timedelta(days=1), ("cut_off_outside_default",)),
        (DUE + timedelta(days=60), ()),
        (DUE + timedelta(days=61), ("cut_off_outside_default",)),
    ],
)
def test_the_cut_off_lies_between_default_and_today(cut_off, codes):
    assert opened().refusals(submit(cut_off), BK_M) == codes


def test_the_same_loss_is_not_compensated_twice():
    other = submit(DUE, other_compensation=yuan("1.00"))

    assert opened().refusals(other, BK_M) == ("duplicate_compensation",)


def test_a_returned_claim_is_submitted_again_inside_the_window():
    lives = submitted()
    lives.act(ReturnClaim("L1", "LOSS_TABLE"), FM_M)

    again = lives.act(submit(date(2026, 11, 22)), BK_M, BK_R)

    assert again.state == "SUBMITTED"
    assert ("claim", "L1", "claim_window") not in lives.timers


def test_a_claim_returned_at_the_end_of_its_window_expires_the_next_day():
    lives = opened()
    lives.at(DUE + timedelta(days=240)).act(submit(DUE), BK_M, BK_R)
    lives.at(DUE + timedelta(days=250)).act(ReturnClaim("L1", "LOSS_TABLE"), FM_M)

    assert lives.refusals(submit(DUE), BK_M) == ("claim_window_closed",)
    assert lives.at(DUE + timedelta(days=251)).row("claim", "L1").state == "EXPIRED"


def test_whoever_accepted_the_filing_does_not_review_the_claim():
    lives = submitted()
    lives.act(AcceptClaim("L1"), FM_M)

    assert lives.refusals(StartReview("L1"), FM_M) == ("reviewer_accepted_filing",)
    assert lives.refusals(StartReview("L1"), FM_M2) == ()


def test_the_bank_answers_within_ten_working_days_or_the_claim_goes_back():
    lives = in_review()
    lives.act(RequestClaimSupplement("L1", "COLLECTION_LOG"), FM_M2)
    answer_by = lives.row("claim", "L1").answer_by

    assert answer_by == date(2026, 12, 14)
    assert lives.at(answer_by).refusals(ProvideClaimSupplement("L1", ("LOG",)), BK_M) == ()
    assert lives.at(answer_by + timedelta(days=1)).row("claim", "L1").state == "RETURNED"


def test_two_rounds_of_supplements_at_most():
    lives = in_review()
    for _ in range(2):
        lives.act(RequestClaimSupplement("L1", "COLLECTION_LOG"), FM_M2)
        lives.act(ProvideClaimSupplement("L1", ("MORE",)), BK_M)

    asked = lives.refusals(RequestClaimSupplement("L1", "COLLECTION_LOG"), FM_M2)
    assert asked == ("supplement_rounds_used",)


def test_v10_the_base_case_is_shared_80_to_20_with_all_interest_to_the_bank():
    claim = payable().row("claim", "L1")

    assert claim.fund_share == yuan("3360000.00")
    assert claim.bank_principal + claim.bank_interest == yuan("903000.00")
    assert (claim.state, claim.queued_on) == ("PAYABLE", date(2026, 12, 18))


def large(unpaid: str) -> Lives:
    """A loan of 10,000,000.00 in review, of which that much is unpaid at maturity."""
    lives = begin()
    lives.act(base_case(approved_amount=yuan("10000000.00"), annual_rate=Decimal(0)))
    lives.act(DisburseLoan("L1", yuan("10000000.00")), BK_L, BK_L2)
    covered(lives)
    lives.at(DUE).act(RepayLoan("L1", yuan("10000000.00") - yuan(unpaid)), ENT)
    claimed(lives)
    lives.at(date(2026, 11, 27)).act(AcceptClaim("L1"), FM_M)
    lives.at(date(2026, 11, 30)).act(StartReview("L1"), FM_M2)
    return lives


@pytest.mark.parametrize(("unpaid", "approves"), [("6249999.99", FM_A), ("6250000.00", FC)])
def test_from_5_million_of_fund_share_the_committee_decides(unpaid, approves):
    assert large(unpaid).act(ApproveClaim("L1"), FM_M2, approves).state == "PAYABLE"


def test_an_approver_may_not_stand_in_for_the_committee():
    with pytest.raises(Exception, match="committee_required"):
        large("6250000.00").act(ApproveClaim("L1"), FM_M2, FM_A)


def test_an_approver_of_another_fund_is_not_enough():
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        in_review().act(ApproveClaim("L1"), FM_M2, replace(FM_A, organisation="ZJ-FUND"))


def test_a_rejection_names_its_code_and_is_objected_to_once_by_new_evidence():
    lives = in_review()
    assert lives.refusals(RejectClaim("L1", "NO"), FM_A) == ("reject_code_unknown",)
    lives.act(RejectClaim("L1", "NO_COLLECTION_EFFORT"), FM_A)
    objection = ObjectToRejection("L1", ("COURT_FILE",))

    assert lives.refusals(ObjectToRejection("L1", evidence()), BK_R) == ("no_new_evidence",)
    lives.today += timedelta(days=16)
    assert lives.refusals(objection, BK_R) == ("objection_too_late",)
    lives.today -= timedelta(days=1)
    lives.act(objection, BK_R)

    assert lives.refusals(RejectClaim("L1", "FRAUD"), FM_A) == ("same_team",)
    other = replace(FM_A, user="fund-a2")
    lives.act(RejectClaim("L1", "FRAUD"), other)
    assert "objection_used" in lives.refusals(objection, BK_R)


def test_what_the_borrower_paid_before_payment_reduces_the_compensation():
    """Case 18: 800,000.00 after approval; penalty interest is met first."""
    lives = payable()
    interest = yuan("83790.00")  # 2026-08-14 to 12-25: 133 x 630.00
    lives.act(RepayLoan("L1", yuan("800000.00") + interest), ENT)

    claim = lives.act(PAY, FM_M2, FM_A)

    assert (claim.principal, claim.paid) == (yuan("3400000.00"), yuan("2720000.00"))


def test_what_the_borrower_paid_in_full_leaves_nothing_to_compensate():
    lives = payable()
    lives.act(RepayLoan("L1", yuan("4283790.00")), ENT)

    assert lives.refusals(PAY, FM_M2) == ("nothing_to_claim",)
    assert lives.act(WithdrawClaim("L1", "PAID"), BK_R).state == "WITHDRAWN"


@pytest.mark.parametrize(
    ("cash", "whole", "part"),
    [
        ("3360000.00", (), ("fund_cash_enough",)),
        ("3359999.99", ("fund_cash_short",), ()),
        ("0.00", ("fund_cash_short",), ("fund_cash_none",)),
    ],
)
def test_a_claim_is_paid_whole_or_in_part_by_the_funds_cash(cash, whole, part):
    lives = payable(cash)

    assert lives.refusals(PAY, FM_M2) == whole
    assert lives.refusals(PAY_PARTLY, FM_M2) == part


def test_v15_a_fund_of_500_000_pays_that_and_the_rest_after_a_top_up():
    lives = payable("500000.00")

    claim = lives.act(PAY_PARTLY, FM_M2, FM_A)

    assert (claim.state, claim.paid, claim.unpaid) == (
        "PARTIALLY_PAID",
        yuan("500000.00"),
        yuan("2860000.00"),
    )
    assert lives.row("fund", "JS-FUND").state == "EXHAUSTED"
    assert lives.row("fund", "JS-FUND").cash == Money.ZERO
    assert lives.row("recovery", "L1").state == "OPEN"
    assert lives.refusals(PAY, FM_M2) == ("fund_cash_short",)

    lives.act(TopUpFund("JS-FUND", yuan("3000000.00")), FIN, FIN2)
    claim = lives.act(PAY, FM_M2, FM_A)

    assert (claim.state, claim.paid) == ("PAID", yuan("3360000.00"))
    assert lives.row("fund", "JS-FUND").cash == yuan("140000.00")
    assert lives.row("loan", "L1").compensated == yuan("3360000.00")
    assert lives.told("recovery") == ("Recovery.Opened",)


@pytest.mark.parametrize(
    ("ahead", "whole", "part"),
    [
        ("640000.00", (), ("fund_cash_enough",)),
        ("640000.01", ("fund_cash_short",), ()),
        ("4000000.00", ("fund_cash_short",), ("fund_cash_none",)),
    ],
)
def test_older_claims_are_paid_first(ahead, whole, part):
    lives = payable("4000000.00")
    line = {"queued_ahead": yuan(ahead)}
    lives.facts |= {"PayClaim": line, "PayClaimPartly": line}

    assert lives.refusals(PAY, FM_M2) == whole
    assert lives.refusals(PAY_PARTLY, FM_M2) == part


def test_a_claim_is_settled_only_when_the_loss_is_final():
    assert compensated().refusals(SettleClaim("L1"), FM_M) == ("loss_not_final",)


def test_a_withdrawn_claim_may_be_notified_again_and_keeps_nothing():
    lives = submitted()
    lives.act(WithdrawClaim("L1", "NEGOTIATING"), BK_R)

    claim = lives.act(NOTICE, BK_M)

    assert (claim.state, claim.principal, claim.evidence) == ("NOTIFIED", Money.ZERO, ())


def test_a_paid_claim_cannot_be_withdrawn():
    with pytest.raises(NotPossible):
        compensated().act(WithdrawClaim("L1", "LATE"), BK_R)
