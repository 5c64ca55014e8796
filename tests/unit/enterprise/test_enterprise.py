"""An enterprise enters the library, is sent back, expires, is suspended, barred or struck off."""

from __future__ import annotations

from datetime import date

import pytest

from policies.money import yuan
from policies.reading.loader import load
from tests.unit.stories.front_story import (
    AUDITOR,
    FIRM,
    FUND_APPROVER,
    OFFICER_A,
    OFFICER_B,
    SIGNATORY,
    consent,
    enrolled,
    refused,
    registration,
    story,
    submitted_enrolment,
)
from workflows.enterprise.facts import LiveLoans, LiveTwins
from workflows.enterprise.records import (
    ApproveEnrolment,
    BlacklistEnterprise,
    BoardEnterprise,
    ExpireEnrolment,
    LapseEnrolment,
    LeaveLibrary,
    ProvideSupplement,
    ReinstateEnterprise,
    RejectEnrolment,
    RemoveEnterprise,
    RenewEnrolment,
    RequestSupplement,
    SubmitEnrolment,
    SuspendEnterprise,
)
from workflows.enterprise.size_class import Size, size_class
from workflows.lifecycle.refusals import NotAllowed, NotPossible
from workflows.lifecycle.step import NotConfirmedYet

JUNE_3 = date(2025, 6, 3)


def registered(**changes):
    lives = story(JUNE_3)
    lives.act(registration(**changes), FIRM)
    lives.act(consent(), SIGNATORY)
    return lives


def test_a_wrong_credit_code_is_refused():
    lives = story()

    assert refused(lives, registration(), FIRM) == ()
    wrong = registration(credit_code="913201000000000011")
    assert refused(lives, wrong, FIRM) == ("credit_code_invalid",)


def test_a_firm_with_a_live_entry_is_not_registered_again():
    lives = story()
    lives.facts["RegisterEnterprise"] = (LiveTwins(1),)

    assert refused(lives, registration(), FIRM) == ("enrolled_twice",)


def test_nobody_registers_another_firm():
    lives = story()

    assert lives.refusals(registration(enterprise="E2"), FIRM) == ("wrong_organisation",)


def test_consent_runs_365_days_at_most():
    lives = registered()

    assert refused(lives, consent(until=date(2026, 6, 3)), SIGNATORY) == ()
    assert refused(lives, consent(until=date(2026, 6, 4)), SIGNATORY) == ("consent_too_long",)
    assert refused(lives, consent(until=JUNE_3), SIGNATORY) == ("consent_too_long",)


def test_consent_names_what_for_and_who_may_sign():
    lives = registered()

    assert refused(lives, consent(purpose=""), SIGNATORY) == ("consent_unnamed",)
    assert refused(lives, consent(mandate_until=JUNE_3), SIGNATORY) == ()
    ended = consent(mandate_until=date(2025, 6, 2))
    assert refused(lives, ended, SIGNATORY) == ("mandate_ended",)


def test_enrolment_asks_for_live_consent():
    lives = registered()

    lives.today = date(2026, 6, 3)
    assert refused(lives, SubmitEnrolment("E1", 1), FIRM) == ()
    lives.today = date(2026, 6, 4)
    assert refused(lives, SubmitEnrolment("E1", 1), FIRM) == ("consent_missing",)


def test_enrolment_asks_for_own_ip_in_force():
    lives = registered()

    assert refused(lives, SubmitEnrolment("E1", 1), FIRM) == ()
    assert refused(lives, SubmitEnrolment("E1", 0), FIRM) == ("no_own_ip",)


def test_a_firm_outside_the_province_is_refused_with_the_programmes_clause():
    lives = registered(region="上海")

    (reason,) = lives.reasons(SubmitEnrolment("E1", 1), FIRM)

    assert (reason.code, reason.parameter) == ("outside_programme_area", "regions")
    assert reason.threshold == ("320000",)
    assert reason.threshold_text == "江苏省"
    assert reason.citation.source


@pytest.mark.parametrize(
    ("said", "code"),
    [("南京市", "320100"), ("江苏省南京市", "320100"), ("苏州", "320500"), ("320583", "320583")],
)
def test_a_firm_of_a_city_is_inside_its_province_and_kept_by_its_code(said, code):
    lives = registered(region=said)

    assert refused(lives, SubmitEnrolment("E1", 1), FIRM) == ()
    assert lives.row("enterprise", "E1").region == code


@pytest.mark.parametrize("said", ["江苏高新", "鼓楼区", "999999", ""])
def test_a_place_that_is_no_division_or_several_is_refused(said):
    lives = story()

    assert refused(lives, registration(region=said), FIRM) == ("region_unknown",)


@pytest.mark.parametrize(
    ("staff", "revenue", "size"),
    [
        (1000, "400000000.00", Size.LARGE),
        (999, "400000000.00", Size.MEDIUM),
        (1000, "399999999.99", Size.MEDIUM),
        (300, "20000000.00", Size.MEDIUM),
        (299, "20000000.00", Size.SMALL),
        (20, "3000000.00", Size.SMALL),
        (19, "3000000.00", Size.MICRO),
        (20, "2999999.99", Size.MICRO),
    ],
)
def test_size_classes_of_industry_at_their_thresholds(staff, revenue, size):
    policy = load("jiangsu").on(JUNE_3)

    assert size_class(policy, "INDUSTRY", staff=staff, revenue=yuan(revenue)) is size


def test_a_large_firm_is_out_of_scope_and_a_medium_one_is_not():
    large = registered(staff=1000, revenue=yuan("400000000.00"))
    medium = registered(staff=999, revenue=yuan("400000000.00"))

    assert refused(large, SubmitEnrolment("E1", 1), FIRM) == ("size_out_of_scope",)
    assert refused(medium, SubmitEnrolment("E1", 1), FIRM) == ()


def test_enrolment_is_approved_by_two_officers():
    lives = submitted_enrolment()

    with pytest.raises(NotConfirmedYet):
        lives.act(ApproveEnrolment("E1"), OFFICER_A)
    with pytest.raises(NotAllowed, match="same_person"):
        lives.act(ApproveEnrolment("E1"), OFFICER_A, OFFICER_A)
    assert lives.act(ApproveEnrolment("E1"), OFFICER_A, OFFICER_B).state == "ENROLLED"


def test_a_hit_on_a_negative_list_stops_enrolment():
    lives = submitted_enrolment()

    hit = ApproveEnrolment("E1", ("DISHONEST_DEBTOR",))

    assert refused(lives, hit, OFFICER_A) == ("on_negative_list",)


def test_a_supplement_may_be_asked_twice():
    lives = submitted_enrolment()
    for _ in range(2):
        lives.act(RequestSupplement("E1", ("TAX_RETURN",)), OFFICER_A)
        lives.act(ProvideSupplement("E1", ("TAX_RETURN",)), FIRM)

    third = refused(lives, RequestSupplement("E1", ("TAX_RETURN",)), OFFICER_A)

    assert third == ("supplement_rounds_used",)


def test_a_supplement_counts_on_its_last_day_and_not_after():
    lives = submitted_enrolment()
    due_by = lives.act(RequestSupplement("E1", ("TAX_RETURN",)), OFFICER_A).due_by

    assert due_by == date(2025, 6, 17)  # ten working days after 3 June
    lives.today = due_by
    assert refused(lives, ProvideSupplement("E1", ("TAX_RETURN",)), FIRM) == ()
    assert refused(lives, LapseEnrolment("E1")) == ("window_still_open",)
    lives.today = date(2025, 6, 18)
    assert refused(lives, ProvideSupplement("E1", ()), FIRM) == ("supplement_too_late",)


def test_enrolment_sent_back_twice_and_then_silent_lapses_by_itself():
    lives = submitted_enrolment()
    lives.act(RequestSupplement("E1", ("TAX_RETURN",)), OFFICER_A)
    lives.act(ProvideSupplement("E1", ("TAX_RETURN",)), FIRM)
    lives.act(RequestSupplement("E1", ("AUDIT",)), OFFICER_A)

    assert lives.at(date(2025, 6, 17)).row("enterprise", "E1").state == "SUPPLEMENT"
    assert lives.at(date(2025, 6, 18)).row("enterprise", "E1").state == "EXPIRED"
    assert lives.told("enterprise")[-1] == "Enterprise.EnrolmentLapsed"


def test_a_place_lasts_365_days_and_can_be_renewed():
    lives = enrolled()

    assert lives.row("enterprise", "E1").valid_until == date(2026, 6, 10)
    lives.today = date(2026, 6, 1)
    lives.act(RenewEnrolment("E1"), OFFICER_A, OFFICER_B)
    assert lives.at(date(2027, 6, 1)).row("enterprise", "E1").state == "ENROLLED"
    assert lives.at(date(2027, 6, 2)).row("enterprise", "E1").state == "EXPIRED"


def test_a_place_does_not_expire_on_its_last_day():
    lives = enrolled()

    lives.today = date(2026, 6, 10)
    assert refused(lives, ExpireEnrolment("E1")) == ("still_valid",)
    lives.today = date(2026, 6, 11)
    assert refused(lives, ExpireEnrolment("E1")) == ()


def test_a_suspended_firm_is_reinstated_when_the_cause_is_gone():
    lives = enrolled()

    assert refused(lives, SuspendEnterprise("E1", ""), OFFICER_A) == ("reason_missing",)
    lives.act(SuspendEnterprise("E1", "litigation"), OFFICER_A)
    assert refused(lives, ReinstateEnterprise("E1", ""), OFFICER_A) == ("cause_not_gone",)
    back = lives.act(ReinstateEnterprise("E1", "case closed"), OFFICER_A, OFFICER_B)
    assert back.state == "ENROLLED"


def test_a_firm_leaves_only_without_live_loans():
    lives = enrolled()

    assert refused(lives, LeaveLibrary("E1"), FIRM) == ()
    lives.facts["LeaveLibrary"] = (LiveLoans(1),)
    assert refused(lives, LeaveLibrary("E1"), FIRM) == ("loan_still_live",)


def test_striking_off_and_rejecting_give_a_reason():
    lives = enrolled()

    assert refused(lives, RemoveEnterprise("E1", ""), OFFICER_A) == ("no_finding",)
    assert (
        lives.act(RemoveEnterprise("E1", "forged books"), OFFICER_A, OFFICER_B).state == "REMOVED"
    )
    waiting = submitted_enrolment()
    assert refused(waiting, RejectEnrolment("E1", "DISLIKE"), OFFICER_A) == (
        "enrolment_reason_not_listed",
    )
    rejected = waiting.act(RejectEnrolment("E1", "NOT_OPERATING"), OFFICER_A, OFFICER_B)
    assert rejected.state == "REJECTED"


def test_a_bar_is_set_by_fund_and_auditor_and_runs_five_years():
    lives = enrolled()
    bar = BlacklistEnterprise("E1", "JS-FUND", "diverted funds")

    assert refused(lives, BlacklistEnterprise("E1", "JS-FUND", ""), FUND_APPROVER) == (
        "no_finding",
    )
    barred = lives.act(bar, FUND_APPROVER, AUDITOR)
    assert (barred.state, barred.blacklisted_until) == ("ENROLLED", date(2030, 6, 10))
    lives.today = date(2030, 6, 10)
    assert "blacklisted" in refused(lives, RenewEnrolment("E1"), OFFICER_A)
    lives.today = date(2030, 6, 11)
    assert "blacklisted" not in refused(lives, RenewEnrolment("E1"), OFFICER_A)


def test_a_boarded_firm_is_enrolled_at_once_and_says_what_was_made_up():
    lives = story()

    row = lives.act(BoardEnterprise("E9", "Boarded 9", "江苏", ("region", "ip"), "jiangsu"))

    assert (row.state, row.generated) == ("ENROLLED", ("region", "ip"))
    assert lives.events[-1].event.generated == ("region", "ip")
    assert not lives.timers


def test_a_rejected_firm_goes_nowhere():
    lives = submitted_enrolment()
    lives.act(RejectEnrolment("E1", "NOT_OPERATING"), OFFICER_A, OFFICER_B)

    with pytest.raises(NotPossible):
        lives.act(ApproveEnrolment("E1"), OFFICER_A, OFFICER_B)
