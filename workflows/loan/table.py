"""The life of a loan: approved, drawn, current or overdue, called in, settled or written off.

Compensation by the fund is a flag on a loan, not a state: the borrower goes on owing.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from policies.calendar import add_working_days
from policies.money import Money
from workflows.lending.overdue import CLASSES, LOSS, bucket, is_worse, minimum_class
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, staying, two_persons
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role
from workflows.loan import clauses
from workflows.loan.balance import amount_due, dpd, owed
from workflows.loan.decide import DECIDE
from workflows.loan.events import EVENTS
from workflows.loan.evolve import EVOLVE, TIMERS
from workflows.loan.postings import POSTINGS
from workflows.loan.records import COMMANDS, Loan
from workflows.pledge.records import Pledge
from workflows.pledge.states import PledgeState

__all__ = ["LOAN", "Loan", "LoanState"]


class LoanState(Enum):
    """Where a loan stands."""

    APPROVED = "APPROVED"  # signed, not yet drawn
    ACTIVE = "ACTIVE"  # drawn, nothing overdue
    OVERDUE = "OVERDUE"  # something due was not paid
    ACCELERATED = "ACCELERATED"  # all of it called in
    WRITTEN_OFF = "WRITTEN_OFF"  # off the bank's books, still owed
    SETTLED = "SETTLED"  # paid in full
    CANCELLED = "CANCELLED"  # never drawn


APPROVED, ACTIVE, OVERDUE, ACCELERATED, WRITTEN_OFF, SETTLED, CANCELLED = LoanState
LIVE = (ACTIVE, OVERDUE, ACCELERATED)
LATE = (OVERDUE, ACCELERATED)
ENT, SYS = Role.ENT, Role.SYS
BK_A, BK_L, BK_R = Role.BK_A, Role.BK_L, Role.BK_R
BK_L_TWICE, WITH_APPROVER = two_persons(BK_L), two_persons(BK_A)

Asked = Situation[Any]


# --- only if --------------------------------------------------------------------------------


def tenor_within_limit(s: Asked) -> Refusal | None:
    """At most max_tenor_months (ZD-4.2; S2: three years)."""
    limit = s.policy["max_tenor_months"]
    ok = s.act.term_months <= limit.value
    return None if ok else against("tenor_too_long", limit, s.act.term_months)


def rate_within_cap(s: Asked) -> Refusal | None:
    """At most one-year LPR plus the spread (ZD-4.2; S2, S3)."""
    spread = s.policy["rate_cap_spread"]
    cap = s.policy["lpr_1y"].value + spread.value
    if s.act.annual_rate <= cap:
        return None
    return Refusal("rate_above_cap", spread.name, f"{cap}", f"{s.act.annual_rate}", spread.citation)


def ip_share_enough(s: Asked) -> Refusal | None:
    """IP secures at least min_ip_share of the loan (ZD-3.7; S3)."""
    least = s.policy["min_ip_share"]
    return (
        None
        if s.act.ip_share >= least.value
        else against("ip_share_too_low", least, s.act.ip_share)
    )


def policy_in_force(s: Asked) -> Refusal | None:
    """Drawn on or after the day the programme came into force."""
    start = s.policy["in_force_from"]
    ok = s.today.isoformat() >= start.value
    return None if ok else against("policy_not_in_force", start, s.today)


def amount_positive(s: Asked) -> Refusal | None:
    """Something is paid."""
    if s.act.amount > Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.PAYMENT, actual=s.act.amount)


def amount_within_approval(s: Asked) -> Refusal | None:
    """At most what was approved (ZD-3.6)."""
    limit, asked = s.it.approved_amount, s.act.amount
    if asked <= limit:
        return None
    return refuse(s, "amount_over_approved", clauses.APPROVED_AMOUNT, actual=asked, threshold=limit)


def within_programme_cap(s: Asked) -> Refusal | None:
    """The borrower's programme balance stays within the cap (S2). Fact: programme_balance."""
    cap, balance = s.policy["cap_per_borrower"], s.facts["programme_balance"] + s.act.amount
    return None if balance <= cap.value else against("cap_exceeded", cap, balance)


def pledge_registered(s: Asked) -> Refusal | None:
    """No money before the pledge stands in the register (ZD-C.4)."""
    pledge = s.rows.get(Pledge)
    state = "-" if pledge is None else pledge.state
    wanted = PledgeState.REGISTERED.name
    if state == wanted:
        return None
    return refuse(s, "pledge_not_registered", clauses.PLEDGE_FIRST, actual=state, threshold=wanted)


def paid_to_payee(s: Asked) -> Refusal | None:
    """Above the threshold the bank pays the borrower's payee (受托支付; ZD-3.6)."""
    threshold = s.policy["entrusted_payment_threshold"]
    if s.act.entrusted or s.act.amount <= threshold.value:
        return None
    return against("entrusted_payment_required", threshold, s.act.amount)


def not_more_than_owed(s: Asked) -> Refusal | None:
    """Nobody pays more than principal and interest to today."""
    debt = owed(s.it, s.policy, s.today).total
    if s.act.amount <= debt:
        return None
    return refuse(s, "more_than_owed", clauses.PAYMENT, actual=s.act.amount, threshold=debt)


def not_compensated(s: Asked) -> Refusal | None:
    """What comes in after compensation is shared, so it is booked as a recovery (3.14 case 19)."""
    if not s.it.compensated:
        return None
    return refuse(s, "book_as_recovery", clauses.AFTER_PAYMENT, actual=s.it.compensated)


def prepayment_notified(s: Asked) -> Refusal | None:
    """Announced prepayment_notice_wd working days before (ZD-3.6)."""
    notice = s.policy["prepayment_notice_wd"]
    first = add_working_days(s.act.notified_on, notice.value).date
    return (
        None if s.today >= first else against("prepayment_notice_short", notice, s.act.notified_on)
    )


def prepayment_large_enough(s: Asked) -> Refusal | None:
    """A part is at least prepayment_minimum; the whole may always be paid (ZD-3.6)."""
    least, whole = s.policy["prepayment_minimum"], owed(s.it, s.policy, s.today).total
    if s.act.amount >= least.value or s.act.amount == whole:
        return None
    return against("prepayment_too_small", least, s.act.amount)


def posting_goes_forward(s: Asked) -> Refusal | None:
    """Interest is booked for days that are past and not booked yet (ZD-1.3)."""
    if s.it.interest_from < s.act.until <= s.today:
        return None
    return refuse(
        s,
        "interest_already_posted",
        clauses.PAYMENT,
        actual=s.act.until,
        threshold=s.it.interest_from,
    )


def something_is_due(s: Asked) -> Refusal | None:
    """The due date is past and not all is paid (S46: overdue from the next day)."""
    if s.today > s.it.due_on:
        return None
    return refuse(s, "not_yet_due", clauses.NEXT_DAY, actual=s.today, threshold=s.it.due_on)


def bucket_has_changed(s: Asked) -> Refusal | None:
    """Days past due lie in another bucket than the one on record (ZD-3.8)."""
    first_days = s.policy["bucket_dpd"]
    found = bucket(dpd(s.it, s.today), first_days.value)
    return None if found != s.it.bucket else against("bucket_unchanged", first_days, found)


def days_demand_worse_class(s: Asked) -> Refusal | None:
    """Days past due demand a worse class than the one on record (ZD-3.8)."""
    found = minimum_class(dpd(s.it, s.today), s.policy)
    if is_worse(found, s.it.classification):
        return None
    return against("class_not_worse", s.policy["bucket_class"], found)


def class_is_worse(s: Asked) -> Refusal | None:
    """A downgrade names one of the five classes, below the present one (ZD-3.8)."""
    wanted, present = s.act.classification, s.it.classification
    if wanted in CLASSES and is_worse(wanted, present):
        return None
    return refuse(s, "class_not_worse", clauses.MONITORING, actual=wanted, threshold=present)


def long_enough_for_non_accrual(s: Asked) -> Refusal | None:
    """From DPD 91 on, once (ZD-3.8.1)."""
    first, days = s.policy["non_accrual_dpd"], dpd(s.it, s.today)
    if days >= first.value and not s.it.non_accrual:
        return None
    return against("accrual_goes_on", first, days)


def nothing_is_due(s: Asked) -> Refusal | None:
    """All that is due by today is paid."""
    due = amount_due(s.it, s.policy, s.today)
    return None if not due else refuse(s, "arrears_left", clauses.PAYMENT, actual=due)


def principal_unmatured(s: Asked) -> Refusal | None:
    """A matured loan cannot be called in: it goes to suit or to the pledge (ZD-3.6.2)."""
    if s.today < s.it.due_on:
        return None
    return refuse(s, "principal_already_due", clauses.ACCELERATION, actual=s.it.due_on)


def long_overdue_or_breach(s: Asked) -> Refusal | None:
    """More than acceleration_min_dpd days past due, or a covenant broken (ZD-3.6)."""
    most, days = s.policy["acceleration_min_dpd"], dpd(s.it, s.today)
    if s.act.breach or days > most.value:
        return None
    return against("dpd_below_acceleration", most, days)


def lost_or_long_overdue(s: Asked) -> Refusal | None:
    """Class loss, or more than write_off_min_dpd days past due (ZD-3.13)."""
    most, days = s.policy["write_off_min_dpd"], dpd(s.it, s.today)
    if s.it.classification == LOSS or days > most.value:
        return None
    return against("write_off_too_early", most, days)


def owes_nothing(s: Asked) -> Refusal | None:
    """Principal, interest and costs are paid (ZD-3.6)."""
    debt = owed(s.it, s.policy, s.today).total
    return None if not debt else refuse(s, "still_owing", clauses.SETTLEMENT, actual=debt)


# --- the table ------------------------------------------------------------------------------

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
