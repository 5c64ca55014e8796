"""The life of an enterprise in the library: draft, enrolled, suspended, expired, struck off.

Expiry and suspension stop new applications only: live loans go on and stay covered.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.enterprise.decide import DECIDE
from workflows.enterprise.events import EVENTS
from workflows.enterprise.evolve import EVOLVE, TIMERS
from workflows.enterprise.guards import (
    cause_gone,
    cause_named,
    consent_live,
    consent_named,
    consent_not_too_long,
    credit_code_valid,
    fraud_found,
    fraud_proven,
    in_programme_area,
    mandate_valid,
    no_live_loan,
    not_blacklisted,
    not_enrolled_twice,
    on_no_negative_list,
    owns_ip,
    reason_given,
    region_known,
    size_class_allowed,
    supplement_rounds_left,
    validity_over,
    window_over,
    within_window,
)
from workflows.enterprise.records import COMMANDS, Enterprise
from workflows.enterprise.states import EnterpriseState
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, staying, two_persons
from workflows.lifecycle.roles import Role

(DRAFT, SUBMITTED, SUPPLEMENT, ENROLLED, SUSPENDED, EXPIRED, REJECTED, REMOVED) = EnterpriseState
LIVE = (DRAFT, SUBMITTED, SUPPLEMENT, ENROLLED, SUSPENDED)
ENT, ENT_S, IPA = Role.ENT, Role.ENT_S, Role.IPA
AUD, FM_A, SYS = Role.AUD, Role.FM_A, Role.SYS
IPA_TWICE = two_persons(IPA)
WITH_AUDITOR = two_persons(AUD, same_organisation=False)

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
