"""The life of a claim: risk notified, opened, submitted, reviewed, approved, paid, settled.

The bank asks, the fund manager reviews, two persons approve, two finance users pay. What the
fund cannot pay waits in line, oldest first.

Beside each question stands its rule: a parameter, whose value, source and grade the loan's case
says (`zhidai policy show`), or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.claim import events, guards, persons, records, review
from workflows.claim.decide import DECIDE
from workflows.claim.evolve import EVOLVE
from workflows.claim.states import IN_LINE, ClaimState
from workflows.lifecycle.deadlines import duty, lapse
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    Turn,
    alone,
    commands_of,
    events_of,
    in_turn,
    staying,
    two_persons,
)
from workflows.lifecycle.roles import Role

(NOTIFIED, DRAFT, SUBMITTED, RETURNED, ACCEPTED, UNDER_REVIEW, SUPPLEMENT, APPROVED, PAYABLE,
 PARTIALLY_PAID, PAID, SETTLED, REJECTED, WITHDRAWN, EXPIRED, CLAWED_BACK) = ClaimState  # fmt: skip
TO_SUBMIT = (DRAFT, RETURNED)
UNANSWERED = (NOTIFIED, *TO_SUBMIT, SUBMITTED, ACCEPTED, UNDER_REVIEW, SUPPLEMENT)
BEFORE_PAYMENT = (*UNANSWERED, APPROVED, PAYABLE)
PAID_FOR = (PARTIALLY_PAID, PAID, SETTLED)
AFTER_PAYMENT = (*PAID_FOR, CLAWED_BACK)
BK_M, BK_R, SYS = Role.BK_M, Role.BK_R, Role.SYS
FM_M, FM_A, FM_F, FC = Role.FM_M, Role.FM_A, Role.FM_F, Role.FC
# Others than who accepted the filing; after an objection, than who decided; who pays, than who approved.
NOT_FILING, OTHERS, NOT_APPROVER = (
    persons.did_not_accept_filing, persons.another_team, persons.did_not_approve)  # fmt: skip
A_AND_B = two_persons(FM_M, apart=(NOT_FILING,))
REVIEWER = alone(NOT_FILING)
BY_REVIEWER = in_turn(
    Turn((FM_A,), limit=persons.for_the_committee, beyond=(FC,)),
    apart=(persons.proposer_reviewed, NOT_FILING, OTHERS),
)
TURNED_DOWN = two_persons(FM_A, apart=(OTHERS,))
PAYERS = two_persons(FM_F, apart=(NOT_APPROVER,))
WITH_BK_R, WITH_FM_A = two_persons(BK_R), two_persons(FM_A)

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
)
TO_REJECT = (
    review.reject_code_known,          # REJECT_CODES (ZD-3.9.8), assumed
)
TO_OBJECT = (
    review.objects_once,               # CLAIM_RULES (ZD-3.9), assumed
    review.objects_in_time,            # objection_days
    review.new_evidence,               # CLAIM_RULES (ZD-3.9), assumed
)
TO_PAY = (
    review.still_unpaid,               # CLAIM_RULES (ZD-3.9), assumed
    review.account_on_file,            # PAYMENT_ACCOUNT (ZD-2.4), assumed
    guards.cash_covers_all,            # OLDEST_FIRST (S16, S53, ZD-3.9.9), assumed
)
TO_PAY_PARTLY = (
    review.still_unpaid,               # CLAIM_RULES (ZD-3.9), assumed
    review.account_on_file,            # PAYMENT_ACCOUNT (ZD-2.4), assumed
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
    Row("accept",              SUBMITTED,      ACCEPTED,       FM_M,         (),              events.ClaimAccepted,            A_AND_B),
    Row("return_claim",        SUBMITTED,      RETURNED,       FM_M,         TO_SEND_BACK,    events.ClaimReturned,            ALONE),
    Row("start_review",        ACCEPTED,       UNDER_REVIEW,   FM_M,         (),              events.ClaimReviewStarted,       REVIEWER),
    Row("request_supplement",  UNDER_REVIEW,   SUPPLEMENT,     FM_M,         TO_ASK_FOR_MORE, events.ClaimSupplementRequested, ALONE),
    Row("provide_supplement",  SUPPLEMENT,     UNDER_REVIEW,   BK_M,         TO_ANSWER,       events.ClaimSupplementProvided,  ALONE),
    Row("lapse_supplement",    SUPPLEMENT,     RETURNED,       SYS,          TO_LAPSE,        events.ClaimSupplementLapsed,    ALONE),
    Row("approve",             UNDER_REVIEW,   APPROVED,       FM_M,         TO_APPROVE,      events.ClaimApproved,            BY_REVIEWER),
    Row("reject",              UNDER_REVIEW,   REJECTED,       FM_M,         TO_REJECT,       events.ClaimRejected,            TURNED_DOWN),
    Row("object",              REJECTED,       UNDER_REVIEW,   BK_R,         TO_OBJECT,       events.ClaimObjectionFiled,      ALONE),
    Row("queue",               APPROVED,       PAYABLE,        SYS,          (),              events.ClaimQueued,              ALONE),
    Row("pay",                 IN_LINE,        PAID,           (FM_F, SYS),  TO_PAY,          events.ClaimPaid,                PAYERS),
    Row("pay_partly",          IN_LINE,        PARTIALLY_PAID, (FM_F, SYS),  TO_PAY_PARTLY,   events.ClaimPartiallyPaid,       PAYERS),
    *staying("share_recovery", AFTER_PAYMENT,                  SYS,          (),              events.ClaimRecoveryShared,      ALONE),
    Row("withdraw",            BEFORE_PAYMENT, WITHDRAWN,      BK_R,         TO_SEND_BACK,    events.ClaimWithdrawn,           ALONE),
    *staying("note_final_loss", AFTER_PAYMENT,                 SYS,          (),              events.ClaimFinalLossKnown,      ALONE),
    *staying("resume",         IN_LINE,                        SYS,          (),              events.ClaimResumed,             ALONE),
    Row("claw_back",           PAID_FOR,       CLAWED_BACK,    SYS,          (),              events.ClaimClawedBack,          ALONE),
    *staying("set_off",        IN_LINE,                        SYS,          (),              events.ClaimSetOff,              ALONE),
    Row("settle",              PAID,           SETTLED,        FM_M,         TO_SETTLE,       events.ClaimSettled,             WITH_FM_A),
)

OPENED = (events.ClaimOpened, events.ClaimReturned, events.ClaimSupplementLapsed)
REVIEWED = (events.ClaimReviewStarted, events.ClaimSupplementProvided, events.ClaimObjectionFiled)

PAYABLE_AGAIN = (events.ClaimQueued, events.ClaimResumed)

DEADLINES = (
    #     name                begins with                      last day     rule                     whose in            then
    lapse("claim_window",     OPENED,                          "closes_on", "claim_window_days",     BK_M, TO_SUBMIT,    records.ExpireClaim),
    duty ("claim_acceptance", events.ClaimSubmitted,           "answer_by", "claim_acceptance_wd",   FM_M, SUBMITTED),
    duty ("review_start",     events.ClaimAccepted,            "review_by", "claim_review_start_wd", FM_M, ACCEPTED),
    duty ("claim_review",     REVIEWED,                        "decide_by", "review_wd",             FM_M, UNDER_REVIEW),
    lapse("supplement",       events.ClaimSupplementRequested, "answer_by", "supplement_wd",         BK_M, SUPPLEMENT,   records.LapseClaimSupplement),
    duty ("payment",          PAYABLE_AGAIN,              "pay_by",    "payment_wd",            FM_F, PAYABLE),
    duty ("settlement",       events.ClaimFinalLossKnown,      "settle_by", "claim_settlement_days", FM_M, PAID),
)
# fmt: on

CLAIM = Lifecycle(
    noun="claim",
    record=records.Claim,
    states=ClaimState,
    final=(SETTLED, EXPIRED, CLAWED_BACK),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
    notes=(events.ClaimPartialQueued,),
)
