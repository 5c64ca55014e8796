"""The life of an enterprise in the library: draft, enrolled, suspended, expired, struck off.

Expiry and suspension stop new applications only: live loans go on and stay covered.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from policies.regions import UnknownRegion, folded, full_name, lies_in
from workflows.enterprise.credit_code import is_credit_code
from workflows.enterprise.decide import DECIDE, EVOLVE, TIMERS
from workflows.enterprise.events import EVENTS
from workflows.enterprise.records import COMMANDS, Enterprise
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.deadlines import days_from
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, staying, two_persons
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role

__all__ = ["ENTERPRISE", "Enterprise", "EnterpriseState"]


class EnterpriseState(Enum):
    """Where a firm stands with the library."""

    DRAFT = "DRAFT"  # registered, not yet submitted
    SUBMITTED = "SUBMITTED"  # the administration looks at it
    SUPPLEMENT = "SUPPLEMENT"  # the firm owes a document
    ENROLLED = "ENROLLED"  # may apply for loans
    SUSPENDED = "SUSPENDED"  # may not apply for now
    EXPIRED = "EXPIRED"  # not renewed, or a supplement never came; may submit again
    REJECTED = "REJECTED"
    REMOVED = "REMOVED"


(DRAFT, SUBMITTED, SUPPLEMENT, ENROLLED, SUSPENDED, EXPIRED, REJECTED, REMOVED) = EnterpriseState
LIVE = (DRAFT, SUBMITTED, SUPPLEMENT, ENROLLED, SUSPENDED)
ENT, ENT_S, IPA = Role.ENT, Role.ENT_S, Role.IPA
AUD, FM_A, SYS = Role.AUD, Role.FM_A, Role.SYS
IPA_TWICE = two_persons(IPA)
WITH_AUDITOR = two_persons(AUD, same_organisation=False)

Asked = Situation[Any]


# --- unless / only if -----------------------------------------------------------------------


def credit_code_valid(s: Asked) -> Refusal | None:
    """The unified social credit code has its check character (GB 32100-2015)."""
    if is_credit_code(s.act.credit_code):
        return None
    return refuse(s, "credit_code_invalid", clauses.CREDIT_CODE, actual=s.act.credit_code)


def region_known(s: Asked) -> Refusal | None:
    """The place of registration is a division of GB/T 2260, by code or name (ZD-3.1)."""
    try:
        folded(s.act.region)
    except UnknownRegion:
        return refuse(s, "region_unknown", clauses.ENROLMENT, actual=s.act.region)
    return None


def not_enrolled_twice(s: Asked) -> Refusal | None:
    """No other live entry has this credit code (ZD-3.1). Fact: live_twins."""
    if not s.facts["live_twins"]:
        return None
    return refuse(s, "enrolled_twice", clauses.ENROLMENT, actual=s.act.credit_code)


def consent_not_too_long(s: Asked) -> Refusal | None:
    """Consent names scope and purpose and runs at most consent_max_days (ZD-3.1)."""
    limit = s.policy["consent_max_days"]
    if s.today < s.act.until <= days_from(s, "consent_max_days"):
        return None
    return against("consent_too_long", limit, (s.act.until - s.today).days)


def consent_named(s: Asked) -> Refusal | None:
    """Written consent states what for (征信业管理条例, S42)."""
    if s.act.scope and s.act.purpose:
        return None
    return refuse(s, "consent_unnamed", clauses.DATA_CONSENT)


def mandate_valid(s: Asked) -> Refusal | None:
    """The signatory's mandate still runs (ZD-2.1, ENT-S)."""
    if s.act.mandate_until >= s.today:
        return None
    return refuse(s, "mandate_ended", clauses.DATA_CONSENT, actual=s.act.mandate_until)


def consent_live(s: Asked) -> Refusal | None:
    """The firm's consent to data use covers today (征信业管理条例, S42)."""
    until = s.it.consent_until
    if until is not None and until >= s.today:
        return None
    return refuse(s, "consent_missing", clauses.DATA_CONSENT, actual=until or "-")


def in_programme_area(s: Asked) -> Refusal | None:
    """The firm is registered in the programme's area (ZD-4.2, S3)."""
    regions = s.policy["regions"]
    if lies_in(s.it.region, regions.value):
        return None
    return against("outside_programme_area", regions, full_name(s.it.region))


def size_class_allowed(s: Asked) -> Refusal | None:
    """Medium, small or micro (ZD-4.2, S3; classes of 工信部联企业[2011]300号)."""
    classes = s.policy["size_classes"]
    if s.it.size_class in classes.value:
        return None
    return against("size_out_of_scope", classes, s.it.size_class)


def owns_ip(s: Asked) -> Refusal | None:
    """At least one own right in force (ZD-3.1, S3)."""
    return None if s.act.ip_rights > 0 else refuse(s, "no_own_ip", clauses.OWN_IP, actual=0)


def supplement_rounds_left(s: Asked) -> Refusal | None:
    """A firm is sent back at most enrolment_supplement_rounds times (ZD-3.1)."""
    rounds = s.policy["enrolment_supplement_rounds"]
    if s.it.supplement_rounds < rounds.value:
        return None
    return against("supplement_rounds_used", rounds, s.it.supplement_rounds)


def within_window(s: Asked) -> Refusal | None:
    """The supplement comes by its last day (ZD-3.1)."""
    if s.today <= s.it.due_by:
        return None
    return against("supplement_too_late", s.policy["enrolment_supplement_wd"], s.today)


def window_over(s: Asked) -> Refusal | None:
    """The last day for the supplement is past."""
    if s.today > s.it.due_by:
        return None
    return refuse(s, "window_still_open", clauses.ENROLMENT, actual=s.today, threshold=s.it.due_by)


def on_no_negative_list(s: Asked) -> Refusal | None:
    """No negative list names the firm (ZD-3.1; S15, S62)."""
    if not s.act.negative_hits:
        return None
    hits = ", ".join(s.act.negative_hits)
    return refuse(s, "on_negative_list", clauses.NEGATIVE_LIST, actual=hits)


def not_blacklisted(s: Asked) -> Refusal | None:
    """No bar for fraud or diverted funds runs (ZD-3.1)."""
    until = s.it.blacklisted_until
    if until is None or until < s.today:
        return None
    return refuse(s, "blacklisted", clauses.BLACKLIST, actual=until)


def validity_over(s: Asked) -> Refusal | None:
    """The last day of the place in the library is past."""
    if s.today > s.it.valid_until:
        return None
    return against("still_valid", s.policy["enrolment_validity_days"], s.it.valid_until)


def reason_given(s: Asked) -> Refusal | None:
    """A refusal gives its reason (ZD-3.1)."""
    return None if s.act.reason else refuse(s, "reason_missing", clauses.REASONS)


def cause_named(s: Asked) -> Refusal | None:
    """A suspension names its cause (ZD-3.1)."""
    return None if s.act.cause else refuse(s, "reason_missing", clauses.SUSPENSION)


def cause_gone(s: Asked) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.1)."""
    return None if s.act.finding else refuse(s, "cause_not_gone", clauses.SUSPENSION)


def fraud_found(s: Asked) -> Refusal | None:
    """A firm is struck off upon a fraud finding (ZD-3.1)."""
    return None if s.act.fraud_finding else refuse(s, "no_finding", clauses.REMOVAL)


def fraud_proven(s: Asked) -> Refusal | None:
    """Claim fraud or diverted funds are proven (ZD-3.1)."""
    return None if s.act.finding else refuse(s, "no_finding", clauses.BLACKLIST)


def no_live_loan(s: Asked) -> Refusal | None:
    """Nobody leaves with a live loan (ZD-3.1). Fact: live_loans."""
    loans = s.facts["live_loans"]
    return None if not loans else refuse(s, "loan_still_live", clauses.REMOVAL, actual=loans)


# --- the table ------------------------------------------------------------------------------

# fmt: off
ROWS = (
    #    trigger               from                to          who         unless / only if                                            event                              two?
    Row("register",            NEW,                DRAFT,      ENT,        (credit_code_valid, region_known, not_enrolled_twice),      "Enterprise.Registered",           ALONE),
    Row("board",               NEW,                ENROLLED,   SYS,        (),                                                         "Enterprise.Boarded",              ALONE),
    *staying("grant_consent",  (DRAFT, ENROLLED, SUSPENDED, EXPIRED), ENT_S, (consent_named, consent_not_too_long, mandate_valid),     "Enterprise.ConsentGranted",       ALONE),
    Row("submit_enrolment",    (DRAFT, EXPIRED),   SUBMITTED,  ENT,        (consent_live, in_programme_area, size_class_allowed, owns_ip),  "Enterprise.EnrolmentSubmitted",   ALONE),
    Row("request_supplement",  SUBMITTED,          SUPPLEMENT, IPA,        (supplement_rounds_left,),                                             "Enterprise.SupplementRequested",  ALONE),
    Row("provide_supplement",  SUPPLEMENT,         SUBMITTED,  ENT,        (within_window,),                                           "Enterprise.SupplementProvided",   ALONE),
    Row("lapse_enrolment",     SUPPLEMENT,         EXPIRED,    SYS,        (window_over,),                                             "Enterprise.EnrolmentLapsed",      ALONE),
    Row("approve_enrolment",   SUBMITTED,          ENROLLED,   IPA,        (in_programme_area, on_no_negative_list, not_blacklisted),  "Enterprise.Enrolled",             IPA_TWICE),
    Row("reject_enrolment",    SUBMITTED,          REJECTED,   IPA,        (reason_given,),                                            "Enterprise.EnrolmentRejected",    IPA_TWICE),
    Row("renew_enrolment",     ENROLLED,           ENROLLED,   IPA,        (consent_live, on_no_negative_list, not_blacklisted),       "Enterprise.EnrolmentRenewed",     IPA_TWICE),
    Row("expire_enrolment",    (ENROLLED, SUSPENDED), EXPIRED, SYS,        (validity_over,),                                           "Enterprise.EnrolmentExpired",     ALONE),
    Row("suspend",             ENROLLED,           SUSPENDED,  (IPA, SYS), (cause_named,),                                             "Enterprise.Suspended",            ALONE),
    Row("reinstate",           SUSPENDED,          ENROLLED,   IPA,        (cause_gone, not_blacklisted),                              "Enterprise.Reinstated",           IPA_TWICE),
    Row("remove",              LIVE,               REMOVED,    IPA,        (fraud_found,),                                             "Enterprise.Removed",              IPA_TWICE),
    Row("leave",               LIVE,               REMOVED,    ENT,        (no_live_loan,),                                            "Enterprise.Removed",              ALONE),
    *staying("blacklist",      tuple(EnterpriseState), FM_A,               (fraud_proven,),                                            "Enterprise.Blacklisted",          WITH_AUDITOR),
)
# fmt: on

ENTERPRISE = Lifecycle(
    noun="enterprise",
    record=Enterprise,
    states=EnterpriseState,
    final=(REJECTED, REMOVED),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
