"""A claim goes through hands that are kept apart: filing, acceptance, review, approval, payment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    ACCOUNT,
    FM_A,
    FM_A2,
    FM_F,
    FM_F2,
    FM_M,
    FM_M2,
    FM_M3,
    approved,
    begin,
    claimed,
    covered,
    drawn,
    partly_repaid,
)
from workflows.claim.records import AcceptClaim, ApproveClaim, PayClaim, StartReview
from workflows.lifecycle.refusals import NotAllowed, PairRefused
from workflows.lifecycle.roles import Actor


def submitted() -> Lives:
    return claimed(partly_repaid(covered(drawn(begin())))).at(date(2026, 11, 27))


def in_review() -> Lives:
    lives = submitted()
    lives.act(AcceptClaim("L1"), FM_M2, FM_M3)
    lives.at(date(2026, 11, 30)).act(StartReview("L1"), FM_M2)
    return lives


def payable() -> Lives:
    return approved(submitted()).at(date(2026, 12, 25))


def test_a_claim_is_accepted_by_two_officers_who_did_not_accept_the_filing() -> None:
    lives = submitted()

    for pair in ((FM_M, FM_M2), (FM_M2, FM_M), (FM_M2, replace(FM_M3, user=FM_A.user))):
        with pytest.raises(PairRefused, match="accepted_filing"):
            lives.act(AcceptClaim("L1"), *pair)
    assert lives.act(AcceptClaim("L1"), FM_M2, FM_M3).accepted_by == ("fund-m2", "fund-m3")


def test_the_reviewer_proposes_the_approval_and_no_acceptor_of_the_filing_confirms_it() -> None:
    lives = in_review()

    with pytest.raises(PairRefused, match="not_the_reviewer"):
        lives.act(ApproveClaim("L1"), FM_M3, FM_A2)
    with pytest.raises(PairRefused, match="accepted_filing"):
        lives.act(ApproveClaim("L1"), FM_M2, FM_A)
    assert lives.act(ApproveClaim("L1"), FM_M2, FM_A2).state == "PAYABLE"


@pytest.mark.parametrize(
    ("payer", "second", "code"),
    [
        (FM_F, FM_F, "same_person"),
        (FM_F, replace(FM_F2, user="fund-a2"), "approved_claim"),
        (replace(FM_F, user="fund-m2"), FM_F2, "approved_claim"),
        (FM_F, FM_A2, "wrong_role"),
        (FM_F, replace(FM_F2, organisation="ZJ-FUND"), "wrong_organisation"),
    ],
)
def test_two_of_finance_pay_who_did_not_approve(payer: Actor, second: Actor, code: str) -> None:
    with pytest.raises(PairRefused, match=code):
        payable().act(PayClaim("L1", ACCOUNT), payer, second)


def test_officers_do_not_pay() -> None:
    with pytest.raises(NotAllowed, match="wrong_role"):
        payable().act(PayClaim("L1", ACCOUNT), FM_M2, FM_F)


def test_compensation_goes_to_the_account_on_file() -> None:
    lives = payable()

    assert lives.refusals(PayClaim("L1", "BK01-0002"), FM_F) == ("other_account",)
    assert lives.act(PayClaim("L1", ACCOUNT), FM_F, FM_F2).state == "PAID"
