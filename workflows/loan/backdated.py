"""A payment of an earlier day: the loan as it stood, with it and every payment since. ZD-3.6.9.

Interest is posted anew on the way; what was told of the loan's status stays told once.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from policies.money import Money
from policies.reading.pack import Policy
from workflows.lending.overdue import NORMAL
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import after, posted_to, posting_until
from workflows.loan.change_events import LoanPaymentReplayed, LoanTechnicalWaived
from workflows.loan.change_records import BookBackdated, WaiveTechnical
from workflows.loan.facts import LoanThen
from workflows.loan.payment import allocated_to, standing_after
from workflows.loan.records import Loan

Outcome = tuple[Any, ...]


def book_backdated(s: Situation[Loan, BookBackdated]) -> Outcome:
    """The difference between the loan as it stands and as it would."""
    posted = posting_until(s.it, s.policy, s.today)
    was = after(s.it, *posted)
    would, _ = replayed(s)
    principal = was.outstanding - would.outstanding
    interest = s.act.amount - principal
    told = LoanPaymentReplayed(
        amount=s.act.amount,
        paid_on=s.act.paid_on,
        interest=interest,
        principal=principal,
        correction=would.interest_due - was.interest_due + interest,
        off_balance=s.it.non_accrual,
        outstanding=would.outstanding,
        interest_due=would.interest_due,
        unpaid_interest=would.unpaid_interest,
        penalty_due=would.penalty_due,
        interest_from=s.today,
        schedule=would.schedule,
    )
    return (*posted, told, *standing_after(s, after(was, told)))


def replayed(s: Situation[Loan, BookBackdated]) -> tuple[Loan, Money]:
    """The loan today with the payment on its day, and what exceeds its debts."""
    then = s.fact(LoanThen)
    loan, left = given(then.row), Money.ZERO
    for day, amount in ((s.act.paid_on, s.act.amount), *then.later):
        loan, over = _paid(loan, s.policy, day, amount=amount)
        left += over
    return posted_to(loan, s.policy, s.today), left


def _paid(loan: Loan, policy: Policy, day: date, *, amount: Money) -> tuple[Loan, Money]:
    loan = posted_to(loan, policy, day)
    owing = loan.outstanding + loan.interest_due
    met = min(amount, owing)
    order = policy["repayment_allocation"].value
    return after(loan, allocated_to(loan, met, day, order=order)), amount - met


def waive_technical(s: Situation[Loan, WaiveTechnical]) -> Outcome:
    """Normal again, arrears or none."""
    return (LoanTechnicalWaived(NORMAL, s.act.reason),)


BACKDATED: Mapping[str, Decide] = {
    "book_backdated": book_backdated,
    "waive_technical": waive_technical,
}
