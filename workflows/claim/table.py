"""The life of a claim: risk notified, opened, submitted, reviewed, approved, paid, settled.

The bank asks, the fund manager reviews, two persons approve, two finance users pay. What the
fund cannot pay waits in line, oldest first.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.claim.decide import DECIDE
from workflows.claim.events import EVENTS
from workflows.claim.evolve import EVOLVE, TIMERS
from workflows.claim.guards import (
    another_team,
    answer_in_time,
    answer_overdue,
    cash_covers_all,
    cash_covers_part,
    claim_window_open,
    committee_where_large,
    covered,
    cut_off_sound,
    default_after_cover,
    evidence_complete,
    final_loss_known,
    new_evidence,
    not_compensated_twice,
    objects_in_time,
    objects_once,
    one_claim_a_loan,
    overdue_enough,
    overdue_enough_for_notice,
    own_loan,
    principal_lost,
    reason_given,
    reject_code_known,
    resubmission_left,
    reviewer_is_another,
    still_unpaid,
    supplement_rounds_left,
    tier_holds,
    window_over,
)
from workflows.claim.records import COMMANDS, Claim
from workflows.claim.states import IN_LINE, ClaimState
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, staying, two_persons
from workflows.lifecycle.roles import Role

(NOTIFIED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, UNDER_REVIEW, SUPPLEMENT, APPROVED, PAYABLE,
 PARTIALLY_PAID, PAID, SETTLED, REJECTED, WITHDRAWN, EXPIRED) = ClaimState  # fmt: skip
TO_SUBMIT = (DRAFT, RETURNED)
BEFORE_PAYMENT = (
    NOTIFIED,
    *TO_SUBMIT,
    SUBMITTED,
    ACCEPTED,
    UNDER_REVIEW,
    SUPPLEMENT,
    APPROVED,
    PAYABLE,
)
AFTER_PAYMENT = (PARTIALLY_PAID, PAID, SETTLED)
BK_M, BK_R, FM_M, FM_A, FC, SYS = Role.BK_M, Role.BK_R, Role.FM_M, Role.FM_A, Role.FC, Role.SYS
WITH_BK_R, WITH_FM_A = two_persons(BK_R), two_persons(FM_A)
WITH_FM_A_OR_FC = two_persons(FM_A, FC, same_organisation=False)  # an FM-A must still be the fund's

# --- the table ------------------------------------------------------------------------------

# fmt: off
TO_NOTIFY  = (own_loan, one_claim_a_loan, principal_lost, overdue_enough_for_notice)
TO_OPEN    = (covered, default_after_cover, principal_lost, overdue_enough)
TO_HAND_IN = (principal_lost, claim_window_open, evidence_complete, cut_off_sound, not_compensated_twice, resubmission_left)
TO_APPROVE = (covered, still_unpaid, tier_holds, committee_where_large, another_team)
TO_OBJECT  = (objects_once, objects_in_time, new_evidence)

ROWS = (
    #    trigger              from            to              who           only if                                 event                        two?
    Row("notify_risk",        NEW,            NOTIFIED,       (BK_M, SYS),  TO_NOTIFY,                              "Claim.RiskNotified",        ALONE),
    Row("notify_risk",        WITHDRAWN,      NOTIFIED,       (BK_M, SYS),  TO_NOTIFY,                              "Claim.RiskNotified",        ALONE),
    Row("open",               NOTIFIED,       DRAFT,          BK_M,         TO_OPEN,                                "Claim.Opened",              ALONE),
    Row("submit",             TO_SUBMIT,      SUBMITTED,      BK_M,         TO_HAND_IN,                             "Claim.Submitted",           WITH_BK_R),
    Row("expire",             TO_SUBMIT,      EXPIRED,        SYS,          (window_over,),                         "Claim.Expired",             ALONE),
    Row("accept",             SUBMITTED,      ACCEPTED,       FM_M,         (),                                     "Claim.Accepted",            ALONE),
    Row("return_claim",       SUBMITTED,      RETURNED,       FM_M,         (reason_given,),                        "Claim.Returned",            ALONE),
    Row("start_review",       ACCEPTED,       UNDER_REVIEW,   FM_M,         (reviewer_is_another,),                 "Claim.ReviewStarted",       ALONE),
    Row("request_supplement", UNDER_REVIEW,   SUPPLEMENT,     FM_M,         (supplement_rounds_left, reason_given), "Claim.SupplementRequested", ALONE),
    Row("provide_supplement", SUPPLEMENT,     UNDER_REVIEW,   BK_M,         (answer_in_time,),                      "Claim.SupplementProvided",  ALONE),
    Row("lapse_supplement",   SUPPLEMENT,     RETURNED,       SYS,          (answer_overdue,),                      "Claim.SupplementLapsed",    ALONE),
    Row("approve",            UNDER_REVIEW,   APPROVED,       FM_M,         TO_APPROVE,                             "Claim.Approved",            WITH_FM_A_OR_FC),
    Row("reject",             UNDER_REVIEW,   REJECTED,       FM_A,         (reject_code_known, another_team),      "Claim.Rejected",            ALONE),
    Row("object",             REJECTED,       UNDER_REVIEW,   BK_R,         TO_OBJECT,                              "Claim.ObjectionFiled",      ALONE),
    Row("queue",              APPROVED,       PAYABLE,        SYS,          (),                                     "Claim.Queued",              ALONE),
    Row("pay",                IN_LINE,        PAID,           FM_M,         (still_unpaid, cash_covers_all),        "Claim.Paid",                WITH_FM_A),
    Row("pay_partly",         IN_LINE,        PARTIALLY_PAID, FM_M,         (still_unpaid, cash_covers_part),       "Claim.PartiallyPaid",       WITH_FM_A),
    *staying("share_recovery", AFTER_PAYMENT,                 SYS,          (),                                     "Claim.RecoveryShared",      ALONE),
    Row("withdraw",           BEFORE_PAYMENT, WITHDRAWN,      BK_R,         (reason_given,),                        "Claim.Withdrawn",           ALONE),
    Row("settle",             PAID,           SETTLED,        FM_M,         (final_loss_known,),                    "Claim.Settled",             WITH_FM_A),
)
# fmt: on

CLAIM = Lifecycle(
    noun="claim",
    record=Claim,
    states=ClaimState,
    final=(SETTLED, EXPIRED),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
    notes=("Claim.PartialQueued",),
)
