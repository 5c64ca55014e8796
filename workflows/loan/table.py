"""The life of a loan: approved, drawn, current or overdue, called in, settled or written off.

Compensation by the fund is a flag on a loan, not a state: the borrower goes on owing. Beside each
question stands its rule: a parameter, whose value, source and grade the loan's case says
(`zhidai policy show`), or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

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
from workflows.loan import change_events as changed
from workflows.loan import (
    change_guards,
    change_records,
    events,
    guards,
    inspection,
    payee,
    records,
    security,
)
from workflows.loan.decide import DECIDE
from workflows.loan.evolve import EVOLVE
from workflows.loan.postings import POSTINGS
from workflows.loan.states import LATE, LIVE, LoanState
from workflows.loan.timers import TIMERS

APPROVED, ACTIVE, OVERDUE, ACCELERATED, WRITTEN_OFF, SETTLED, RENEWED, CANCELLED = LoanState
ENT, SYS = Role.ENT, Role.SYS
BK_A, BK_L, BK_M, BK_R = Role.BK_A, Role.BK_L, Role.BK_M, Role.BK_R
ENDED_IN_DEFAULT = (WRITTEN_OFF, SETTLED)
BK_M, FM_A = Role.BK_M, Role.FM_A
BK_L_TWICE, WITH_APPROVER = two_persons(BK_L), two_persons(BK_A)
THREE_PERSONS = in_turn(Turn((BK_R,)), Turn((BK_A,)))  # 初分, 认定, 审批
EVERY_STATE = tuple(LoanState)

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
    payee.paid_to_payee,                # entrusted_payment_threshold
    payee.new_customer_through_payee,   # entrusted_for_new_customers
    payee.payee_whole,                  # ENTRUSTED (ZD-3.6.6), assumed
    security.security_whole,             # SHORTFALL (S42, ZD-3.3.4), public
    security.rights_stand,               # SHORTFALL (S42, ZD-3.3.4), public
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
    guards.breach_on_file,               # BREACH (ZD-3.6.2), assumed
)
TO_RESTORE = (
    security.falls_short,                # SHORTFALL (S42, ZD-3.3.4), public
    security.carries_debt,               # pledge_rate_caps
)
TO_BREACH = (
    security.time_is_over,               # substitute_security_wd
)
TO_INSPECT = (
    inspection.finding_given,            # DUE_DILIGENCE (ZD-3.8.2), assumed
)
TO_SETTLE = (
    guards.owes_nothing,                 # SETTLEMENT (ZD-3.6.12), assumed
)

TO_ASK_LONGER = (
    change_guards.asked_before_due,      # EXTENSION (S45, S46, ZD-3.6.5), public
    change_guards.asked_early,           # extension_notice_days
    change_guards.nothing_asked_yet,     # EXTENSION (S45, S46, ZD-3.6.5), public
    change_guards.months_asked_left,     # extension_short_tenor and _share, extension_long_share, extension_cap_months
    change_guards.sureties_consent,      # SURETIES (S42, ZD-3.6.5), public
)
TO_AGREE = (
    change_guards.change_known,          # FUND_AGREES (ZD-2.2), assumed
)
TO_EXTEND = (
    change_guards.extension_asked,       # EXTENSION (S45, S46, ZD-3.6.5), public
    change_guards.months_granted_left,   # extension_short_tenor and _share, extension_long_share, extension_cap_months
    change_guards.fund_agrees_to_extension,  # FUND_AGREES (ZD-2.2), assumed
)
TO_REFUSE_TIME = (
    change_guards.extension_asked,       # EXTENSION (S45, S46, ZD-3.6.5), public
)
TO_RESTRUCTURE = (
    change_guards.terms_change,          # EXTENSION (S45, S46, ZD-3.6.5), public
    change_guards.debtor_in_difficulty,  # EXTENSION (S45, S46, ZD-3.6.5), public
    change_guards.sureties_consent,      # SURETIES (S42, ZD-3.6.5), public
    change_guards.fund_agrees_to_restructuring,  # FUND_AGREES (ZD-2.2), assumed
)
TO_END_WATCH = (
    change_guards.observation_over,      # WAY_BACK (S43, ZD-3.8.3), public
)
TO_RENEW = (
    change_guards.no_arrears,            # RENEWAL (S48, ZD-3.6.13), public
    change_guards.before_maturity,       # RENEWAL (S48, ZD-3.6.13), public
    change_guards.interest_paid_up,      # RENEWAL (S48, ZD-3.6.13), public
    change_guards.firm_lawful,           # RENEWAL (S48, ZD-3.6.13), public
    change_guards.firm_may_renew,        # renewal_size_classes, renewal_medium_until
    change_guards.renewal_has_term,      # RENEWAL (S48, ZD-3.6.13), public
    change_guards.renewal_tenor,         # max_tenor_months
    change_guards.renewal_rate_capped,   # lpr_1y, rate_cap_spread
    change_guards.sureties_consent,      # SURETIES (S42, ZD-3.6.5), public
    change_guards.fund_agrees_to_renewal,  # FUND_AGREES (ZD-2.2), assumed
)
TO_UPGRADE = (
    change_guards.class_is_better,       # WAY_BACK (S43, ZD-3.8.3), public
    change_guards.probation_served,      # WAY_BACK (S43, ZD-3.8.3), public
    change_guards.not_above_observation,  # WAY_BACK (S43, ZD-3.8.3), public
    change_guards.debtor_is_sound,       # WAY_BACK (S43, ZD-3.8.3), public
)
TO_BACKDATE = (
    change_guards.paid_before,           # PAYMENT (S42, ZD-3.6.9), public
    change_guards.replay_possible,       # PAYMENT (S42, ZD-3.6.9), public
    change_guards.replay_within_debt,    # PAYMENT (S42, ZD-3.6.9), public
    guards.not_compensated,              # AFTER_PAYMENT (ZD-3.6.1), assumed
)
TO_WAIVE = (
    change_guards.technical_only,        # technical_waiver_days
)
TO_ASSESS = (
    change_guards.finding_demands_worse,  # WAY_BACK (S43, ZD-3.8.3), public
)

ROWS = (
    #    trigger                     from                  to           who          only if          event                            two?
    Row("open",                      NEW,                  APPROVED,    SYS,         TO_OPEN,         events.LoanOpened,               ALONE),
    Row("disburse",                  APPROVED,             ACTIVE,      BK_L,        TO_DRAW,         events.LoanDisbursed,            BK_L_TWICE),
    Row("draw",                        ACTIVE,               ACTIVE,      BK_L,        TO_DRAW_MORE,    changed.LoanDrawn,                BK_L_TWICE),
    Row("cancel_undrawn",            APPROVED,             CANCELLED,   (BK_A, SYS), (),              events.LoanUndrawnCancelled,     ALONE),
    *staying("post_interest",        LIVE,                              SYS,         TO_POST,         events.LoanInterestPosted,       ALONE),
    *staying("accrue",               LIVE,                              SYS,         (),              events.LoanInterestAccrued,      ALONE),
    *staying("repay",                LIVE,                              (ENT, BK_L), TO_PAY,          events.LoanRepaymentReceived,    ALONE),
    Row("prepay",                    ACTIVE,               ACTIVE,      ENT,         TO_PREPAY,       events.LoanPrepaid,              ALONE),
    Row("fall_overdue",              ACTIVE,               OVERDUE,     SYS,         TO_FALL_OVERDUE, events.LoanBecameOverdue,        ALONE),
    *staying("enter_bucket",         LATE,                              SYS,         TO_ENTER_BUCKET, events.LoanBucketEntered,        ALONE),
    *staying("classify",             LATE,                              SYS,         TO_CLASSIFY,     events.LoanClassified,           ALONE),
    *staying("downgrade",            LIVE,                              BK_R,        TO_DOWNGRADE,    events.LoanClassified,           WITH_APPROVER),
    *staying("start_non_accrual",    LATE,                              SYS,         TO_STOP_ACCRUAL, events.LoanNonAccrualStarted,    ALONE),
    Row("request_extension",         ACTIVE,               ACTIVE,      ENT,         TO_ASK_LONGER,   changed.LoanExtensionRequested,  ALONE),
    Row("request_extension",         OVERDUE,              OVERDUE,     ENT,         TO_ASK_LONGER,   changed.LoanExtensionRequested,  ALONE),
    *staying("agree_to_change",      (ACTIVE, OVERDUE),                 FM_A,        TO_AGREE,        changed.LoanChangeAgreed,        ALONE),
    Row("grant_extension",           ACTIVE,               ACTIVE,      BK_M,        TO_EXTEND,       changed.LoanExtended,            WITH_APPROVER),
    *staying("refuse_extension",     (ACTIVE, OVERDUE),                 BK_A,        TO_REFUSE_TIME,  changed.LoanExtensionRefused,    ALONE),
    Row("restructure",               (ACTIVE, OVERDUE),    ACTIVE,      BK_M,        TO_RESTRUCTURE,  changed.LoanRestructured,        WITH_APPROVER),
    Row("end_observation",           ACTIVE,               ACTIVE,      SYS,         TO_END_WATCH,    changed.LoanObservationEnded,    ALONE),
    Row("renew",                     (ACTIVE, OVERDUE),    RENEWED,     BK_M,        TO_RENEW,        changed.LoanRenewed,             WITH_APPROVER),
    Row("take_over",                 NEW,                  ACTIVE,      SYS,         (),              changed.LoanTakenOver,           ALONE),
    Row("upgrade",                   ACTIVE,               ACTIVE,      BK_M,        TO_UPGRADE,      changed.LoanCured,               THREE_PERSONS),
    *staying("book_backdated",       (ACTIVE, OVERDUE, ACCELERATED),    BK_L,        TO_BACKDATE,     changed.LoanPaymentReplayed,     BK_L_TWICE),
    *staying("waive_technical",      (ACTIVE, OVERDUE),                 BK_A,        TO_WAIVE,        changed.LoanTechnicalWaived,     ALONE),
    *staying("assess",               LIVE,                              BK_R,        TO_ASSESS,       events.LoanClassified,           WITH_APPROVER),
    *staying("look_at_debtor",       EVERY_STATE,                       SYS,         (),              changed.LoanAlertRaised,         ALONE),
    *staying("class_with_debtor",    LIVE,                              SYS,         (),              events.LoanClassified,           ALONE),
    Row("clear_arrears",             OVERDUE,              ACTIVE,      SYS,         TO_CLEAR,        events.LoanArrearsCleared,       ALONE),
    Row("accelerate",                (ACTIVE, OVERDUE),    ACCELERATED, BK_R,        TO_CALL_IN,      events.LoanAccelerated,          WITH_APPROVER),
    *staying("receive_compensation", (*LATE, *ENDED_IN_DEFAULT),        SYS,         (),              events.LoanCompensationReceived, ALONE),
    *staying("return_compensation",  (*LATE, *ENDED_IN_DEFAULT),        SYS,         (),              events.LoanCompensationReturned, ALONE),
    *staying("apply_recovery",       LATE,                              SYS,         (),              events.LoanRecoveryApplied,      ALONE),
    *staying("forgive_debt",         (*LATE, WRITTEN_OFF),              SYS,         (),              events.LoanDebtForgiven,         ALONE),
    Row("write_off",                 LATE,                 WRITTEN_OFF, SYS,         (),              events.LoanWrittenOff,           ALONE),
    *staying("record_late_recovery", (WRITTEN_OFF,),                    SYS,         (),              events.LoanPostWriteOffRecovery, ALONE),
    *staying("inspect",              LIVE,                              BK_M,        TO_INSPECT,      inspection.LoanInspected,        ALONE),
    *staying("examine_collateral",   tuple(LoanState),                  SYS,         (),              security.LoanCollateralExamined, ALONE),
    *staying("restore_collateral",   LIVE,                              BK_R,        TO_RESTORE,      security.LoanCollateralRestored, ALONE),
    *staying("breach_collateral",    LIVE,                              SYS,         TO_BREACH,       security.LoanCollateralBreached, ALONE),
    Row("settle",                    LIVE,                 SETTLED,     SYS,         TO_SETTLE,       events.LoanSettled,              ALONE),
)


def _not_boarded(row: records.Loan) -> bool:
    return row.origin != records.BOARDED


def _cancel(row: records.Loan, _event: events.LoanOpened) -> records.CancelUndrawn:
    return records.CancelUndrawn(row.id, reason="DRAW_DEADLINE")


INSPECTED = (inspection.LoanInspectionDue, inspection.LoanInspected, events.LoanArrearsCleared)
ANSWERS = (changed.LoanExtended, changed.LoanExtensionRefused, changed.LoanRestructured)

DEADLINES = (
    #     name             begins with        last day   rule                  whose  in        then     and only while
    duty ("inspection",    INSPECTED,         "inspect_by", "inspection_months", BK_M,  ACTIVE),
    lapse("shortfall",     security.LoanCollateralShortfallRaised, "shortfall_by", "substitute_security_wd", (ENT, BK_R), LIVE, security.BreachCollateral, ends=security.LoanCollateralRestored),
    lapse("draw_deadline", events.LoanOpened, "draw_by", "draw_deadline_days", BK_L,  APPROVED, _cancel, when=_not_boarded),
    duty ("extension_answer", changed.LoanExtensionRequested, "answer_by", "extension_answer_wd", BK_A, (ACTIVE, OVERDUE), ends=ANSWERS),
)
# fmt: on

LOAN = Lifecycle(
    noun="loan",
    record=records.Loan,
    states=LoanState,
    final=(WRITTEN_OFF, SETTLED, RENEWED, CANCELLED),
    rows=ROWS,
    commands=commands_of(records, change_records, security, inspection),
    events=events_of(events, changed, security, inspection),
    decide={**DECIDE, **security.DECIDE, **inspection.DECIDE},
    evolve=EVOLVE,
    postings=POSTINGS,
    timers=TIMERS,
    deadlines=DEADLINES,
    notes=(
        *security.NOTES,
        *inspection.NOTES,
        events.LoanPaymentAllocated,
        events.LoanArrearsReduced,
        events.LoanProvisioned,
        changed.LoanObservationStarted,
        changed.LoanProbationStarted,
    ),
)
