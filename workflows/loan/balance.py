"""What is owed on a loan on a day: posted and accrued interest, and principal.

Derived from the record and the dates; changes nothing. ZD-3.6.
"""

from __future__ import annotations

from datetime import date

from policies.money import Money
from policies.reading.pack import Policy
from workflows.lending.interest import WITH_PRINCIPAL, accrued
from workflows.lending.overdue import days_past_due
from workflows.lending.payments.allocation import Owed
from workflows.loan.events import LoanInterestPosted
from workflows.loan.records import Loan


def owed(loan: Loan, policy: Policy, today: date) -> Owed:
    """All that would close the loan today, matured or not."""
    return Owed(interest=interest_owed(loan, policy, today), principal=loan.outstanding)


def interest_owed(loan: Loan, policy: Policy, today: date) -> Money:
    """Interest posted and unpaid, and what has accrued since."""
    return loan.interest_due + accrued(loan, policy, today).total


def amount_due(loan: Loan, policy: Policy, today: date) -> Money:
    """What must be paid by today: everything from maturity on, before it only interest due."""
    if loan.due_on is not None and today >= loan.due_on:
        return owed(loan, policy, today).total
    if policy["interest_settlement"].value == WITH_PRINCIPAL:
        return Money.ZERO
    return loan.interest_due


def dpd(loan: Loan, today: date) -> int:
    """Days past due; 0 for a loan that is current."""
    return days_past_due(loan.overdue_since, today)


def posting_until(loan: Loan, policy: Policy, until: date) -> tuple[LoanInterestPosted, ...]:
    """Interest to be booked up to that day, as an event; none where nothing has accrued."""
    found = accrued(loan, policy, until)
    if not found.total:
        return ()
    return (
        LoanInterestPosted(
            amount=found.total,
            until=until,
            in_term=found.in_term,
            penalty=found.penalty,
            compound=found.compound,
            off_balance=loan.non_accrual,
        ),
    )
