"""A loan application from its draft to the signed contract and the loan that comes of it.

The bank decides by itself (ZD-4.2); the guards only keep the programme's bounds.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from dataclasses import replace

from workflows.application import events, records
from workflows.application.credit import (
    amount_as_asked,
    bundle_spread,
    capacity_left,
    consent_covers_credit,
    credit_queried,
    diligence_reported,
    figures_possible,
    finding_given,
    ip_share_sufficient,
    items_named,
    material_awaited,
    material_in,
    need_computed,
    not_replaced_yet,
    offer_open,
    offered_rate_within_cap,
    pledge_covers_ip_share,
    pledge_registered,
    query_authorised,
    rate_within_cap,
    reason_listed,
    rights_outlive_loan,
    secured_within_collateral,
    tenor_within_limits,
    valuation_current,
    within_draw_deadline,
    within_need,
)
from workflows.application.decide import DECIDE
from workflows.application.events import (
    ApplicationAccepted,
    ApplicationApproved,
    ApplicationAssetsReplaced,
    ApplicationConditionsLapsed,
    ApplicationConverted,
    ApplicationDraftExpired,
    ApplicationFrozen,
    ApplicationLeadTaken,
    ApplicationMaterialLapsed,
    ApplicationMaterialProvided,
    ApplicationMaterialRequested,
    ApplicationNeedComputed,
    ApplicationOfferAccepted,
    ApplicationOfferDeclined,
    ApplicationOfferExpired,
    ApplicationRejected,
    ApplicationReturned,
    ApplicationRouted,
    ApplicationStarted,
    ApplicationSubmitted,
    ApplicationUnfrozen,
    ApplicationWithdrawn,
    CreditQueried,
    DueDiligenceReported,
)
from workflows.application.evolve import EVOLVE, NOTES
from workflows.application.guards import (
    amount_within_product,
    amount_within_programme,
    bank_not_too_soon,
    bank_was_selected,
    complete,
    consent_live,
    deadline_over,
    enterprise_enrolled,
    enterprise_not_barred,
    frozen,
    ip_verified,
    missing_named,
    not_frozen,
    order_given,
    papers_or_rounds_left,
    product_of_bank,
    product_published,
    programme_in_force,
    purpose_allowed,
    return_rounds_left,
    tenor_within_programme,
)
from workflows.application.persons import did_not_investigate, for_the_credit_committee
from workflows.application.records import (
    Application,
    ExpireDraft,
    ExpireOffer,
    LapseConditions,
    LapseMaterial,
)
from workflows.application.states import ApplicationState
from workflows.bank.guards import agreement_signed
from workflows.filing.guards import breaker_not_tripped
from workflows.lifecycle.deadlines import duty, lapse
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    Turn,
    commands_of,
    events_of,
    in_turn,
    staying,
    two_persons,
)
from workflows.lifecycle.roles import Role

(DRAFT, SUBMITTED, ACCEPTED, ROUTED, UNDER_REVIEW, APPROVED, SIGNED, CONVERTED, WITHDRAWN, REJECTED,
 EXPIRED, DECLINED) = ApplicationState  # fmt: skip
OPEN = (DRAFT, SUBMITTED, ACCEPTED, ROUTED, UNDER_REVIEW, APPROVED, SIGNED)
UNSIGNED = OPEN[:-1]
ENT, ENT_S, FM_M, AUD, SYS = Role.ENT, Role.ENT_S, Role.FM_M, Role.AUD, Role.SYS
BK_M, BK_V, BK_A, BK_C, BK_L = Role.BK_M, Role.BK_V, Role.BK_A, Role.BK_C, Role.BK_L
TURNED_DOWN = two_persons(BK_A, apart=(did_not_investigate,))
REVIEWED = in_turn(
    Turn((BK_V,)),
    Turn((BK_A,), limit=for_the_credit_committee, beyond=(BK_C,)),
    apart=(did_not_investigate,),
)
MAY_START = (programme_in_force, enterprise_enrolled, enterprise_not_barred, product_published,
             breaker_not_tripped, bank_not_too_soon)  # fmt: skip
MAY_SUBMIT = (enterprise_enrolled, product_published, amount_within_product, amount_within_programme,
              tenor_within_programme, purpose_allowed, ip_verified, consent_live,
              papers_or_rounds_left)  # fmt: skip
MAY_LEAD = (bank_was_selected, agreement_signed, product_of_bank, product_published)
MAY_QUERY = (query_authorised, consent_covers_credit)
MAY_APPROVE = (credit_queried, need_computed, diligence_reported, material_in, valuation_current,
               tenor_within_limits, rate_within_cap, ip_share_sufficient, amount_as_asked,
               within_need, secured_within_collateral, bundle_spread, rights_outlive_loan,
               capacity_left)  # fmt: skip
MAY_SIGN = (offer_open, offered_rate_within_cap)
MAY_CONVERT = (within_draw_deadline, pledge_registered, pledge_covers_ip_share)

# fmt: off
TABLE = (
    #   trigger                     from                     to             who           unless / only if                      event                          two?
    Row("start",                    NEW,                     DRAFT,         ENT,          MAY_START,                            ApplicationStarted,            ALONE),
    Row("submit",                   DRAFT,                   SUBMITTED,     ENT_S,        MAY_SUBMIT,                           ApplicationSubmitted,          ALONE),
    Row("expire_draft",             DRAFT,                   EXPIRED,       SYS,          (deadline_over,),                     ApplicationDraftExpired,       ALONE),
    Row("accept",                   SUBMITTED,               ACCEPTED,      SYS,          (complete,),                          ApplicationAccepted,           ALONE),
    Row("return_for_supplement",    SUBMITTED,               DRAFT,         (SYS, FM_M),  (missing_named, return_rounds_left),  ApplicationReturned,           ALONE),
    Row("route",                    ACCEPTED,                ROUTED,        SYS,          (),                                   ApplicationRouted,             ALONE),
    Row("take_lead",                ROUTED,                  UNDER_REVIEW,  BK_M,         MAY_LEAD,                             ApplicationLeadTaken,          ALONE),
    Row("request_material",         UNDER_REVIEW,            UNDER_REVIEW,  BK_M,         (items_named, material_in),           ApplicationMaterialRequested,  ALONE),
    Row("provide_material",         UNDER_REVIEW,            UNDER_REVIEW,  ENT,          (material_awaited,),                  ApplicationMaterialProvided,   ALONE),
    Row("lapse_material",           UNDER_REVIEW,            UNDER_REVIEW,  SYS,          (material_awaited, deadline_over),    ApplicationMaterialLapsed,     ALONE),
    Row("query_credit",             UNDER_REVIEW,            UNDER_REVIEW,  BK_M,         MAY_QUERY,                            CreditQueried,                 ALONE),
    Row("compute_need",             UNDER_REVIEW,            UNDER_REVIEW,  BK_M,         (figures_possible,),                  ApplicationNeedComputed,       ALONE),
    Row("report_due_diligence",     UNDER_REVIEW,            UNDER_REVIEW,  BK_M,         (finding_given,),                     DueDiligenceReported,          ALONE),
    *staying("replace_assets",      (UNDER_REVIEW, SIGNED),                 ENT,          (not_replaced_yet, ip_verified),      ApplicationAssetsReplaced,     ALONE),
    Row("approve_credit",           UNDER_REVIEW,            APPROVED,      BK_M,         MAY_APPROVE,                          ApplicationApproved,           REVIEWED),
    Row("reject_credit",            UNDER_REVIEW,            REJECTED,      BK_M,         (reason_listed,),                     ApplicationRejected,           TURNED_DOWN),
    Row("accept_offer",             APPROVED,                SIGNED,        ENT_S,        MAY_SIGN,                             ApplicationOfferAccepted,      ALONE),
    Row("decline_offer",            APPROVED,                DECLINED,      ENT,          (),                                   ApplicationOfferDeclined,      ALONE),
    Row("expire_offer",             APPROVED,                EXPIRED,       SYS,          (deadline_over,),                     ApplicationOfferExpired,       ALONE),
    Row("convert_to_loan",          SIGNED,                  CONVERTED,     BK_L,         MAY_CONVERT,                          ApplicationConverted,          ALONE),
    Row("lapse_conditions",         SIGNED,                  EXPIRED,       SYS,          (deadline_over,),                     ApplicationConditionsLapsed,   ALONE),
    Row("withdraw",                 UNSIGNED,                WITHDRAWN,     ENT,          (),                                   ApplicationWithdrawn,          ALONE),
    *staying("freeze",              OPEN,                                   AUD,          (order_given,),                       ApplicationFrozen,             ALONE),
)

UNFREEZE = staying("unfreeze",      OPEN,                                   AUD,          (frozen, order_given),                ApplicationUnfrozen,           ALONE)


def _awaits(row: Application) -> bool:
    return bool(row.awaiting) and row.frozen_on is None


def _in_review(row: Application) -> bool:
    return not row.awaiting and row.frozen_on is None


def _at_large(row: Application) -> bool:
    return row.frozen_on is None


UNFROZEN = ApplicationUnfrozen
DRAFTED = (ApplicationStarted, ApplicationReturned, UNFROZEN)
IN_REVIEW = (ApplicationLeadTaken, ApplicationMaterialProvided, ApplicationMaterialLapsed, UNFROZEN)
ASKED = (ApplicationMaterialRequested, UNFROZEN)
OFFERED = (ApplicationApproved, UNFROZEN)
AGREED = (ApplicationOfferAccepted, UNFROZEN)

DEADLINES = (
    #     name             begins with  last day   rule                    whose  in             then              and only while
    lapse("draft",         DRAFTED,     "due_by",  "draft_validity_days",  ENT,   DRAFT,         ExpireDraft,      when=_at_large),
    duty ("credit_review", IN_REVIEW,    "due_by",  "credit_review_wd",     BK_M,  UNDER_REVIEW,                    when=_in_review),
    lapse("material",      ASKED,       "due_by",  "material_wd",          ENT,   UNDER_REVIEW,  LapseMaterial,    when=_awaits),
    lapse("offer",         OFFERED,     "due_by",  "offer_validity_days",  ENT_S, APPROVED,      ExpireOffer,      when=_at_large),
    lapse("conditions",    AGREED,      "due_by",  "draw_deadline_days",   BK_L,  SIGNED,        LapseConditions,  when=_at_large),
)
# fmt: on

# The auditor's freeze stops every other act; written once here, not in every line.
ROWS = (*(replace(row, guards=(not_frozen, *row.guards)) for row in TABLE), *UNFREEZE)

APPLICATION = Lifecycle(
    noun="application",
    record=Application,
    states=ApplicationState,
    final=(CONVERTED, WITHDRAWN, REJECTED, EXPIRED, DECLINED),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
    notes=NOTES,
)
