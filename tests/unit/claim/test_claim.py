"""A claim's refusals on both sides of each threshold, the line for payment, and side paths."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from policies.calendar import add_working_days
from policies.money import yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    ACCOUNT,
    BK_A,
    BK_M,
    BK_R,
    DUE,
    FM_A,
    FM_M,
    FM_M2,
    FM_M3,
    approved,
    begin,
    claimed,
    covered,
    drawn,
    evidence,
    partly_repaid,
)
from workflows.claim.records import (
    AcceptClaim,
    NotifyRisk,
    OpenClaim,
    PayClaim,
    PayClaimPartly,
    ProvideClaimSupplement,
    RequestClaimSupplement,
    ReturnClaim,
    StartReview,
    SubmitClaim,
    WithdrawClaim,
)
from workflows.filing.records import AcceptFiling, FileLoan
from workflows.lifecycle.refusals import NotAllowed
from workflows.lifecycle.roles import Actor, Role
from workflows.loan.records import DowngradeLoan

NOTICE, OPEN, PAY, PAY_PARTLY = (
    NotifyRisk("L1", "L1", "BK01"),
    OpenClaim("L1"),
    PayClaim("L1", ACCOUNT),
    PayClaimPartly("L1", ACCOUNT),
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
    lives.at(date(2026, 11, 27)).act(AcceptClaim("L1"), FM_M2, FM_M3)
    lives.at(date(2026, 11, 30)).act(StartReview("L1"), FM_M2)
    return lives


def payable(cash: str = "50000000.00") -> Lives:
    return approved(claimed(partly_repaid(covered(drawn(begin(cash)))))).at(PAY_DAY)


def submit(day: date, codes: tuple[str, ...] = (), **changes: Any) -> SubmitClaim:
    return replace(SubmitClaim("L1", day, codes or evidence()), **changes)


@pytest.mark.parametrize(("days", "codes"), [(30, ("dpd_below_claim_notice",)), (31, ())])
def test_risk_is_notified_from_31_days_past_due(days: int, codes: tuple[str, ...]) -> None:
    assert overdue(days).refusals(NOTICE, BK_M) == codes


def test_a_material_event_is_notified_at_once() -> None:
    early = replace(NOTICE, grounds="BANKRUPTCY")

    assert overdue(1).refusals(early, BK_M) == ()


def test_a_loan_has_no_second_claim_beside_the_one_of_its_own_id() -> None:
    second = replace(NOTICE, claim="L1-AGAIN")

    assert "second_claim" in overdue(40).refusals(second, BK_M)


def test_a_bank_speaks_for_its_own_loans() -> None:
    stranger = Actor("x", Role.BK_M, "BK02")

    assert overdue(40).refusals(NotifyRisk("L1", "L1", "BK02"), stranger) == ("not_its_loan",)
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        overdue(40).act(NOTICE, stranger)


@pytest.mark.parametrize(("days", "codes"), [(59, ("dpd_below_claim_minimum",)), (60, ())])
def test_a_claim_is_opened_from_60_days_past_due(days: int, codes: tuple[str, ...]) -> None:
    lives = overdue(days)
    lives.act(NOTICE, BK_M)

    assert lives.refusals(OPEN, BK_M) == codes


def test_a_claim_is_opened_earlier_on_a_substandard_loan() -> None:
    lives = overdue(40)
    lives.act(NOTICE, BK_M)

    lives.act(DowngradeLoan("L1", "SUBSTANDARD", "IMPAIRED"), BK_R, BK_A)

    assert lives.refusals(OPEN, BK_M) == ()


def test_no_claim_without_cover() -> None:
    lives = partly_repaid(drawn(begin())).at(DUE + timedelta(days=60))
    lives.act(NOTICE, BK_M)

    assert lives.refusals(OPEN, BK_M) == ("not_covered",)


def test_a_loan_filed_late_has_no_cover_for_an_earlier_default() -> None:
    lives = drawn(begin(), term_months=0).at(date(2025, 9, 1))
    lives.act(FileLoan("L1", ACCOUNT), BK_M, BK_A)
    lives.act(AcceptFiling("L1"), FM_M, FM_A)
    lives.at(date(2025, 8, 14) + timedelta(days=60)).act(NOTICE, BK_M)

    assert lives.refusals(OPEN, BK_M) == ("default_before_cover",)


# The 240th day, 2027-04-11, is a Sunday: the window ends on the Monday (Civil Code 203).
@pytest.mark.parametrize(("days", "codes"), [(241, ()), (242, ("claim_window_closed",))])
def test_a_claim_is_submitted_within_180_days_of_day_60(days: int, codes: tuple[str, ...]) -> None:
    lives = opened()
    lives.today = DUE + timedelta(days=days)

    assert lives.refusals(submit(DUE), BK_M) == codes


def test_a_claim_not_submitted_expires() -> None:
    lives = opened()

    assert lives.at(DUE + timedelta(days=241)).row("claim", "L1").state == "DRAFT"
    assert lives.at(DUE + timedelta(days=242)).row("claim", "L1").state == "EXPIRED"


def test_every_document_of_the_pack_is_asked_for() -> None:
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
def test_the_cut_off_lies_between_default_and_today(cut_off: date, codes: tuple[str, ...]) -> None:
    assert opened().refusals(submit(cut_off), BK_M) == codes


def test_the_same_loss_is_not_compensated_twice() -> None:
    other = submit(DUE, other_compensation=yuan("1.00"))

    assert opened().refusals(other, BK_M) == ("duplicate_compensation",)


def test_a_returned_claim_is_submitted_again_inside_the_window() -> None:
    lives = submitted()
    lives.act(ReturnClaim("L1", "LOSS_TABLE"), FM_M)

    again = lives.act(submit(date(2026, 11, 22)), BK_M, BK_R)

    assert again.state == "SUBMITTED"
    assert ("claim", "L1", "claim_window") not in lives.timers


def test_a_claim_returned_at_the_end_of_its_window_expires_the_next_day() -> None:
    lives = opened()
    lives.at(DUE + timedelta(days=240)).act(submit(DUE), BK_M, BK_R)
    lives.at(DUE + timedelta(days=250)).act(ReturnClaim("L1", "LOSS_TABLE"), FM_M)

    assert lives.refusals(submit(DUE), BK_M) == ("claim_window_closed",)
    assert lives.at(DUE + timedelta(days=251)).row("claim", "L1").state == "EXPIRED"


def test_whoever_accepted_the_filing_does_not_review_the_claim() -> None:
    lives = submitted()
    lives.act(AcceptClaim("L1"), FM_M2, FM_M3)

    assert lives.refusals(StartReview("L1"), FM_M) == ("accepted_filing",)
    assert lives.refusals(StartReview("L1"), FM_M2) == ()


def test_the_bank_answers_within_ten_working_days_or_the_claim_goes_back() -> None:
    lives = in_review()
    lives.act(RequestClaimSupplement("L1", "COLLECTION_LOG"), FM_M2)
    answer_by = lives.row("claim", "L1").answer_by

    assert answer_by == date(2026, 12, 14)
    assert lives.at(answer_by).refusals(ProvideClaimSupplement("L1", ("LOG",)), BK_M) == ()
    assert lives.at(answer_by + timedelta(days=1)).row("claim", "L1").state == "RETURNED"


def test_two_rounds_of_supplements_at_most() -> None:
    lives = in_review()
    for _ in range(2):
        lives.act(RequestClaimSupplement("L1", "COLLECTION_LOG"), FM_M2)
        lives.act(ProvideClaimSupplement("L1", ("MORE",)), BK_M)

    asked = lives.refusals(RequestClaimSupplement("L1", "COLLECTION_LOG"), FM_M2)
    assert asked == ("supplement_rounds_used",)


def test_each_event_says_by_when_the_next_step_is_due() -> None:
    lives = in_review()
    by_name = {type(lived.event).__name__: lived.event for lived in lives.events}

    assert by_name["FilingSubmitted"].answer_by == date(2025, 8, 27)
    assert by_name["ClaimRiskNotified"].notify_by == date(2026, 9, 20)  # a Sunday worked
    assert by_name["ClaimSubmitted"].answer_by == date(2026, 11, 30)
    assert by_name["ClaimAccepted"].review_by == date(2026, 11, 30)
    assert by_name["ClaimReviewStarted"].decide_by == date(2026, 12, 28)


def test_the_reviews_clock_stands_still_while_the_bank_answers() -> None:
    lives = in_review()
    lives.act(RequestClaimSupplement("L1", "COLLECTION_LOG"), FM_M2)

    claim = lives.at(date(2026, 12, 7)).act(ProvideClaimSupplement("L1", ("LOG",)), BK_M)

    assert claim.decide_by == add_working_days(date(2026, 12, 28), 5).date


def test_a_claim_on_a_filed_loan_is_told_to_have_the_filing_accepted_first() -> None:
    lives = drawn(begin(), term_months=0).at(date(2025, 9, 1))
    lives.act(FileLoan("L1", ACCOUNT), BK_M, BK_A)
    lives.at(date(2025, 8, 14) + timedelta(days=60)).act(NOTICE, BK_M)

    [reason] = lives.reasons(OPEN, BK_M)
    assert (reason.code, reason.needs) == ("not_covered", "filing.accept")


def test_a_notice_of_risk_may_be_withdrawn() -> None:
    lives = overdue(31)
    lives.act(NOTICE, BK_M)

    assert lives.act(WithdrawClaim("L1", "NEGOTIATING"), BK_R).state == "WITHDRAWN"
