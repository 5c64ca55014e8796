"""What a payment on a loan comes to: interest posted, debts met, the plan, how it then stands.

ZD-3.6.9, ZD-3.6.10.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from policies.money import Money
from workflows.lending.overdue import bucket, days_past_due, next_bucket_on
from workflows.lending.payments.allocation import Owed, allocate
from workflows.lifecycle.effects import Then
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import after, posting_until
from workflows.loan.dues import due, overdue_from
from workflows.loan.events import (
    LoanArrearsReduced,
    LoanPaymentAllocated,
    LoanPrepaid,
    LoanRepaymentReceived,
)
from workflows.loan.plan import replanned
from workflows.loan.records import (
    ClearArrears,
    EnterBucket,
    Loan,
    PrepayLoan,
    RepayLoan,
    SettleLoan,
)

OnLoan = Situation[Loan]  # whatever is asked of it
Outcome = tuple[Any, ...]


def repay(s: Situation[Loan, RepayLoan]) -> Outcome:
    """Take the money in, book interest to today and spread the payment."""
    return (LoanRepaymentReceived(s.act.amount), *_allocation(s))


def prepay(s: Situation[Loan, PrepayLoan]) -> Outcome:
    """As a repayment: interest for the actual days only (Civil Code 677)."""
    return (LoanPrepaid(s.act.amount, s.act.notified_on), *_allocation(s))


def _allocation(s: Situation[Loan, RepayLoan | PrepayLoan]) -> Outcome:
    """Interest is posted to today, then the payment is spread."""
    posted = posting_until(s.it, s.policy, s.today)
    loan = after(s.it, *posted)
    order = s.policy["repayment_allocation"].value
    allocated = allocated_to(loan, s.act.amount, s.today, order=order)
    return (*posted, allocated, *standing_after(s, after(loan, allocated)))


def allocated_to(loan: Loan, amount: Money, on: date, *, order: str) -> LoanPaymentAllocated:
    """What is due is met first, in that order; what is left meets what is not due yet.

    The loan's interest is posted to the day.
    """
    must = due(loan, on)
    rest = Owed(
        interest=loan.interest_due - must.interest, principal=loan.outstanding - must.principal
    )
    first = allocate(amount, must, order)
    ahead = allocate(first.rest, rest, order)
    early = ahead.principal and first.principal + ahead.principal < loan.outstanding
    return LoanPaymentAllocated(
        amount=amount,
        cost=first.cost,
        interest=first.interest + ahead.interest,
        principal=first.principal + ahead.principal,
        order=order,
        allocated_on=on,
        off_balance=loan.non_accrual,
        noted=min(loan.noted, first.interest + ahead.interest),
        schedule=replanned(loan, on, prepaid=ahead.principal) if early else None,
    )


def standing_after(s: OnLoan, paid: Loan) -> Outcome:
    """Paid whole, settled the same day; paid up to date, current again; else overdue from later."""
    if not paid.outstanding and not paid.interest_due:
        return (Then(SettleLoan(paid.id)),)
    if paid.overdue_since is None:
        return ()
    since = overdue_from(paid, s.today)
    if since is None:
        return (Then(ClearArrears(paid.id)),)
    return () if since == paid.overdue_since else _reduced(s, since)


def _reduced(s: OnLoan, since: date) -> Outcome:
    first_days, days = s.policy["bucket_dpd"].value, days_past_due(since, s.today)
    reduced = LoanArrearsReduced(since, days, next_bucket_on(since, s.today, first_days))
    other = bucket(days, first_days) != s.it.bucket
    return (reduced, *((Then(EnterBucket(s.it.id)),) if other else ()))
