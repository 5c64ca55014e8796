"""A bank joins by agreement; the agreement can be stopped and ends on its day."""

from __future__ import annotations

from datetime import date

import pytest

from policies.money import Money
from tests.unit.stories.front_story import (
    APPROVER,
    FUND_APPROVER,
    FUND_OFFICER,
    joined,
    refused,
    story,
)
from workflows.bank.records import (
    BoardBank,
    EndAgreement,
    ProposeAgreement,
    ResumeAgreement,
    SignAgreement,
    SuspendAgreement,
)
from workflows.lifecycle.refusals import NotAllowed
from workflows.lifecycle.roles import Actor, Role


def offer(ends_on):
    return ProposeAgreement("BK02", "JS-FUND", "Other", Money.ZERO, ends_on, "jiangsu")


def test_the_agreement_needs_a_last_day_ahead():
    lives = story()

    assert refused(lives, offer(date(2025, 5, 27)), FUND_OFFICER) == ()
    assert refused(lives, offer(date(2025, 5, 26)), FUND_OFFICER) == ("agreement_term_past",)


def test_bank_and_fund_both_sign():
    lives = story()
    lives.act(offer(date(2028, 5, 25)), FUND_OFFICER)
    other_bank = Actor("bk-a-9", Role.BK_A, "BK09")
    signing = Actor("bk-a-2", Role.BK_A, "BK02")

    assert lives.refusals(SignAgreement("BK02"), other_bank) == ("wrong_organisation",)
    with pytest.raises(NotAllowed, match="wrong_role"):
        lives.act(SignAgreement("BK02"), signing, APPROVER)
    assert lives.act(SignAgreement("BK02"), signing, FUND_APPROVER).state == "SIGNED"


def test_a_stop_names_its_cause_and_is_lifted_by_a_finding():
    lives = joined()

    assert refused(lives, SuspendAgreement("BK01", ""), FUND_APPROVER) == ("reason_missing",)
    assert lives.act(SuspendAgreement("BK01", "breaker"), FUND_APPROVER).state == "SUSPENDED"
    assert refused(lives, ResumeAgreement("BK01", ""), FUND_APPROVER) == ("cause_not_gone",)
    assert lives.act(ResumeAgreement("BK01", "rectified"), FUND_APPROVER).state == "SIGNED"


def test_the_agreement_ends_the_day_after_its_last():
    lives = joined()

    assert lives.at(date(2028, 5, 25)).row("bank", "BK01").state == "SIGNED"
    assert lives.at(date(2028, 5, 26)).row("bank", "BK01").state == "ENDED"


def test_an_early_end_gives_its_reason_and_forgets_the_last_day():
    lives = joined()

    assert refused(lives, EndAgreement("BK01", ""), APPROVER) == ("reason_missing",)
    lives.act(EndAgreement("BK01", "merger"), APPROVER)
    assert not lives.timers


def test_the_bank_of_a_boarded_book_counts_as_signed():
    row = story().act(BoardBank("BK03", "JS-FUND", "Boarded", "jiangsu"))

    assert (row.state, row.ends_on) == ("SIGNED", None)
