"""The life of a claim: risk notified, opened, submitted, reviewed, approved, paid, settled.

The bank asks, the fund manager reviews, two persons approve, two finance users pay. What the
fund cannot pay waits in line, oldest first.

Beside each question stands its rule: a parameter, whose value, source and grade the loan's case
says (`zhidai policy show`), or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.claim import events, guards, records, review
from workflows.claim.decide import DECIDE
from workflows.claim.evolve import EVOLVE
from workflows.claim.states import IN_LINE, ClaimState
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

(NOTIFIED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, UNDER_REVIEW, SUPPLEMENT, APPROVED, PAYABLE,
 PARTIALLY_PAID, PAID, SETTLED, REJECTED, WITHDRAWN, EXPIRED) = ClaimState  # fmt: skip
TO_SUBMIT = (DRAFT, RETURNED)
UNANSWERED = (NOTIFIED, *TO_SUBMIT, SUBMITTED, ACCEPTED, UNDER_REVIEW, SUPPLEMENT)
BEFORE_PAYMENT = (*UNANSWERED, APPROVED, PAYABLE)
AFTER_PAYMENT = (PARTIALLY_PAID, PAID, SETTLED)
BK_M, BK_R, FM_M, FM_A, FC, SYS = Role.BK_M, Role.BK_R, Role.FM_M, Role.FM_A, Role.FC, Role.SYS
WITH_BK_R, WITH_FM_A = two_persons(BK_R), two_persons(FM_A)
WITH_FM_A_OR_FC = two_persons(FM_A, FC, same_organisation=False)  # an FM-A must still be the fund's

# fmt: off
TO_NOTIFY = (
    guards.own_loan,                   # CLAIM_RULES (ZD-3.9), assumed
    guards.one_claim_a_loan,           # CLAIM_RULES (ZD-3.9), assumed
    guards.principal_lost,             # CLAIM_RULES (ZD-3.9), assumed
    guards.overdue_enough_for_notice,  # claim_notice_min_dpd
)
TO_OPEN = (
    guards.covered,                    # COVER (ZD-3.7), assumed
    guards.default_after_cover,        # LATE_COVER (ZD-3.7.2), assumed
    guards.principal_lost,             # CLAIM_RULES (ZD-3.9), assumed
    guards.overdue_enough,             # claim_min_dpd
)
TO_HAND_IN = (
    guards.principal_lost,             # CLAIM_RULES (ZD-3.9), assumed
    guards.claim_window_open,          # claim_window_days
    guards.evidence_complete,          # claim_evidence
    guards.cut_off_sound,              # CLAIM_RULES (ZD-3.9), assumed
    guards.not_compensated_twice,      # stacking
    guards.resubmission_left,          # CLAIM_RULES (ZD-3.9), assumed
)
TO_EXPIRE = (
    guards.window_over,                # CLAIM_RULES (ZD-3.9), assumed
)
TO_REVIEW = (
    review.reviewer_is_another,        # OTHER_REVIEWER (ZD-2.4), assumed
)
TO_ASK_FOR_MORE = (
    review.supplement_rounds_left,     # supplement_rounds
    guards.reason_given,               # REASONS (ZD-3.0.1), assumed
)
TO_ANSWER = (
    review.answer_in_time,             # supplement_wd
)
TO_LAPSE = (
    guards.answer_overdue,             # CLAIM_RULES (ZD-3.9), assumed
)
TO_APPROVE = (
    guards.covered,                    # COVER (ZD-3.7), assumed
    review.still_unpaid,               # CLAIM_RULES (ZD-3.9), assumed
    review.tier_holds,                 # the tiers of the case
    review.committee_where_large,      # committee_limit
    review.another_team,               # OTHER_TEAM (ZD-3.9.8), assumed
)
TO_REJECT = (
    review.reject_code_known,          # REJECT_CODES (ZD-3.9.8), assumed
    review.another_team,               # OTHER_TEAM (ZD-3.9.8), assumed
)
TO_OBJECT = (
    review.objects_once,               # CLAIM_RULES (ZD-3.9), assumed
    review.objects_in_time,            # objection_days
    review.new_evidence,               # CLAIM_RULES (ZD-3.9), assumed
)
TO_PAY = (
    review.still_unpaid,               # CLAIM_RULES (ZD-3.9), assumed
    guards.cash_covers_all,            # OLDEST_FIRST (S16, S53, ZD-3.9.9), assumed
)
TO_PAY_PARTLY = (
    review.still_unpaid,               # CLAIM_RULES (ZD-3.9), assumed
    guards.cash_covers_part,           # OLDEST_FIRST (S16, S53, ZD-3.9.9), assumed
)
TO_SEND_BACK = (
    guards.reason_given,               # REASONS (ZD-3.0.1), assumed
)
TO_SETTLE = (
    guards.final_loss_known,           # FINAL_LOSS (ZD-3.9.10), assumed
)

ROWS = (
    #    trigger               from            to              who           only if          event                            two?
    Row("notify_risk",         NEW,            NOTIFIED,       (BK_M, SYS),  TO_NOTIFY,       events.ClaimRiskNotified,        ALONE),
    Row("notify_risk",         WITHDRAWN,      NOTIFIED,       (BK_M, SYS),  TO_NOTIFY,       events.ClaimRiskNotified,        ALONE),
    Row("open",                NOTIFIED,       DRAFT,          BK_M,         TO_OPEN,         events.ClaimOpened,              ALONE),
    Row("submit",              TO_SUBMIT,      SUBMITTED,      BK_M,         TO_HAND_IN,      events.ClaimSubmitted,           WITH_BK_R),
    Row("expire",              TO_SUBMIT,      EXPIRED,        SYS,          TO_EXPIRE,       events.ClaimExpired,             ALONE),
    Row("accept",              SUBMITTED,      ACCEPTED,       FM_M,         (),              events.ClaimAccepted,            ALONE),
    Row("return_claim",        SUBMITTED,      RETURNED,       FM_M,         TO_SEND_BACK,    events.ClaimReturned,            ALONE),
    Row("start_review",        ACCEPTED,       UNDER_REVIEW,   FM_M,         TO_REVIEW,       events.ClaimReviewStarted,       ALONE),
    Row("request_supplement",  UNDER_REVIEW,   SUPPLEMENT,     FM_M,         TO_ASK_FOR_MORE, events.ClaimSupplementRequested, ALONE),
    Row("provide_supplement",  SUPPLEMENT,     UNDER_REVIEW,   BK_M,         TO_ANSWER,       events.ClaimSupplementProvided,  ALONE),
    Row("lapse_supplement",    SUPPLEMENT,     RETURNED,       SYS,          TO_LAPSE,        events.ClaimSupplementLapsed,    ALONE),
    Row("approve",             UNDER_REVIEW,   APPROVED,       FM_M,         TO_APPROVE,      events.ClaimApproved,            WITH_FM_A_OR_FC),
    Row("reject",              UNDER_REVIEW,   REJECTED,       FM_A,         TO_REJECT,       events.ClaimRejected,            ALONE),
    Row("object",              REJECTED,       UNDER_REVIEW,   BK_R,         TO_OBJECT,       events.ClaimObjectionFiled,      ALONE),
    Row("queue",               APPROVED,       PAYABLE,        SYS,          (),              events.ClaimQueued,              ALONE),
    Row("pay",                 IN_LINE,        PAID,           FM_M,         TO_PAY,          events.ClaimPaid,                WITH_FM_A),
    Row("pay_partly",          IN_LINE,        PARTIALLY_PAID, FM_M,         TO_PAY_PARTLY,   events.ClaimPartiallyPaid,       WITH_FM_A),
    *staying("share_recovery", AFTER_PAYMENT,                  SYS,          (),              events.ClaimRecoveryShared,      ALONE),
    Row("withdraw",            BEFORE_PAYMENT, WITHDRAWN,      BK_R,         TO_SEND_BACK,    events.ClaimWithdrawn,           ALONE),
    Row("settle",              PAID,           SETTLED,        FM_M,         TO_SETTLE,       events.ClaimSettled,             WITH_FM_A),
)

OPENED = (events.ClaimOpened, events.ClaimReturned, events.ClaimSupplementLapsed)
REVIEWED = (events.ClaimReviewStarted, events.ClaimSupplementProvided, events.ClaimObjectionFiled)

DEADLINES = (
    #     name                begins with                      last day     rule                     whose in            then
    lapse("claim_window",     OPENED,                          "closes_on", "claim_window_days",     BK_M, TO_SUBMIT,    records.ExpireClaim),
    duty ("claim_acceptance", events.ClaimSubmitted,           "answer_by", "claim_acceptance_wd",   FM_M, SUBMITTED),
    duty ("review_start",     events.ClaimAccepted,            "review_by", "claim_review_start_wd", FM_M, ACCEPTED),
    duty ("claim_review",     REVIEWED,                        "decide_by", "review_wd",             FM_M, UNDER_REVIEW),
    lapse("supplement",       events.ClaimSupplementRequested, "answer_by", "supplement_wd",         BK_M, SUPPLEMENT,   records.LapseClaimSupplement),
    duty ("payment",          events.ClaimQueued,              "pay_by",    "payment_wd",            FM_M, PAYABLE),
)
# fmt: on

CLAIM = Lifecycle(
    noun="claim",
    record=records.Claim,
    states=ClaimState,
    final=(SETTLED, EXPIRED),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
    notes=(events.ClaimPartialQueued,),
)
