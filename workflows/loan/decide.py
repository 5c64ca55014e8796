"""What follows from an act on a loan that may happen: its events and the platform's next steps.

Who may act and only if stands in table.py; how an event changes the record, in evolve.py.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dateutil.relativedelta import relativedelta

from policies.money import Money
from workflows.lending.interest import accrued
from workflows.lending.overdue import bucket, days_past_due, is_worse, minimum_class, next_bucket_on
from workflows.lifecycle.deadlines import days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.loan.backdated import BACKDATED
from workflows.loan.balance import dpd, posted_to, posting_until
from workflows.loan.change import CHANGES, observation
from workflows.loan.change_events import LoanDrawn
from workflows.loan.change_records import DrawLoan
from workflows.loan.dues import next_due, next_unpaid, overdue_from
from workflows.loan.events import (
    LoanAccelerated,
    LoanArrearsCleared,
    LoanBecameOverdue,
    LoanBucketEntered,
    LoanClassified,
    LoanDisbursed,
    LoanInterestAccrued,
    LoanInterestPosted,
    LoanNonAccrualStarted,
    LoanOpened,
    LoanSettled,
    LoanUndrawnCancelled,
)
from workflows.loan.facts import ProgrammeBalance
from workflows.loan.inspection import first_due
from workflows.loan.loss import (
    apply_recovery,
    forgive_debt,
    receive_compensation,
    record_late_recovery,
    return_compensation,
    write_off,
)
from workflows.loan.payment import prepay, repay
from workflows.loan.plan import drawn_again, first_plan, repayment_terms
from workflows.loan.provision import kept_up
from workflows.loan.records import (
    AccelerateLoan,
    CancelUndrawn,
    ClassifyLoan,
    DisburseLoan,
    DowngradeLoan,
    EnterBucket,
    Loan,
    OpenLoan,
    PostInterest,
    SettleLoan,
    StartNonAccrual,
)
from workflows.loan.recovering import WAYS_BACK, probation
from workflows.loan.states import LATE

OnLoan = Situation[Loan]  # whatever is asked of it
Outcome = tuple[Any, ...]
DAYS_PAST_DUE = "DAYS_PAST_DUE"  # ground of a class that only the calendar asks for


def open_loan(s: Situation[None, OpenLoan]) -> Outcome:
    """Open it under the policy it was approved under."""
    a = s.act
    return (
        LoanOpened(
            policy=s.policy.ref,
            enterprise=a.enterprise,
            bank=a.bank,
            fund=a.fund,
            product=a.product,
            application=a.application,
            pledge=a.pledge,
            approved_amount=a.approved_amount,
            annual_rate=a.annual_rate,
            term_months=a.term_months,
            ip_share=a.ip_share,
            asset_class=a.asset_class,
            origin=a.origin,
            draw_by=days_from(s, "draw_deadline_days"),
            terms=repayment_terms(s),
        ),
    )


def disburse(s: Situation[Loan, DisburseLoan]) -> Outcome:
    """Pay out; the last instalment is due the same day of the month after the term."""
    loan, amount, before = s.it, s.act.amount, s.fact(ProgrammeBalance).before
    plan = first_plan(loan, amount, s.today)
    due_on = s.today + relativedelta(months=loan.term_months)
    balance = before + amount
    paid = LoanDisbursed(
        amount, s.today, due_on, balance, loan.fund, bool(s.act.payee), plan, *_payee(s.act)
    )
    return (paid, *first_due(s))


def draw(s: Situation[Loan, DrawLoan]) -> Outcome:
    """Pay out more; what is not due yet is planned anew over the same dates."""
    balance = s.fact(ProgrammeBalance).before + s.act.amount
    products, plan = drawn_again(s.it, s.act.amount, s.today)
    a = s.act
    return (
        LoanDrawn(a.amount, s.today, balance, bool(a.payee), products, plan, s.it.fund, *_payee(a)),
    )


def _payee(act: DisburseLoan | DrawLoan) -> tuple[str, str, str]:
    """Whom the bank pays for the borrower; empty where the borrower is paid."""
    return act.payee, act.account, act.contract


def cancel_undrawn(s: Situation[Loan, CancelUndrawn]) -> Outcome:
    """Give the approval up."""
    return (LoanUndrawnCancelled(s.act.reason),)


def post_interest(s: Situation[Loan, PostInterest]) -> Outcome:
    """Book what has accrued; a posting of nothing still moves the day."""
    found = posting_until(s.it, s.policy, s.act.until)
    none = LoanInterestPosted(
        Money.ZERO,
        s.act.until,
        Money.ZERO,
        Money.ZERO,
        Money.ZERO,
        s.it.non_accrual,
        next_due(s.it),
    )
    return found or (none,)


def accrue(s: OnLoan) -> Outcome:
    """Accrued to date, rounded, less booked so far: what is booked sums to what is posted."""
    borne = accrued(s.it, s.policy, s.today).total
    return (LoanInterestAccrued(borne - s.it.accrued, s.today, s.it.non_accrual),)


def fall_overdue(s: OnLoan) -> Outcome:
    """Overdue from the oldest due date; interest of the term is booked up to it."""
    found = overdue_from(posted_to(s.it, s.policy, s.today), s.today)
    since = found or min(given(s.it.due_on), s.today)  # a boarded loan may be given up before
    days = days_past_due(since, s.today)
    ahead = next_bucket_on(since, s.today, s.policy["bucket_dpd"].value)
    follow = (Then(EnterBucket(s.it.id)),) if days else ()
    watched = (observation(s, since, s.it.schedule),) if s.it.observed_until else ()
    return (
        LoanBecameOverdue(since, days, ahead),
        *posting_until(s.it, s.policy, since),
        *watched,
        *follow,
    )


def enter_bucket(s: OnLoan) -> Outcome:
    """Enter the bucket, and take the class and the accounting that its days demand."""
    loan, days, first_days = s.it, dpd(s.it, s.today), s.policy["bucket_dpd"].value
    ahead = next_bucket_on(given(loan.overdue_since), s.today, first_days)
    follow: list[Then] = []
    if is_worse(minimum_class(days, s.policy), loan.classification):
        follow.append(Then(ClassifyLoan(loan.id)))
    if days >= s.policy["non_accrual_dpd"].value and not loan.non_accrual:
        follow.append(Then(StartNonAccrual(loan.id)))
    return (LoanBucketEntered(bucket(days, first_days), days, ahead), *follow)


def classify(s: OnLoan) -> Outcome:
    """The class that days past due demand."""
    days = dpd(s.it, s.today)
    found = minimum_class(days, s.policy)
    return (LoanClassified(found, s.it.classification, days, DAYS_PAST_DUE, s.it.asset_class),)


def downgrade(s: Situation[Loan, DowngradeLoan]) -> Outcome:
    """The class two persons of the bank have settled on."""
    a = s.act
    days = dpd(s.it, s.today)
    former, kind = s.it.classification, s.it.asset_class
    return (LoanClassified(a.classification, former, days, a.ground, kind),)


def start_non_accrual(s: OnLoan) -> Outcome:
    """Reverse the interest that is booked and unpaid."""
    booked = s.it.interest_due + s.it.accrued - s.it.noted
    return (LoanNonAccrualStarted(booked, dpd(s.it, s.today)),)


def clear_arrears(s: OnLoan) -> Outcome:
    """Current again, on probation where the class is worse; it is not raised by this alone."""
    return (LoanArrearsCleared(next_unpaid(s.it) or given(s.it.due_on)), *probation(s))


def accelerate(s: Situation[Loan, AccelerateLoan]) -> Outcome:
    """All principal falls due today; interest is booked up to today and due with it."""
    ground, since = s.act.breach or DAYS_PAST_DUE, s.it.overdue_since or s.today
    ahead = next_bucket_on(since, s.today, s.policy["bucket_dpd"].value)
    called = LoanAccelerated(ground, dpd(s.it, s.today), s.today, ahead)
    return (*posting_until(s.it, s.policy, s.today), called)


def settle(s: Situation[Loan, SettleLoan]) -> Outcome:
    """Close it today."""
    loan, late = s.it, s.it.state in {state.name for state in LATE}
    pursued, compensated = late and not s.act.by_recovery, bool(loan.compensated)
    return (LoanSettled(s.today, loan.pledge, loan.fund, pursued, compensated),)


# fmt: off
DECIDE: Mapping[str, Decide] = kept_up({
    "open":                 open_loan,
    "disburse":             disburse,
    "draw":                 draw,
    **CHANGES,
    **WAYS_BACK,
    **BACKDATED,
    "cancel_undrawn":       cancel_undrawn,
    "post_interest":        post_interest,
    "accrue":               accrue,
    "repay":                repay,
    "prepay":               prepay,
    "fall_overdue":         fall_overdue,
    "enter_bucket":         enter_bucket,
    "classify":             classify,
    "downgrade":            downgrade,
    "start_non_accrual":    start_non_accrual,
    "clear_arrears":        clear_arrears,
    "accelerate":           accelerate,
    "receive_compensation": receive_compensation,
    "return_compensation":  return_compensation,
    "apply_recovery":       apply_recovery,
    "record_late_recovery": record_late_recovery,
    "forgive_debt":         forgive_debt,
    "write_off":            write_off,
    "settle":               settle,
})
# fmt: on
