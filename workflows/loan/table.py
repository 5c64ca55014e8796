"""The life of a loan: approved, drawn, current or overdue, called in, settled or written off.

Compensation by the fund is a flag on a loan, not a state: the borrower goes on owing. Beside each
question stands its rule: a parameter, whose value, source and grade the loan's case says
(`zhidai policy show`), or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.lifecycle.deadlines import lapse
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
from workflows.loan import events, guards, records
from workflows.loan.decide import DECIDE
from workflows.loan.evolve import EVOLVE
from workflows.loan.postings import POSTINGS
from workflows.loan.states import LATE, LIVE, LoanState
from workflows.loan.timers import TIMERS

APPROVED, ACTIVE, OVERDUE, ACCELERATED, WRITTEN_OFF, SETTLED, CANCELLED = LoanState
ENT, SYS = Role.ENT, Role.SYS
BK_A, BK_L, BK_R = Role.BK_A, Role.BK_L, Role.BK_R
ENDED_IN_DEFAULT = (WRITTEN_OFF, SETTLED)
BK_L_TWICE, WITH_APPROVER = two_persons(BK_L), two_persons(BK_A)

# fmt: off
TO_OPEN = (
    guards.tenor_within_limit,           # max_tenor_months
    guards.rate_within_cap,              # lpr_1y, rate_cap_spread
    guards.ip_share_enough,              # min_ip_share
)
TO_DRAW = (
    guards.policy_in_force,              # in_force_from
    guards.amount_positive,              # PAYMENT (S42, ZD-3.6.9), public
    guards.amount_within_approval,       # APPROVED_AMOUNT (ZD-3.6.8), assumed
    guards.within_programme_cap,         # cap_per_borrower
    guards.pledge_registered,            # PLEDGE_FIRST (ZD-C.4), assumed
    guards.paid_to_payee,                # entrusted_payment_threshold
    guards.instalments_repay,            # REPAYMENT (ZD-3.6.7), assumed
)
TO_DRAW_MORE = (
    *TO_DRAW,
    guards.not_matured,                  # APPROVED_AMOUNT (ZD-3.6.8), assumed
)
TO_POST = (
    guards.posting_goes_forward,         # PAYMENT (S42, ZD-3.6.9), public
)
TO_PAY = (
    guards.amount_positive,              # PAYMENT (S42, ZD-3.6.9), public
    guards.not_more_than_owed,           # PAYMENT (S42, ZD-3.6.9), public
    guards.not_compensated,              # AFTER_PAYMENT (ZD-3.6.1), assumed
)
TO_PREPAY = (
    *TO_PAY,
    guards.prepayment_notified,          # prepayment_notice_wd
    guards.prepayment_large_enough,      # prepayment_minimum
)
TO_FALL_OVERDUE = (
    guards.something_is_due,             # NEXT_DAY (S46, ZD-3.6), public
)
TO_ENTER_BUCKET = (
    guards.bucket_has_changed,           # bucket_dpd
)
TO_CLASSIFY = (
    guards.days_demand_worse_class,      # bucket_class
)
TO_DOWNGRADE = (
    guards.class_is_worse,               # MONITORING (ZD-3.8), assumed
)
TO_STOP_ACCRUAL = (
    guards.long_enough_for_non_accrual,  # non_accrual_dpd
)
TO_CLEAR = (
    guards.nothing_is_due,               # PAYMENT (S42, ZD-3.6.9), public
)
TO_CALL_IN = (
    guards.principal_unmatured,          # ACCELERATION (ZD-3.6.2), assumed
    guards.long_overdue_or_breach,       # acceleration_min_dpd
)
TO_SETTLE = (
    guards.owes_nothing,                 # SETTLEMENT (ZD-3.6.12), assumed
)

ROWS = (
    #    trigger                     from                  to           who          only if          event                            two?
    Row("open",                      NEW,                  APPROVED,    SYS,         TO_OPEN,         events.LoanOpened,               ALONE),
    Row("disburse",                  APPROVED,             ACTIVE,      BK_L,        TO_DRAW,         events.LoanDisbursed,            BK_L_TWICE),
    Row("draw",                        ACTIVE,               ACTIVE,      BK_L,        TO_DRAW_MORE,    events.LoanDrawn,                BK_L_TWICE),
    Row("cancel_undrawn",            APPROVED,             CANCELLED,   (BK_A, SYS), (),              events.LoanUndrawnCancelled,     ALONE),
    *staying("post_interest",        LIVE,                              SYS,         TO_POST,         events.LoanInterestPosted,       ALONE),
    *staying("repay",                LIVE,                              (ENT, BK_L), TO_PAY,          events.LoanRepaymentReceived,    ALONE),
    Row("prepay",                    ACTIVE,               ACTIVE,      ENT,         TO_PREPAY,       events.LoanPrepaid,              ALONE),
    Row("fall_overdue",              ACTIVE,               OVERDUE,     SYS,         TO_FALL_OVERDUE, events.LoanBecameOverdue,        ALONE),
    *staying("enter_bucket",         LATE,                              SYS,         TO_ENTER_BUCKET, events.LoanBucketEntered,        ALONE),
    *staying("classify",             LATE,                              SYS,         TO_CLASSIFY,     events.LoanClassified,           ALONE),
    *staying("downgrade",            LIVE,                              BK_R,        TO_DOWNGRADE,    events.LoanClassified,           WITH_APPROVER),
    *staying("start_non_accrual",    LATE,                              SYS,         TO_STOP_ACCRUAL, events.LoanNonAccrualStarted,    ALONE),
    Row("clear_arrears",             OVERDUE,              ACTIVE,      SYS,         TO_CLEAR,        events.LoanArrearsCleared,       ALONE),
    Row("accelerate",                (ACTIVE, OVERDUE),    ACCELERATED, BK_R,        TO_CALL_IN,      events.LoanAccelerated,          WITH_APPROVER),
    *staying("receive_compensation", (*LATE, *ENDED_IN_DEFAULT),        SYS,         (),              events.LoanCompensationReceived, ALONE),
    *staying("return_compensation",  (*LATE, *ENDED_IN_DEFAULT),        SYS,         (),              events.LoanCompensationReturned, ALONE),
    *staying("apply_recovery",       LATE,                              SYS,         (),              events.LoanRecoveryApplied,      ALONE),
    *staying("forgive_debt",         (*LATE, WRITTEN_OFF),              SYS,         (),              events.LoanDebtForgiven,         ALONE),
    Row("write_off",                 LATE,                 WRITTEN_OFF, SYS,         (),              events.LoanWrittenOff,           ALONE),
    *staying("record_late_recovery", (WRITTEN_OFF,),                    SYS,         (),              events.LoanPostWriteOffRecovery, ALONE),
    Row("settle",                    LIVE,                 SETTLED,     SYS,         TO_SETTLE,       events.LoanSettled,              ALONE),
)


def _not_boarded(row: records.Loan) -> bool:
    return row.origin != records.BOARDED


def _cancel(row: records.Loan, _event: events.LoanOpened) -> records.CancelUndrawn:
    return records.CancelUndrawn(row.id, reason="DRAW_DEADLINE")


DEADLINES = (
    #     name             begins with        last day   rule                  whose  in        then     and only while
    lapse("draw_deadline", events.LoanOpened, "draw_by", "draw_deadline_days", BK_L,  APPROVED, _cancel, when=_not_boarded),
)
# fmt: on

LOAN = Lifecycle(
    noun="loan",
    record=records.Loan,
    states=LoanState,
    final=(WRITTEN_OFF, SETTLED, CANCELLED),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
    timers=TIMERS,
    deadlines=DEADLINES,
    notes=(events.LoanPaymentAllocated, events.LoanArrearsReduced, events.LoanProvisioned),
)
