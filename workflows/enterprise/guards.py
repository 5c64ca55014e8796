"""Only if: what each act on an enterprise asks before it may happen. ZD-3.1."""

from __future__ import annotations

from policies.regions import UnknownRegion, folded, full_name, lies_in
from workflows.enterprise.credit_code import is_credit_code
from workflows.enterprise.facts import FundProgramme, LiveLoans, LiveTwins
from workflows.enterprise.records import (
    ApproveEnrolment,
    BlacklistEnterprise,
    Enterprise,
    GrantDataConsent,
    RegisterEnterprise,
    ReinstateEnterprise,
    RejectEnrolment,
    RemoveEnterprise,
    RenewEnrolment,
    SubmitEnrolment,
    SuspendEnterprise,
)
from workflows.enterprise.reject_reasons import EnrolmentReason
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import day_after, days_from
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, unlimited, within


def credit_code_valid(s: Situation[None, RegisterEnterprise]) -> Refusal | None:
    """The unified social credit code has its check character (GB 32100-2015)."""
    if is_credit_code(s.act.credit_code):
        return None
    return refuse(s, "credit_code_invalid", clauses.CREDIT_CODE, actual=s.act.credit_code)


def region_known(s: Situation[None, RegisterEnterprise]) -> Refusal | None:
    """The place of registration is a division of GB/T 2260, by code or name (ZD-3.1.3)."""
    try:
        folded(s.act.region)
    except UnknownRegion:
        return refuse(s, "region_unknown", clauses.ENROLMENT, actual=s.act.region)
    return None


def not_enrolled_twice(s: Situation[None, RegisterEnterprise]) -> Refusal | None:
    """No other live entry has this credit code (ZD-3.1.2)."""
    if not s.fact(LiveTwins).count:
        return None
    return refuse(s, "enrolled_twice", clauses.ENROLMENT, actual=s.act.credit_code)


def consent_not_too_long(s: Situation[Enterprise, GrantDataConsent]) -> Refusal | None:
    """Consent names scope and purpose and runs at most consent_max_days (ZD-3.1.1)."""
    limit = s.policy["consent_max_days"]
    if s.today < s.act.until <= days_from(s, "consent_max_days"):
        return None
    return against("consent_too_long", limit, (s.act.until - s.today).days)


def consent_named(s: Situation[Enterprise, GrantDataConsent]) -> Refusal | None:
    """Written consent states what for (征信业管理条例, S42)."""
    if s.act.scope and s.act.purpose:
        return None
    return refuse(s, "consent_unnamed", clauses.DATA_CONSENT)


def signed_by_oneself(s: Situation[Enterprise, GrantDataConsent]) -> Refusal | None:
    """The signatory signs, nobody in their name (ZD-2.1, ENT-S)."""
    if s.act.signatory == s.actor.user:
        return None
    return refuse(
        s, "signs_for_another", clauses.DATA_CONSENT,
        actual=s.act.signatory, threshold=s.actor.user,
    )  # fmt: skip


def fund_of_programme(s: Situation[Enterprise, BlacklistEnterprise]) -> Refusal | None:
    """A fund bars firms of its own programme (ZD-3.1.9)."""
    if s.fact(FundProgramme).ident == s.policy.ident:
        return None
    return refuse(
        s, "other_programme", clauses.BLACKLIST,
        actual=s.fact(FundProgramme).ident or "-", threshold=s.policy.ident,
    )  # fmt: skip


def mandate_valid(s: Situation[Enterprise, GrantDataConsent]) -> Refusal | None:
    """The signatory's mandate still runs (ZD-2.1, ENT-S)."""
    if s.act.mandate_until >= s.today:
        return None
    return refuse(s, "mandate_ended", clauses.DATA_CONSENT, actual=s.act.mandate_until)


def consent_live(s: Situation[Enterprise]) -> Refusal | None:
    """The firm's consent to data use covers today (征信业管理条例, S42)."""
    until = s.it.consent_until
    if until is not None and until >= s.today:
        return None
    needs = "enterprise.grant_consent"
    return refuse(s, "consent_missing", clauses.DATA_CONSENT, actual=until or "-", needs=needs)


def in_programme_area(s: Situation[Enterprise]) -> Refusal | Remark | None:
    """The firm is registered in the programme's area (ZD-4.2, S3)."""
    regions = s.policy.among("regions")
    if regions.unlimited:
        return unlimited(regions.parameter)
    if lies_in(s.it.region, regions.value):
        return None
    return against("outside_programme_area", regions.parameter, full_name(s.it.region))


def size_class_allowed(s: Situation[Enterprise]) -> Refusal | Remark | None:
    """Medium, small or micro (ZD-4.2, S3; classes of 工信部联企业[2011]300号)."""
    return within("size_out_of_scope", s.policy.among("size_classes"), s.it.size_class)


def owns_ip(s: Situation[Enterprise, SubmitEnrolment]) -> Refusal | None:
    """At least one own right in force (ZD-3.1.3, S3)."""
    if s.act.ip_rights > 0:
        return None
    return refuse(s, "no_own_ip", clauses.OWN_IP, actual=0)


def supplement_rounds_left(s: Situation[Enterprise]) -> Refusal | None:
    """A firm is sent back at most enrolment_supplement_rounds times (ZD-3.1.4)."""
    rounds = s.policy["enrolment_supplement_rounds"]
    if s.it.supplement_rounds < rounds.value:
        return None
    return against("supplement_rounds_used", rounds, s.it.supplement_rounds)


def within_window(s: Situation[Enterprise]) -> Refusal | None:
    """The supplement comes by its last day (ZD-3.1.4)."""
    if s.today <= given(s.it.due_by):
        return None
    return against("supplement_too_late", s.policy["enrolment_supplement_wd"], s.today)


def window_over(s: Situation[Enterprise]) -> Refusal | None:
    """The last day for the supplement is past."""
    last = given(s.it.due_by)
    if s.today > last:
        return None
    return refuse(
        s, "window_still_open", clauses.ENROLMENT, actual=s.today, threshold=last,
        legal_from=day_after(last),
    )  # fmt: skip


def hits_listed(
    s: Situation[Enterprise, ApproveEnrolment | RenewEnrolment],
) -> Refusal | None:
    """Only the policy's negative lists bar a firm (ZD-3.1.10)."""
    lists = s.policy["negative_list"]
    others = tuple(hit for hit in s.act.negative_hits if hit not in lists.value)
    if not others:
        return None
    return against("negative_list_unknown", lists, others)


def on_no_negative_list(
    s: Situation[Enterprise, ApproveEnrolment | RenewEnrolment],
) -> Refusal | None:
    """No negative list names the firm (ZD-3.1.10; S15, S62)."""
    hits = s.act.negative_hits
    if not hits:
        return None
    return refuse(s, "on_negative_list", clauses.NEGATIVE_LIST, actual=hits)


def not_blacklisted(s: Situation[Enterprise]) -> Refusal | None:
    """No bar for fraud or diverted funds runs (ZD-3.1.9)."""
    until = s.it.blacklisted_until
    if until is None or until < s.today:
        return None
    return refuse(s, "blacklisted", clauses.BLACKLIST, actual=until, legal_from=day_after(until))


def validity_over(s: Situation[Enterprise]) -> Refusal | None:
    """The last day of the place in the library is past."""
    last = given(s.it.valid_until)
    if s.today > last:
        return None
    days = s.policy["enrolment_validity_days"]
    return against("still_valid", days, last, legal_from=day_after(last))


def reason_listed(s: Situation[Enterprise, RejectEnrolment]) -> Refusal | None:
    """A refusal names a reason of the list (ZD-3.1.5)."""
    listed = tuple(EnrolmentReason.__members__)
    if s.act.reason in listed:
        return None
    return refuse(
        s, "enrolment_reason_not_listed", clauses.ENROLMENT, actual=s.act.reason, threshold=listed
    )


def cause_named(s: Situation[Enterprise, SuspendEnterprise]) -> Refusal | None:
    """A suspension names its cause (ZD-3.1.7)."""
    if s.act.cause:
        return None
    return refuse(s, "reason_missing", clauses.SUSPENSION)


def cause_gone(s: Situation[Enterprise, ReinstateEnterprise]) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.1.7)."""
    if s.act.finding:
        return None
    return refuse(s, "cause_not_gone", clauses.SUSPENSION)


def fraud_found(s: Situation[Enterprise, RemoveEnterprise]) -> Refusal | None:
    """A firm is struck off upon a fraud finding (ZD-3.1.8)."""
    if s.act.fraud_finding:
        return None
    return refuse(s, "no_finding", clauses.REMOVAL)


def fraud_proven(s: Situation[Enterprise, BlacklistEnterprise]) -> Refusal | None:
    """Claim fraud or diverted funds are proven (ZD-3.1.9)."""
    if s.act.finding:
        return None
    return refuse(s, "no_finding", clauses.BLACKLIST)


def no_live_loan(s: Situation[Enterprise]) -> Refusal | None:
    """Nobody leaves with a live loan (ZD-3.1.8)."""
    loans = s.fact(LiveLoans).count
    if not loans:
        return None
    return refuse(s, "loan_still_live", clauses.REMOVAL, actual=loans, needs="loan.settle")
