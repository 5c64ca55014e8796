"""An application keeps the programme's bounds, its deadlines, and two persons for credit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policies.money import Money, yuan
from tests.unit.stories.front_story import (
    APPLICATION_PAPERS,
    APPRAISER,
    APPROVER,
    AUDITOR,
    COMMITTEE,
    FIRM,
    FUND_APPROVER,
    LOAN_OFFICER,
    MANAGER,
    OFFICER_A,
    QUIET_BOOK,
    REGISTRY,
    REVIEWER,
    SIGNATORY,
    appraised,
    approved,
    consent,
    draft,
    feed,
    filed,
    may_approve,
    need,
    pledged,
    refused,
    request,
    right,
    routed,
    selected,
    signed,
    terms,
    under_review,
)
from workflows.application.facts import LastRejection, Reserved
from workflows.application.records import (
    AcceptApplication,
    AcceptOffer,
    ConvertToLoan,
    DeclineOffer,
    ExpireDraft,
    FreezeApplication,
    ProvideMaterial,
    QueryCredit,
    RejectCredit,
    ReplaceAssets,
    ReportDueDiligence,
    RequestMaterial,
    ReturnApplication,
    SubmitApplication,
    TakeLead,
    UnfreezeApplication,
    WithdrawApplication,
)
from workflows.asset.records import AppraiseIp
from workflows.bank.records import SuspendAgreement
from workflows.enterprise.records import BlacklistEnterprise, SuspendEnterprise
from workflows.fund.book import CoveredLoans, FundBook
from workflows.lifecycle.refusals import NotPossible, PairRefused
from workflows.lifecycle.step import NotConfirmedYet
from workflows.product.records import PublishProduct, SubmitProduct, SuspendProduct

HAND_IN = SubmitApplication("A1", APPLICATION_PAPERS)


def started(**changes):
    lives = appraised().at(date(2025, 6, 16))
    lives.act(request(**changes), FIRM)
    return lives


def test_only_an_enrolled_firm_starts_an_application():
    lives = appraised()
    lives.act(SuspendEnterprise("E1", "litigation"), OFFICER_A)

    assert refused(lives, request(), FIRM) == ("enterprise_not_enrolled",)


def test_a_barred_firm_starts_none():
    lives = appraised()
    lives.act(BlacklistEnterprise("E1", "JS-FUND", "diverted funds"), FUND_APPROVER, AUDITOR)

    assert refused(lives, request(), FIRM) == ("blacklisted",)


def test_a_suspended_product_takes_no_application():
    lives = appraised()
    lives.act(SuspendProduct("P1", "complaint"), FUND_APPROVER)

    assert refused(lives, request(), FIRM) == ("product_not_published",)


def test_nothing_starts_before_the_programme_is_in_force():
    lives = appraised()

    lives.today = date(2023, 8, 1)
    assert refused(lives, request(), FIRM) == ()
    lives.today = date(2023, 7, 31)
    assert refused(lives, request(), FIRM) == ("policy_not_in_force",)


@pytest.mark.parametrize(
    ("bad", "codes"), [("7999999.99", ()), ("8000000.00", ("breaker_tripped",))]
)
def test_a_tripped_breaker_stops_new_applications_at_8_percent(bad, codes):
    lives = appraised()
    book = CoveredLoans(loans=50, balance=yuan("100000000.00"), bad=yuan(bad))
    lives.facts["StartApplication"] = (FundBook(book), LastRejection(None))

    assert refused(lives, request(), FIRM) == codes


def test_the_same_bank_is_asked_again_after_30_days():
    lives = appraised()
    rejected = date(2025, 6, 1)
    lives.facts["StartApplication"] = (QUIET_BOOK, LastRejection(rejected))

    lives.today = date(2025, 6, 30)
    assert refused(lives, request(designated=True), FIRM) == ("same_bank_too_soon",)
    assert refused(lives, request(), FIRM) == ()
    lives.today = date(2025, 7, 1)
    assert refused(lives, request(designated=True), FIRM) == ()


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"amount": yuan("30000000.00")}, ()),
        ({"amount": yuan("30000000.01")}, ("amount_over_product", "amount_over_cap")),
        ({"amount": Money.ZERO}, ("amount_over_product",)),
        ({"requested_months": 36}, ()),
        ({"requested_months": 37}, ("tenor_too_long",)),
        ({"purpose": "FIXED_ASSETS"}, ("purpose_not_covered",)),
    ],
)
def test_an_application_keeps_cap_tenor_and_purpose(changes, codes):
    assert refused(started(**changes), HAND_IN, SIGNATORY) == codes


def test_a_right_that_is_only_declared_does_not_secure_an_application():
    lives = started(assets=("IP1", "IP2"))
    lives.act(right(asset="IP2"), FIRM)

    assert refused(lives, HAND_IN, SIGNATORY) == ("ip_not_verified",)
    lives.act(feed(asset="IP2"), REGISTRY)
    assert refused(lives, HAND_IN, SIGNATORY) == ()


def test_consent_must_cover_the_day_of_submission():
    lives = started()

    lives.today = date(2026, 6, 3)
    assert "consent_missing" not in refused(lives, HAND_IN, SIGNATORY)
    lives.today = date(2026, 6, 4)
    assert "consent_missing" in refused(lives, HAND_IN, SIGNATORY)


def test_only_a_signatory_hands_in():
    assert started().refusals(HAND_IN, FIRM) == ("wrong_role",)


def test_a_complete_application_is_accepted_and_routed_the_same_day():
    lives = routed()

    assert lives.row("application", "A1").state == "ROUTED"
    match = lives.row("match", "A1")
    assert (match.state, match.banks, match.due_by) == ("OPEN", ("BK01",), date(2025, 6, 19))


def test_an_incomplete_one_comes_back_twice_and_is_then_refused():
    lives = started()
    part = SubmitApplication("A1", APPLICATION_PAPERS[:-1])

    for rounds in (1, 2):
        lives.act(part, SIGNATORY)
        row = lives.row("application", "A1")
        assert (row.state, row.return_rounds) == ("DRAFT", rounds)
        assert row.missing == (APPLICATION_PAPERS[-1],)
    assert refused(lives, part, SIGNATORY) == ("papers_missing",)
    assert refused(lives, HAND_IN, SIGNATORY) == ()


def test_an_incomplete_application_cannot_be_accepted():
    lives = started()
    lives.reactions = ()
    lives.act(SubmitApplication("A1", ()), SIGNATORY)

    assert refused(lives, AcceptApplication("A1")) == ("papers_missing",)
    assert refused(lives, ReturnApplication("A1", ())) == ("reason_missing",)
    assert refused(lives, ReturnApplication("A1", ("USE_PLAN",))) == ()


def test_a_draft_expires_after_30_days():
    lives = started()

    assert refused(lives.at(date(2025, 7, 16)), ExpireDraft("A1")) == ("window_still_open",)
    assert lives.row("application", "A1").state == "DRAFT"
    assert lives.at(date(2025, 7, 17)).row("application", "A1").state == "EXPIRED"


def test_a_named_bank_gets_the_application_without_selection():
    lives = started(designated=True)

    lives.act(HAND_IN, SIGNATORY)

    match = lives.row("match", "A1")
    assert (match.state, match.bank, match.due_by) == ("SELECTED", "BK01", date(2025, 6, 19))


def test_only_the_selected_bank_takes_the_lead():
    lives = routed()

    assert refused(lives, TakeLead("A1", "BK01", "P1"), MANAGER) == ("bank_not_selected",)
    assert refused(selected(), TakeLead("A1", "BK01", "P1"), MANAGER) == ()


def test_a_suspended_bank_takes_no_lead():
    lives = selected()
    lives.act(SuspendAgreement("BK01", "complaint"), FUND_APPROVER)

    codes = refused(lives, TakeLead("A1", "BK01", "P1"), MANAGER)

    assert codes == ("agreement_not_live",)


def test_the_lead_is_taken_under_a_published_product_of_the_bank():
    lives = selected()
    lives.act(draft(product="P2"), MANAGER)
    lives.act(SubmitProduct("P2"), MANAGER, APPROVER)

    codes = refused(lives, TakeLead("A1", "BK01", "P2"), MANAGER)

    assert codes == ("product_not_published",)


def test_the_review_stands_still_while_material_is_awaited():
    lives = under_review()
    assert refused(lives, RequestMaterial("A1", ()), MANAGER) == ("reason_missing",)
    lives.act(RequestMaterial("A1", ("ORDERS",)), MANAGER)

    assert refused(lives, terms(), MANAGER) == ("material_awaited",)
    assert refused(lives, RequestMaterial("A1", ("TAX",)), MANAGER) == ("material_awaited",)
    lives.act(ProvideMaterial("A1", ("ORDERS",)), FIRM)
    assert refused(lives, terms(), MANAGER) == ()
    assert refused(lives, ProvideMaterial("A1", ()), FIRM) == ("no_material_awaited",)


def test_material_that_never_comes_is_waited_for_ten_working_days():
    lives = under_review()
    lives.act(RequestMaterial("A1", ("ORDERS",)), MANAGER)

    assert lives.at(date(2025, 7, 11)).row("application", "A1").awaiting == ("ORDERS",)
    assert lives.at(date(2025, 7, 12)).row("application", "A1").awaiting == ()


def test_no_credit_without_due_diligence():
    lives = selected()
    lives.act(TakeLead("A1", "BK01", "P1"), MANAGER)

    assert "no_due_diligence" in refused(lives, terms(), MANAGER)
    silent = ReportDueDiligence("A1", "")
    assert refused(lives, silent, MANAGER) == ("reason_missing",)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ()),
        ({"amount": yuan("6000000.01")}, ("amount_over_request",)),
        ({"amount": Money.ZERO}, ("amount_over_request",)),
        ({"term_months": 36}, ()),
        ({"term_months": 37}, ("tenor_too_long",)),
        ({"annual_rate": Decimal("0.0380")}, ()),
        ({"annual_rate": Decimal("0.0381")}, ("rate_above_cap",)),
        ({"ip_share": Decimal("0.50")}, ()),
        ({"ip_share": Decimal("0.4999")}, ("ip_share_too_low",)),
        ({"ip_share": Decimal("1.01")}, ("ip_share_too_low",)),
    ],
)
def test_an_offer_keeps_amount_tenor_rate_and_ip_share(changes, codes):
    assert refused(under_review(), terms(**changes), MANAGER) == codes


@pytest.mark.parametrize(
    ("value", "amount", "codes"),
    [
        ("16666666.67", "6000000.00", ()),
        ("16666666.65", "6000000.00", ("secured_over_collateral",)),
        ("15000000.00", "6000000.00", ("secured_over_collateral",)),
        ("15000000.00", "5400000.00", ()),
    ],
)
def test_an_invention_carries_36_percent_of_its_value(value, amount, codes):
    lives = under_review()
    lives.act(AppraiseIp("IP1", yuan(value), "INCOME", "VAL01"), APPRAISER)

    assert refused(lives, terms(amount=yuan(amount)), MANAGER) == codes


def test_fifteen_million_on_inventions_of_fifteen_million_is_refused_with_the_amounts():
    lives = under_review(amount=yuan("15000000.00"))
    lives.act(need(sales=yuan("200000000.00")), MANAGER)
    lives.act(AppraiseIp("IP1", yuan("15000000.00"), "INCOME", "VAL01"), APPRAISER)

    (reason,) = lives.reasons(terms(amount=yuan("15000000.00")), MANAGER)

    told = (reason.code, reason.actual_text, reason.threshold_text)
    assert told == ("secured_over_collateral", "15,000,000.00", "5,400,000.00")
    assert reason.parameter == "pledge_rate_caps"


def test_only_the_part_secured_by_ip_asks_for_collateral():
    lives = under_review()
    lives.act(AppraiseIp("IP1", yuan("8333333.34"), "INCOME", "VAL01"), APPRAISER)

    assert refused(lives, terms(ip_share=Decimal("0.50")), MANAGER) == ()
    assert refused(lives, terms(ip_share=Decimal("0.51")), MANAGER) == ("secured_over_collateral",)


def test_a_short_rest_of_life_lowers_the_pledge_rate():
    lives = under_review()
    key = ("asset", "IP1")

    lives.rows[key] = replace(lives.rows[key], term_ends_on=date(2030, 6, 27))
    assert refused(lives, terms(), MANAGER) == ()
    lives.rows[key] = replace(lives.rows[key], term_ends_on=date(2030, 1, 27))
    assert refused(lives, terms(), MANAGER) == ("secured_over_collateral",)


def test_a_right_lives_six_months_longer_than_the_loan():
    lives = under_review()
    key = ("asset", "IP1")
    value = yuan("90000000.00")

    lives.rows[key] = replace(lives.rows[key], value=value, term_ends_on=date(2026, 12, 27))
    assert refused(lives, terms(), MANAGER) == ()
    lives.rows[key] = replace(lives.rows[key], value=value, term_ends_on=date(2026, 12, 26))
    assert refused(lives, terms(), MANAGER) == ("right_ends_too_early",)


@pytest.mark.parametrize(
    ("second", "codes"),
    [("8100000.00", ()), ("6600000.00", ()), ("6599999.99", ("bundle_one_right",))],
)
def test_no_right_of_a_bundle_is_more_than_60_percent(second, codes):
    lives = under_review(assets=("IP1", "IP2"))
    lives.act(AppraiseIp("IP1", yuan("9900000.00"), "INCOME", "VAL01"), APPRAISER)
    lives.act(AppraiseIp("IP2", yuan(second), "INCOME", "VAL01"), APPRAISER)

    assert refused(lives, terms(amount=yuan("5000000.00")), MANAGER) == codes


def test_utility_models_are_at_most_30_percent_of_a_bundle():
    lives = under_review(assets=("IP1", "IP2", "UM"))
    lives.act(AppraiseIp("IP1", yuan("7000000.00"), "INCOME", "VAL01"), APPRAISER)
    lives.act(AppraiseIp("IP2", yuan("7000000.00"), "INCOME", "VAL01"), APPRAISER)
    offer = terms(amount=yuan("5000000.00"))

    lives.act(AppraiseIp("UM", yuan("6750000.00"), "INCOME", "VAL01"), APPRAISER)
    assert refused(lives, offer, MANAGER) == ()
    lives.act(AppraiseIp("UM", yuan("6750100.00"), "INCOME", "VAL01"), APPRAISER)
    assert refused(lives, offer, MANAGER) == ("bundle_utility_models",)


@pytest.mark.parametrize(
    ("own", "codes"), [("4080000.00", ()), ("4080000.01", ("amount_over_need",))]
)
def test_a_working_capital_loan_is_no_larger_than_the_need_rounded_down(own, codes):
    lives = under_review()
    lives.act(need(own_funds=yuan(own)), MANAGER)

    assert refused(lives, terms(), MANAGER) == codes


def test_no_credit_without_a_credit_query_and_a_need():
    lives = selected()
    lives.act(TakeLead("A1", "BK01", "P1"), MANAGER)
    lives.act(ReportDueDiligence("A1", "no objection"), MANAGER)

    assert refused(lives, terms(), MANAGER) == ("credit_not_queried", "need_not_computed")


def test_a_credit_query_needs_authorisation_and_consent():
    lives = under_review()

    unsigned = QueryCredit("A1", "", "ZX-0001")
    assert refused(lives, unsigned, MANAGER) == ("credit_query_unauthorised",)
    lives.act(consent(scope=("IP",)), SIGNATORY)
    asked = QueryCredit("A1", "SQ-0001", "ZX-0001")
    assert refused(lives, asked, MANAGER) == ("consent_missing",)


@pytest.mark.parametrize("figure", [{"turnover": Decimal(0)}, {"margin": Decimal("1.01")}])
def test_a_need_is_computed_of_possible_figures(figure):
    assert refused(under_review(), need(**figure), MANAGER) == ("need_figures_wrong",)


@pytest.mark.parametrize(
    ("promised", "codes"), [("494000000.00", ()), ("494000000.01", ("leverage_exceeded",))]
)
def test_the_fund_keeps_capacity_for_a_credit(promised, codes):
    lives = under_review()
    kept = Reserved(yuan(promised))

    def facts(lives, command):
        return tuple(
            kept if isinstance(one, Reserved) else one for one in may_approve(lives, command)
        )

    lives.facts["ApproveCredit"] = facts
    assert refused(lives, terms(), MANAGER) == codes


def test_capacity_is_reserved_at_approval_and_free_when_the_offer_ends():
    lives = approved()
    assert lives.told("application")[-1] == "Application.CapacityReserved"

    lives.act(DeclineOffer("A1"), FIRM)
    assert lives.told("application")[-1] == "Application.CapacityReleased"
    assert lives.events[-1].event.amount == yuan("6000000.00")

    lives = approved().at(date(2025, 8, 7))
    assert lives.told("application")[-2:] == (
        "Application.OfferExpired",
        "Application.CapacityReleased",
    )


def test_an_appraisal_serves_six_months():
    lives = under_review()

    lives.today = date(2025, 12, 13)
    assert refused(lives, terms(), MANAGER) == ()
    lives.today = date(2025, 12, 14)
    assert refused(lives, terms(), MANAGER) == ("appraisal_too_old",)


def test_credit_is_proposed_reviewed_and_approved_by_three_persons():
    lives = under_review()

    for spoken in ((), (REVIEWER,)):
        with pytest.raises(NotConfirmedYet):
            lives.act(terms(), MANAGER, *spoken)
    for pair, code in (
        ((MANAGER,), "same_person"),
        ((APPROVER,), "wrong_role"),
        ((REVIEWER, replace(APPROVER, user=REVIEWER.user)), "same_person"),
        ((REVIEWER, replace(APPROVER, organisation="BK02")), "wrong_organisation"),
    ):
        with pytest.raises(PairRefused, match=code):
            lives.act(terms(), MANAGER, *pair)
    assert lives.act(terms(), MANAGER, REVIEWER, APPROVER).state == "APPROVED"


def test_who_investigated_a_credit_neither_reviews_nor_approves_it():
    lives = under_review()
    other = replace(MANAGER, user="bk-m-2")

    for reviewer, approver in (
        (replace(REVIEWER, user=MANAGER.user), APPROVER),
        (REVIEWER, replace(APPROVER, user=MANAGER.user)),
    ):
        with pytest.raises(PairRefused, match="investigated_credit"):
            lives.act(terms(), other, reviewer, approver)
    with pytest.raises(PairRefused, match="investigated_credit"):
        lives.act(RejectCredit("A1", "CASHFLOW"), other, replace(APPROVER, user=MANAGER.user))


@pytest.mark.parametrize(
    ("amount", "decides", "does_not", "code"),
    [
        ("10000000.00", APPROVER, COMMITTEE, "wrong_role"),
        ("10010000.00", COMMITTEE, APPROVER, "credit_committee_required"),
    ],
)
def test_above_ten_million_the_banks_committee_decides_on_credit(amount, decides, does_not, code):
    lives = under_review()
    row = lives.row("application", "A1")
    lives.rows[("application", "A1")] = replace(row, amount=yuan(amount))
    lives.act(AppraiseIp("IP1", yuan("30000000.00"), "INCOME", "VAL01"), APPRAISER)
    lives.act(need(own_funds=Money.ZERO), MANAGER)
    asked = terms(amount=yuan(amount))

    with pytest.raises(PairRefused, match=code):
        lives.act(asked, MANAGER, REVIEWER, does_not)
    assert lives.act(asked, MANAGER, REVIEWER, decides).approved_amount == yuan(amount)


def test_a_rejection_names_a_reason_of_the_list_and_closes_the_match():
    lives = under_review()

    unlisted = RejectCredit("A1", "DISLIKE")
    assert refused(lives, unlisted, MANAGER) == ("reason_not_listed",)
    row = lives.act(RejectCredit("A1", "CASHFLOW"), MANAGER, APPROVER)
    assert (row.state, row.reason) == ("REJECTED", "CASHFLOW")
    assert lives.row("match", "A1").outcome == "REJECTED"


def test_an_offer_is_open_30_days():
    lives = approved()

    last = lives.at(date(2025, 8, 6))
    assert refused(last, AcceptOffer("A1"), SIGNATORY) == ()
    assert lives.at(date(2025, 8, 7)).row("application", "A1").state == "EXPIRED"
    late = approved()
    late.today = date(2025, 8, 7)
    assert refused(late, AcceptOffer("A1"), SIGNATORY) == ("offer_over",)


def test_the_firm_may_decline_an_offer_or_withdraw_before_signing():
    declined = approved().act(DeclineOffer("A1"), FIRM)
    assert declined.state == "DECLINED_BY_ENTERPRISE"
    withdrawn = routed()
    withdrawn.act(WithdrawApplication("A1"), FIRM)
    assert withdrawn.row("match", "A1").state == "WITHDRAWN"
    with pytest.raises(NotPossible):
        signed().act(WithdrawApplication("A1"), FIRM)


def test_signing_tells_the_contracts_terms():
    lives = signed()

    contract = lives.events[-1].event
    assert contract.approved_amount == yuan("6000000.00")
    assert contract.annual_rate == Decimal("0.0360")


def test_conditions_lapse_60_days_after_signing():
    lives = signed()

    assert lives.at(date(2025, 9, 19)).row("application", "A1").state == "SIGNED"
    assert lives.at(date(2025, 9, 20)).row("application", "A1").state == "EXPIRED"


def test_no_loan_without_its_registered_pledge_in_time():
    lives = pledged()
    convert = ConvertToLoan("A1", "PL1")

    lives.today = date(2025, 9, 19)
    assert refused(lives, convert, LOAN_OFFICER) == ()
    lives.today = date(2025, 9, 20)
    assert refused(lives, convert, LOAN_OFFICER) == ("conditions_too_late",)


def test_a_pledge_that_is_only_filed_makes_no_loan():
    codes = refused(filed(), ConvertToLoan("A1", "PL1"), LOAN_OFFICER)

    assert codes == ("pledge_not_registered",)


def test_security_is_replaced_once_by_verified_rights():
    lives = under_review()
    lives.act(right(asset="IP2"), FIRM)

    assert refused(lives, ReplaceAssets("A1", ("IP2",)), FIRM) == ("ip_not_verified",)
    lives.act(feed(asset="IP2"), REGISTRY)
    row = lives.act(ReplaceAssets("A1", ("IP2",)), FIRM)
    assert row.assets == ("IP2",)
    assert refused(lives, ReplaceAssets("A1", ("IP1",)), FIRM) == ("replaced_before",)


def test_a_frozen_application_stands_still_and_keeps_its_remaining_days():
    lives = approved()
    assert refused(lives, FreezeApplication("A1", ""), AUDITOR) == ("reason_missing",)
    assert refused(lives, UnfreezeApplication("A1", "x"), AUDITOR) == ("application_not_frozen",)
    lives.act(FreezeApplication("A1", "audit 5"), AUDITOR)

    assert refused(lives, AcceptOffer("A1"), SIGNATORY) == ("application_frozen",)
    lives.at(date(2025, 9, 7)).act(UnfreezeApplication("A1", "cleared"), AUDITOR)
    assert lives.row("application", "A1").due_by == date(2025, 10, 7)
    assert lives.at(date(2025, 10, 7)).row("application", "A1").state == "APPROVED"
    assert lives.at(date(2025, 10, 8)).row("application", "A1").state == "EXPIRED"


def test_an_application_keeps_its_product_version_after_a_newer_one_is_published():
    lives = started()
    lives.act(draft(product="P1.2", replaces="P1"), MANAGER)
    lives.act(SubmitProduct("P1.2"), MANAGER, APPROVER)
    lives.act(PublishProduct("P1.2"), FUND_APPROVER)

    assert lives.row("product", "P1").state == "CLOSED"
    assert lives.row("application", "A1").product == "P1"
