"""A loan application from its draft to the signed contract and the loan that comes of it.

The bank decides by itself (ZD-4.2); the guards only keep the programme's bounds.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from dataclasses import replace

from workflows.application.credit import (
    amount_as_asked,
    diligence_reported,
    finding_given,
    ip_share_sufficient,
    ip_value_covers,
    items_named,
    material_awaited,
    material_in,
    not_replaced_yet,
    offer_open,
    pledge_covers_ip_share,
    pledge_registered,
    rate_within_cap,
    reason_listed,
    tenor_within_limits,
    valuation_current,
    within_draw_deadline,
)
from workflows.application.decide import DECIDE
from workflows.application.events import EVENTS
from workflows.application.evolve import EVOLVE, TIMERS
from workflows.application.guards import (
    agreement_signed,
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
from workflows.application.records import (
    COMMANDS,
    Application,
)
from workflows.application.states import ApplicationState
from workflows.filing.guards import breaker_not_tripped
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, staying, two_persons
from workflows.lifecycle.roles import Role

(DRAFT, SUBMITTED, ACCEPTED, ROUTED, UNDER_REVIEW, APPROVED, SIGNED, CONVERTED, WITHDRAWN, REJECTED,
 EXPIRED, DECLINED) = ApplicationState  # fmt: skip
OPEN = (DRAFT, SUBMITTED, ACCEPTED, ROUTED, UNDER_REVIEW, APPROVED, SIGNED)
UNSIGNED = OPEN[:-1]
ENT, ENT_S, FM_M, AUD, SYS = Role.ENT, Role.ENT_S, Role.FM_M, Role.AUD, Role.SYS
BK_M, BK_A, BK_L = Role.BK_M, Role.BK_A, Role.BK_L
BK_TWICE = two_persons(BK_A)
MAY_START = (programme_in_force, enterprise_enrolled, enterprise_not_barred, product_published,
             breaker_not_tripped, bank_not_too_soon)  # fmt: skip
MAY_SUBMIT = (enterprise_enrolled, product_published, amount_within_product, amount_within_programme,
              tenor_within_programme, purpose_allowed, ip_verified, consent_live,
              papers_or_rounds_left)  # fmt: skip
MAY_LEAD = (bank_was_selected, agreement_signed, product_of_bank, product_published)
MAY_APPROVE = (diligence_reported, material_in, valuation_current, amount_as_asked,
               tenor_within_limits, rate_within_cap, ip_share_sufficient, ip_value_covers)  # fmt: skip
MAY_SIGN = (offer_open, rate_within_cap)
MAY_CONVERT = (within_draw_deadline, pledge_registered, pledge_covers_ip_share)

# fmt: off
TABLE = (
    #    trigger                   from          to            who          unless / only if                    event                            two?
    Row("start",                   NEW,          DRAFT,        ENT,         MAY_START,                          "Application.Started",           ALONE),
    Row("submit",                  DRAFT,        SUBMITTED,    ENT_S,       MAY_SUBMIT,                         "Application.Submitted",         ALONE),
    Row("expire_draft",            DRAFT,        EXPIRED,      SYS,         (deadline_over,),                   "Application.DraftExpired",      ALONE),
    Row("accept",                  SUBMITTED,    ACCEPTED,     SYS,         (complete,),                        "Application.Accepted",          ALONE),
    Row("return_for_supplement",   SUBMITTED,    DRAFT,        (SYS, FM_M), (missing_named, return_rounds_left), "Application.Returned",         ALONE),
    Row("route",                   ACCEPTED,     ROUTED,       SYS,         (),                                 "Application.Routed",            ALONE),
    Row("take_lead",               ROUTED,       UNDER_REVIEW, BK_M,        MAY_LEAD,                           "Application.LeadTaken",         ALONE),
    Row("request_material",        UNDER_REVIEW, UNDER_REVIEW, BK_M,        (items_named, material_in),         "Application.MaterialRequested", ALONE),
    Row("provide_material",        UNDER_REVIEW, UNDER_REVIEW, ENT,         (material_awaited,),                "Application.MaterialProvided",  ALONE),
    Row("lapse_material",          UNDER_REVIEW, UNDER_REVIEW, SYS,         (material_awaited, deadline_over),  "Application.MaterialLapsed",    ALONE),
    Row("report_due_diligence",    UNDER_REVIEW, UNDER_REVIEW, BK_M,        (finding_given,),                   "DueDiligence.Reported",         ALONE),
    *staying("replace_assets",     (UNDER_REVIEW, SIGNED),     ENT,         (not_replaced_yet, ip_verified),    "Application.AssetsReplaced",    ALONE),
    Row("approve_credit",          UNDER_REVIEW, APPROVED,     BK_M,        MAY_APPROVE,                        "Application.Approved",          BK_TWICE),
    Row("reject_credit",           UNDER_REVIEW, REJECTED,     BK_M,        (reason_listed,),                   "Application.Rejected",          BK_TWICE),
    Row("accept_offer",            APPROVED,     SIGNED,       ENT_S,       MAY_SIGN,                           "Application.OfferAccepted",     ALONE),
    Row("decline_offer",           APPROVED,     DECLINED,     ENT,         (),                                 "Application.OfferDeclined",     ALONE),
    Row("expire_offer",            APPROVED,     EXPIRED,      SYS,         (deadline_over,),                   "Application.OfferExpired",      ALONE),
    Row("convert_to_loan",         SIGNED,       CONVERTED,    BK_L,        MAY_CONVERT,                        "Application.Converted",         ALONE),
    Row("lapse_conditions",        SIGNED,       EXPIRED,      SYS,         (deadline_over,),                   "Application.ConditionsLapsed",  ALONE),
    Row("withdraw",                UNSIGNED,     WITHDRAWN,    ENT,         (),                                 "Application.Withdrawn",         ALONE),
    *staying("freeze",             OPEN,                       AUD,         (order_given,),                     "Application.Frozen",            ALONE),
)

UNFREEZE = staying("unfreeze",     OPEN,                       AUD,         (frozen, order_given),              "Application.Unfrozen",          ALONE)
# fmt: on

# The auditor's freeze stops every other act; written once here, not in every line.
ROWS = (*(replace(row, guards=(not_frozen, *row.guards)) for row in TABLE), *UNFREEZE)

APPLICATION = Lifecycle(
    noun="application",
    record=Application,
    states=ApplicationState,
    final=(CONVERTED, WITHDRAWN, REJECTED, EXPIRED, DECLINED),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
    notes=("Contract.Signed",),
)
