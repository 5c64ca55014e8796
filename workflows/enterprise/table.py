"""The life of an enterprise in the library: draft, enrolled, suspended, expired, struck off.

Expiry and suspension stop new applications only: live loans go on and stay covered.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.enterprise import events, records
from workflows.enterprise.decide import DECIDE
from workflows.enterprise.events import (
    EnterpriseBlacklisted,
    EnterpriseBoarded,
    EnterpriseConsentGranted,
    EnterpriseEnrolled,
    EnterpriseEnrolmentExpired,
    EnterpriseEnrolmentLapsed,
    EnterpriseEnrolmentRejected,
    EnterpriseEnrolmentRenewed,
    EnterpriseEnrolmentSubmitted,
    EnterpriseRegistered,
    EnterpriseReinstated,
    EnterpriseRemoved,
    EnterpriseSupplementProvided,
    EnterpriseSupplementRequested,
    EnterpriseSuspended,
)
from workflows.enterprise.evolve import EVOLVE
from workflows.enterprise.guards import (
    cause_gone,
    cause_named,
    consent_live,
    consent_named,
    consent_not_too_long,
    credit_code_valid,
    fraud_found,
    fraud_proven,
    fund_of_programme,
    hits_listed,
    in_programme_area,
    mandate_valid,
    no_live_loan,
    not_blacklisted,
    not_enrolled_twice,
    on_no_negative_list,
    owns_ip,
    reason_listed,
    region_known,
    signed_by_oneself,
    size_class_allowed,
    supplement_rounds_left,
    validity_over,
    window_over,
    within_window,
)
from workflows.enterprise.records import Enterprise, ExpireEnrolment, LapseEnrolment
from workflows.enterprise.states import EnterpriseState
from workflows.lifecycle.deadlines import duty, lapse
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    commands_of,
    events_of,
    staying,
    two_persons,
)
from workflows.lifecycle.roles import Role

(DRAFT, SUBMITTED, SUPPLEMENT, ENROLLED, SUSPENDED, EXPIRED, REJECTED, REMOVED) = EnterpriseState
LIVE = (DRAFT, SUBMITTED, SUPPLEMENT, ENROLLED, SUSPENDED)
ENT, ENT_S, IPA = Role.ENT, Role.ENT_S, Role.IPA
AUD, FM_A, SYS = Role.AUD, Role.FM_A, Role.SYS
IPA_TWICE = two_persons(IPA)
WITH_AUDITOR = two_persons(AUD, same_organisation=False)
MAY_CONSENT = (consent_named, consent_not_too_long, signed_by_oneself, mandate_valid)
MAY_SUBMIT = (consent_live, in_programme_area, size_class_allowed, owns_ip)

# fmt: off
ROWS = (
    #   trigger                from                                    to           who          unless / only if                                            event                           two?
    Row("register",            NEW,                                    DRAFT,       ENT,         (credit_code_valid, region_known, not_enrolled_twice),      EnterpriseRegistered,           ALONE),
    Row("board",               NEW,                                    ENROLLED,    SYS,         (),                                                         EnterpriseBoarded,              ALONE),
    *staying("grant_consent",  (DRAFT, ENROLLED, SUSPENDED, EXPIRED),               ENT_S,       MAY_CONSENT,                                                EnterpriseConsentGranted,       ALONE),
    Row("submit_enrolment",    (DRAFT, EXPIRED),                       SUBMITTED,   ENT,         MAY_SUBMIT,                                                 EnterpriseEnrolmentSubmitted,   ALONE),
    Row("request_supplement",  SUBMITTED,                              SUPPLEMENT,  IPA,         (supplement_rounds_left,),                                  EnterpriseSupplementRequested,  ALONE),
    Row("provide_supplement",  SUPPLEMENT,                             SUBMITTED,   ENT,         (within_window,),                                           EnterpriseSupplementProvided,   ALONE),
    Row("lapse_enrolment",     SUPPLEMENT,                             EXPIRED,     SYS,         (window_over,),                                             EnterpriseEnrolmentLapsed,      ALONE),
    Row("approve_enrolment",   SUBMITTED,                              ENROLLED,    IPA,         (in_programme_area, hits_listed, on_no_negative_list, not_blacklisted),  EnterpriseEnrolled,             IPA_TWICE),
    Row("reject_enrolment",    SUBMITTED,                              REJECTED,    IPA,         (reason_listed,),                                            EnterpriseEnrolmentRejected,    IPA_TWICE),
    Row("renew_enrolment",     ENROLLED,                               ENROLLED,    IPA,         (consent_live, hits_listed, on_no_negative_list, not_blacklisted),       EnterpriseEnrolmentRenewed,     IPA_TWICE),
    Row("expire_enrolment",    (ENROLLED, SUSPENDED),                  EXPIRED,     SYS,         (validity_over,),                                           EnterpriseEnrolmentExpired,     ALONE),
    Row("suspend",             ENROLLED,                               SUSPENDED,   (IPA, SYS),  (cause_named,),                                             EnterpriseSuspended,            ALONE),
    Row("reinstate",           SUSPENDED,                              ENROLLED,    IPA,         (cause_gone, not_blacklisted),                              EnterpriseReinstated,           IPA_TWICE),
    Row("remove",              LIVE,                                   REMOVED,     IPA,         (fraud_found,),                                             EnterpriseRemoved,              IPA_TWICE),
    Row("leave",               LIVE,                                   REMOVED,     ENT,         (no_live_loan,),                                            EnterpriseRemoved,              ALONE),
    *staying("blacklist",      tuple(EnterpriseState),                              (FM_A, SYS),        (fraud_proven, fund_of_programme),                          EnterpriseBlacklisted,          WITH_AUDITOR),
)

DEADLINES = (
    #     name                 begins with                                                    last day       rule                       whose  in                     then
    duty ("enrolment_review",  (EnterpriseEnrolmentSubmitted, EnterpriseSupplementProvided),  "due_by",      "enrolment_review_wd",     IPA,   SUBMITTED),
    lapse("supplement",        EnterpriseSupplementRequested,                                 "due_by",      "enrolment_supplement_wd", ENT,   SUPPLEMENT,            LapseEnrolment),
    lapse("validity",          (EnterpriseEnrolled, EnterpriseEnrolmentRenewed),              "valid_until", "enrolment_validity_days", IPA,   (ENROLLED, SUSPENDED), ExpireEnrolment),
)
# fmt: on

ENTERPRISE = Lifecycle(
    noun="enterprise",
    record=Enterprise,
    states=EnterpriseState,
    final=(REJECTED, REMOVED),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
)
