"""Decision and payment of a claim: the shares, the committee, the line, and side paths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from policies.calendar import add_working_days
from policies.money import Money, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    ACCOUNT,
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
    FM_A2,
    FM_F,
    FM_F2,
    FM_M,
    FM_M2,
    FM_M3,
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
from workflows.claim.events import ClaimPartialQueued
from workflows.claim.facts import QueuedAhead
from workflows.claim.records import (
    AcceptClaim,
    ApproveClaim,
    NotifyRisk,
    ObjectToRejection,
    OpenClaim,
    PayClaim,
    PayClaimPartly,
    RejectClaim,
    SettleClaim,
    StartReview,
    WithdrawClaim,
)
from workflows.fund.records import TopUpFund
from workflows.lifecycle.refusals import NotAllowed, NotPossible, PairRefused
from workflows.lifecycle.roles import Actor
from workflows.loan.records import DisburseLoan, RepayLoan

NOTICE, OPEN, PAY, PAY_PARTLY = (
    NotifyRisk("L1", "L1", "BK01"),
    OpenClaim("L1"),
    PayClaim("L1", ACCOUNT),
    PayClaimPartly("L1", ACCOUNT),
)
PAY_DAY = date(2026, 12, 25)


def overdue(days: int) -> Lives:
    return partly_repaid(covered(drawn(begin()))).at(DUE + timedelta(days=days))


def submitted() -> Lives:
    return claimed(partly_repaid(covered(drawn(begin()))))


def in_review() -> Lives:
    lives = submitted()
    lives.at(date(2026, 11, 27)).act(AcceptClaim("L1"), FM_M2, FM_M3)
    lives.at(date(2026, 11, 30)).act(StartReview("L1"), FM_M2)
    return lives


def payable(cash: str = "50000000.00") -> Lives:
    return approved(claimed(partly_repaid(covered(drawn(begin(cash)))))).at(PAY_DAY)


def test_v10_the_base_case_is_shared_80_to_20_with_all_interest_to_the_bank() -> None:
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
    lives.at(date(2026, 11, 27)).act(AcceptClaim("L1"), FM_M2, FM_M3)
    lives.at(date(2026, 11, 30)).act(StartReview("L1"), FM_M2)
    return lives


@pytest.mark.parametrize(("unpaid", "approves"), [("6249999.99", FM_A2), ("6250000.00", FC)])
def test_from_5_million_of_fund_share_the_committee_decides(unpaid: str, approves: Actor) -> None:
    assert large(unpaid).act(ApproveClaim("L1"), FM_M2, approves).state == "PAYABLE"


@pytest.mark.parametrize(("unpaid", "more"), [("6249999.99", 0), ("6250000.00", 10)])
def test_a_claim_for_the_committee_has_ten_working_days_more(unpaid: str, more: int) -> None:
    without = date(2026, 12, 28)  # twenty working days after 2026-11-30

    decide_by = large(unpaid).row("claim", "L1").decide_by

    assert decide_by == (add_working_days(without, more).date if more else without)


def test_an_approver_may_not_stand_in_for_the_committee() -> None:
    with pytest.raises(Exception, match="committee_required"):
        large("6250000.00").act(ApproveClaim("L1"), FM_M2, FM_A2)


def test_an_approver_of_another_fund_is_not_enough() -> None:
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        in_review().act(ApproveClaim("L1"), FM_M2, replace(FM_A, organisation="ZJ-FUND"))


def test_the_committee_of_another_fund_does_not_approve() -> None:
    with pytest.raises(PairRefused, match="wrong_organisation"):
        large("6250000.00").act(ApproveClaim("L1"), FM_M2, replace(FC, organisation="OTHER-FUND"))


def test_a_rejection_names_its_code_and_is_objected_to_once_by_new_evidence() -> None:
    lives = in_review()
    assert lives.refusals(RejectClaim("L1", "NO"), FM_M2) == ("reject_code_unknown",)
    lives.act(RejectClaim("L1", "NO_COLLECTION_EFFORT"), FM_M2, FM_A)
    objection = ObjectToRejection("L1", ("COURT_FILE",))

    assert lives.refusals(ObjectToRejection("L1", evidence()), BK_R) == ("no_new_evidence",)
    lives.today += timedelta(days=16)
    assert lives.refusals(objection, BK_R) == ("objection_too_late",)
    lives.today -= timedelta(days=1)
    assert lives.act(objection, BK_R).objections == 1

    assert lives.refusals(RejectClaim("L1", "FRAUD"), FM_M2) == ("same_team",)
    with pytest.raises(PairRefused, match="same_team"):
        lives.act(RejectClaim("L1", "FRAUD"), FM_M3, FM_A)
    lives.act(RejectClaim("L1", "FRAUD"), FM_M3, FM_A2)
    assert "objection_used" in lives.refusals(objection, BK_R)


def test_what_the_borrower_paid_before_payment_reduces_the_compensation() -> None:
    """Case 18: 800,000.00 after approval; penalty interest is met first."""
    lives = payable()
    interest = yuan("83790.00")  # 2026-08-14 to 12-25: 133 x 630.00
    lives.act(RepayLoan("L1", yuan("800000.00") + interest), ENT)

    claim = lives.act(PAY, FM_F, FM_F2)

    assert (claim.principal, claim.paid) == (yuan("3400000.00"), yuan("2720000.00"))


def test_what_the_borrower_paid_in_full_leaves_nothing_to_compensate() -> None:
    lives = payable()
    lives.act(RepayLoan("L1", yuan("4283790.00")), ENT)

    assert lives.refusals(PAY, FM_F) == ("nothing_to_claim",)
    assert lives.act(WithdrawClaim("L1", "PAID"), BK_R).state == "WITHDRAWN"


@pytest.mark.parametrize(
    ("cash", "whole", "part"),
    [
        ("3360000.00", (), ("fund_cash_enough",)),
        ("3359999.99", ("fund_cash_short",), ()),
        ("0.00", ("fund_cash_short",), ("fund_cash_none",)),
    ],
)
def test_a_claim_is_paid_whole_or_in_part_by_the_funds_cash(
    cash: str, whole: tuple[str, ...], part: tuple[str, ...]
) -> None:
    lives = payable(cash)

    assert lives.refusals(PAY, FM_F) == whole
    assert lives.refusals(PAY_PARTLY, FM_F) == part


def test_v15_a_fund_of_500_000_pays_that_and_the_rest_after_a_top_up() -> None:
    lives = payable("500000.00")

    claim = lives.act(PAY_PARTLY, FM_F, FM_F2)

    assert (claim.state, claim.paid, claim.unpaid) == (
        "PARTIALLY_PAID",
        yuan("500000.00"),
        yuan("2860000.00"),
    )
    assert lives.row("fund", "JS-FUND").state == "EXHAUSTED"
    assert lives.row("fund", "JS-FUND").cash == Money.ZERO
    assert lives.row("recovery", "L1").state == "OPEN"
    assert lives.refusals(PAY, FM_F) == ("fund_cash_short",)

    lives.act(TopUpFund("JS-FUND", yuan("3000000.00")), FIN, FIN2)
    claim = lives.act(PAY, FM_F, FM_F2)

    assert (claim.state, claim.paid) == ("PAID", yuan("3360000.00"))
    assert lives.row("fund", "JS-FUND").cash == yuan("140000.00")
    assert lives.row("loan", "L1").compensated == yuan("3360000.00")
    assert lives.told("recovery").count("Recovery.Opened") == 1


@pytest.mark.parametrize(
    ("ahead", "whole", "part"),
    [
        ("640000.00", (), ("fund_cash_enough",)),
        ("640000.01", ("fund_cash_short",), ()),
        ("4000000.00", ("fund_cash_short",), ("fund_cash_none",)),
    ],
)
def test_older_claims_are_paid_first(
    ahead: str, whole: tuple[str, ...], part: tuple[str, ...]
) -> None:
    lives = payable("4000000.00")
    line = (QueuedAhead(yuan(ahead)),)
    lives.facts |= {"PayClaim": line, "PayClaimPartly": line}

    assert lives.refusals(PAY, FM_F) == whole
    assert lives.refusals(PAY_PARTLY, FM_F) == part


def test_a_claim_is_settled_only_when_the_loss_is_final() -> None:
    assert compensated().refusals(SettleClaim("L1"), FM_M) == ("loss_not_final",)


def test_a_withdrawn_claim_may_be_notified_again_and_keeps_nothing() -> None:
    lives = submitted()
    lives.act(WithdrawClaim("L1", "NEGOTIATING"), BK_R)

    claim = lives.act(NOTICE, BK_M)

    assert (claim.state, claim.principal, claim.evidence) == ("NOTIFIED", Money.ZERO, ())


def test_a_paid_claim_cannot_be_withdrawn() -> None:
    with pytest.raises(NotPossible):
        compensated().act(WithdrawClaim("L1", "LATE"), BK_R)


def test_what_is_left_after_each_part_keeps_its_place_in_the_line() -> None:
    lives = payable("500000.00")
    lives.act(PAY_PARTLY, FM_F, FM_F2)
    lives.act(TopUpFund("JS-FUND", yuan("1000000.00")), FIN, FIN2)

    lives.act(PAY_PARTLY, FM_F, FM_F2)

    left = [one.event.amount for one in lives.events if isinstance(one.event, ClaimPartialQueued)]
    assert left == [yuan("2860000.00"), yuan("1860000.00")]
