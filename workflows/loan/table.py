"""The life of a loan: approved, drawn, current or overdue, called in, settled or written off.

Compensation by the fund is a flag on a loan, not a state: the borrower goes on owing.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, staying, two_persons
from workflows.lifecycle.roles import Role
from workflows.loan.decide import DECIDE
from workflows.loan.events import EVENTS
from workflows.loan.evolve import EVOLVE, TIMERS
from workflows.loan.guards import (
    amount_positive,
    amount_within_approval,
    bucket_has_changed,
    class_is_worse,
    days_demand_worse_class,
    ip_share_enough,
    long_enough_for_non_accrual,
    long_overdue_or_breach,
    lost_or_long_overdue,
    not_compensated,
    not_more_than_owed,
    nothing_is_due,
    owes_nothing,
    paid_to_payee,
    pledge_registered,
    policy_in_force,
    posting_goes_forward,
    prepayment_large_enough,
    prepayment_notified,
    principal_unmatured,
    rate_within_cap,
    something_is_due,
    tenor_within_limit,
    within_programme_cap,
)
from workflows.loan.postings import POSTINGS
from workflows.loan.records import COMMANDS, Loan
from workflows.loan.states import LATE, LIVE, LoanState

APPROVED, ACTIVE, OVERDUE, ACCELERATED, WRITTEN_OFF, SETTLED, CANCELLED = LoanState
ENT, SYS = Role.ENT, Role.SYS
BK_A, BK_L, BK_R = Role.BK_A, Role.BK_L, Role.BK_R
BK_L_TWICE, WITH_APPROVER = two_persons(BK_L), two_persons(BK_A)

# fmt: off
TO_OPEN    = (tenor_within_limit, rate_within_cap, ip_share_enough)
TO_DRAW    = (policy_in_force, amount_positive, amount_within_approval, within_programme_cap, pledge_registered, paid_to_payee)
TO_PAY     = (amount_positive, not_more_than_owed, not_compensated)
TO_PREPAY  = (*TO_PAY, prepayment_notified, prepayment_large_enough)
TO_CALL_IN = (principal_unmatured, long_overdue_or_breach)

ROWS = (
    #    trigger                 from        to           who          only if                         event                       two?
    Row("open",                  NEW,        APPROVED,    SYS,         TO_OPEN,                        "Loan.Opened",               ALONE),
    Row("disburse",              APPROVED,   ACTIVE,      BK_L,        TO_DRAW,                        "Loan.Disbursed",            BK_L_TWICE),
    Row("cancel_undrawn",        APPROVED,   CANCELLED,   (BK_A, SYS), (),                             "Loan.UndrawnCancelled",     ALONE),
    *staying("post_interest",    LIVE,                    SYS,         (posting_goes_forward,),        "Loan.InterestPosted",       ALONE),
    *staying("repay",            LIVE,                    (ENT, BK_L), TO_PAY,                         "Loan.RepaymentReceived",    ALONE),
    Row("prepay",                ACTIVE,     ACTIVE,      ENT,         TO_PREPAY,                      "Loan.Prepaid",              ALONE),
    Row("fall_overdue",          ACTIVE,     OVERDUE,     SYS,         (something_is_due,),            "Loan.BecameOverdue",        ALONE),
    *staying("enter_bucket",     LATE,                    SYS,         (bucket_has_changed,),          "Loan.BucketEntered",        ALONE),
    *staying("classify",         LATE,                    SYS,         (days_demand_worse_class,),     "Loan.Classified",           ALONE),
    *staying("downgrade",        LIVE,                    BK_R,        (class_is_worse,),              "Loan.Classified",           WITH_APPROVER),
    *staying("start_non_accrual", LATE,                   SYS,         (long_enough_for_non_accrual,), "Loan.NonAccrualStarted",    ALONE),
    Row("clear_arrears",         OVERDUE,    ACTIVE,      SYS,         (nothing_is_due,),              "Loan.ArrearsCleared",       ALONE),
    Row("accelerate",            OVERDUE,    ACCELERATED, BK_R,        TO_CALL_IN,                     "Loan.Accelerated",          WITH_APPROVER),
    *staying("receive_compensation", (*LATE, WRITTEN_OFF), SYS,        (),                             "Loan.CompensationReceived", ALONE),
    *staying("apply_recovery",   LATE,                    SYS,         (),                             "Loan.RecoveryApplied",      ALONE),
    Row("write_off",             LATE,       WRITTEN_OFF, BK_R,        (lost_or_long_overdue,),        "Loan.WrittenOff",           WITH_APPROVER),
    *staying("record_late_recovery", (WRITTEN_OFF,),      SYS,         (),                             "Loan.PostWriteOffRecovery", ALONE),
    Row("settle",                LIVE,       SETTLED,     SYS,         (owes_nothing,),                "Loan.Settled",              ALONE),
)
# fmt: on

LOAN = Lifecycle(
    noun="loan",
    record=Loan,
    states=LoanState,
    final=(WRITTEN_OFF, SETTLED, CANCELLED),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
    timers=TIMERS,
    notes=("Loan.PaymentAllocated",),
)
