"""A product keeps within the programme's price, cap, tenor and purposes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from policies.money import yuan
from tests.unit.stories.front_story import (
    APPROVER,
    FUND_APPROVER,
    MANAGER,
    OFFICER_A,
    draft,
    joined,
    published,
    refused,
)
from workflows.bank.records import SuspendAgreement
from workflows.lifecycle.step import NotConfirmedYet
from workflows.product.records import (
    CloseProduct,
    PublishProduct,
    ResumeProduct,
    ReturnProduct,
    ReviseProduct,
    SubmitProduct,
    SuspendProduct,
)


def drafted(**changes):
    lives = joined()
    lives.act(draft(**changes), MANAGER)
    return lives


def reviewed(**changes):
    lives = drafted(**changes)
    lives.act(SubmitProduct("P1"), MANAGER, APPROVER)
    return lives


@pytest.mark.parametrize(("rate", "codes"), [("0.0380", ()), ("0.0381", ("rate_above_cap",))])
def test_the_rate_is_at_most_lpr_plus_80_bp(rate, codes):
    lives = drafted(annual_rate=Decimal(rate))

    assert refused(lives, SubmitProduct("P1"), MANAGER) == codes


def test_the_rates_refusal_cites_the_spread():
    (reason,) = drafted(annual_rate=Decimal("0.0381")).reasons(SubmitProduct("P1"), MANAGER)

    assert (reason.parameter, reason.actual) == ("rate_cap_spread", Decimal("0.0381"))


def test_any_fee_is_forbidden():
    assert refused(drafted(fees=yuan("0.01")), SubmitProduct("P1"), MANAGER) == ("fees_forbidden",)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"amount_cap": yuan("30000000.00")}, ()),
        ({"amount_cap": yuan("30000000.01")}, ("cap_over_programme",)),
        ({"max_term_months": 36}, ()),
        ({"max_term_months": 37}, ("tenor_over_programme",)),
        ({"purposes": ("WORKING_CAPITAL", "FIXED_ASSETS")}, ("purpose_not_covered",)),
        ({"purposes": ()}, ("purpose_not_covered",)),
    ],
)
def test_publication_checks_the_programmes_bounds(changes, codes):
    assert refused(reviewed(**changes), PublishProduct("P1"), FUND_APPROVER) == codes


def test_a_bank_whose_agreement_is_suspended_offers_nothing_new():
    lives = drafted()
    lives.act(SuspendAgreement("BK01", "complaint"), FUND_APPROVER)

    assert refused(lives, draft(product="P2"), MANAGER) == ("agreement_not_live",)
    assert refused(lives, SubmitProduct("P1"), MANAGER) == ("agreement_not_live",)


def test_submission_takes_manager_and_approver_and_starts_five_working_days():
    lives = drafted()

    with pytest.raises(NotConfirmedYet):
        lives.act(SubmitProduct("P1"), MANAGER)
    row = lives.act(SubmitProduct("P1"), MANAGER, APPROVER)
    assert row.review_due == date(2025, 6, 3)  # 31 May to 2 June are the Dragon Boat holiday


def test_a_returned_draft_is_revised_and_comes_again():
    lives = reviewed(max_term_months=37)

    assert refused(lives, ReturnProduct("P1", ()), OFFICER_A) == ("reason_missing",)
    lives.act(ReturnProduct("P1", ("tenor",)), OFFICER_A)
    lives.act(
        ReviseProduct(
            "P1", yuan("30000000.00"), 36, Decimal("0.0360"), ("WORKING_CAPITAL",), yuan(0)
        ),
        MANAGER,
    )
    lives.act(SubmitProduct("P1"), MANAGER, APPROVER)
    assert lives.act(PublishProduct("P1"), OFFICER_A).state == "PUBLISHED"


def test_a_suspended_product_is_resumed_only_if_it_still_conforms():
    lives = published()
    lives.act(SuspendProduct("P1", "complaint"), FUND_APPROVER)

    assert refused(lives, ResumeProduct("P1", ""), FUND_APPROVER) == ("cause_not_gone",)
    lives.act(SuspendAgreement("BK01", "complaint"), FUND_APPROVER)
    assert refused(lives, ResumeProduct("P1", "settled"), FUND_APPROVER) == ("agreement_not_live",)


def test_a_stop_names_its_cause():
    assert refused(published(), SuspendProduct("P1", ""), FUND_APPROVER) == ("reason_missing",)


def test_a_new_version_closes_the_one_it_replaces():
    lives = published()
    lives.act(draft(product="P1.2", replaces="P1"), MANAGER)
    lives.act(SubmitProduct("P1.2"), MANAGER, APPROVER)

    lives.act(PublishProduct("P1.2"), FUND_APPROVER)

    assert lives.row("product", "P1").state == "CLOSED"
    assert lives.row("product", "P1.2").state == "PUBLISHED"


def test_the_bank_closes_its_product():
    assert published().act(CloseProduct("P1", "renamed"), APPROVER).state == "CLOSED"
