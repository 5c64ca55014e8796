"""A refusal before the drawing says from which day, or after which act, the same act is legal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policies.money import yuan
from policies.reading.pack import UNLIMITED, Policy
from services.kernel.memory import Lives
from tests.unit.stories.front_story import (
    APPLICATION_PAPERS,
    APPROVER,
    AUDITOR,
    FIRM,
    FUND_APPROVER,
    LOAN_OFFICER,
    MANAGER,
    OFFICER_A,
    SIGNATORY,
    appraised,
    approved,
    contract,
    draft,
    enrolled,
    filed,
    joined,
    published,
    registration,
    request,
    routed,
    story,
    submitted_enrolment,
)
from workflows.application.records import (
    ConvertToLoan,
    ExpireOffer,
    FreezeApplication,
    SubmitApplication,
    TakeLead,
    WithdrawApplication,
)
from workflows.bank.records import SuspendAgreement
from workflows.enterprise.records import ExpireEnrolment, SubmitEnrolment, SuspendEnterprise
from workflows.lifecycle.refusals import Refusal
from workflows.lifecycle.roles import PLATFORM, Actor
from workflows.match.records import RebroadcastMatch
from workflows.product.records import PublishProduct, SubmitProduct


def only(lives: Lives, command: Any, actor: Actor = PLATFORM) -> Refusal:
    (reason,) = lives.reasons(command, actor)
    return reason


@pytest.mark.parametrize(
    ("before", "command", "legal_from"),
    [
        pytest.param(approved, ExpireOffer("A1"), date(2025, 8, 7), id="an offer runs out"),
        pytest.param(routed, RebroadcastMatch("A1"), date(2025, 6, 20), id="banks were asked"),
        pytest.param(enrolled, ExpireEnrolment("E1"), date(2026, 6, 11), id="a place runs out"),
    ],
)
def test_an_act_that_waits_for_a_day_is_legal_from_that_day(before, command, legal_from):
    lives = before()

    reason = only(lives, command)

    assert reason.legal_from == legal_from
    lives.today = legal_from
    assert lives.reasons(command) == ()


def test_a_firm_that_never_consented_needs_to():
    lives = published().at(date(2025, 6, 3))
    lives.act(registration(), FIRM)

    reason = only(lives, SubmitEnrolment("E1", ip_rights=6), FIRM)

    assert (reason.code, reason.needs) == ("consent_missing", "enterprise.grant_consent")


def test_a_firm_not_yet_enrolled_needs_the_administrations_yes():
    reason = only(submitted_enrolment(), request(), FIRM)

    assert (reason.code, reason.needs) == (
        "enterprise_not_enrolled",
        "enterprise.approve_enrolment",
    )


def test_a_suspended_firm_needs_to_be_reinstated():
    lives = enrolled()
    lives.act(SuspendEnterprise("E1", "litigation"), OFFICER_A)

    assert only(lives, request(), FIRM).needs == "enterprise.reinstate"


def test_a_product_of_a_suspended_bank_needs_its_agreement_resumed():
    lives = joined()
    lives.act(SuspendAgreement("BK01", "complaint"), FUND_APPROVER)

    assert only(lives, draft(), MANAGER).needs == "bank.resume_agreement"


def test_a_bank_that_nobody_chose_needs_to_show_its_interest():
    reason = only(routed(), TakeLead("A1", "BK01", "P1"), MANAGER)

    assert (reason.code, reason.needs) == ("bank_not_selected", "match.express_interest")


def test_no_pledge_before_the_offer_is_accepted():
    assert only(approved(), contract(), MANAGER).needs == "application.accept_offer"


def test_no_loan_before_the_pledge_is_registered():
    reason = only(filed(), ConvertToLoan("A1", "PL1"), LOAN_OFFICER)

    assert (reason.code, reason.needs) == ("pledge_not_registered", "pledge.register")


def test_a_frozen_application_needs_the_auditor():
    lives = routed()
    lives.act(FreezeApplication("A1", "order 7"), AUDITOR)

    assert only(lives, WithdrawApplication("A1"), FIRM).needs == "application.unfreeze"


def test_reasons_keep_the_values_they_compare():
    lives = appraised().at(date(2025, 6, 16))
    lives.act(request(amount=yuan("40000000.00")), FIRM)

    reasons = lives.reasons(SubmitApplication("A1", APPLICATION_PAPERS), SIGNATORY)
    found = {reason.code: reason for reason in reasons}

    over = found["amount_over_product"]
    assert (over.actual, over.threshold) == (yuan("40000000.00"), yuan("30000000.00"))


@pytest.mark.parametrize(
    ("unbound", "beyond"),
    [
        ("cap_per_borrower", {"amount_cap": yuan("900000000.00")}),
        ("max_tenor_months", {"max_term_months": 600}),
        ("rate_cap_spread", {"annual_rate": Decimal("0.2400")}),
        ("purposes", {"purposes": ("ANYTHING",)}),
    ],
)
def test_a_product_passes_where_the_case_sets_no_limit_and_only_there(unbound, beyond):
    lives = joined()
    lives.policy = _without_limit(lives.policy, unbound)
    lives.act(draft(**beyond), MANAGER)
    lives.act(SubmitProduct("P1"), MANAGER, APPROVER)

    assert lives.reasons(PublishProduct("P1"), FUND_APPROVER) == ()
    lives.policy = story().policy
    assert only(lives, PublishProduct("P1"), FUND_APPROVER).parameter == unbound


def _without_limit(policy: Policy, name: str) -> Policy:
    entry = replace(policy[name], said=UNLIMITED)
    return replace(policy, parameters={**policy.parameters, name: entry})
