"""What is owed on a loan on a day, and what of it is due: derived from the record and the dates.

Changes nothing. ZD-3.6.7, ZD-3.6.9.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money, total
from policies.reading.pack import Policy
from workflows.lending.interest import accrued, accrued_by_period
from workflows.lending.overdue import days_past_due
from workflows.lending.payments.allocation import Owed
from workflows.loan.dues import due
from workflows.loan.events import LoanInterestPosted
from workflows.loan.evolve import EVOLVE
from workflows.loan.records import Loan


@dataclass(frozen=True, slots=True)
class OwedOn:
    """What would close the loan on a day, by kind, if nothing is paid until then."""

    on: date
    principal: Money
    interest: Money
    penalty: Money
    compound: Money
    cost: Money
    total: Money


def nothing_owed(on: date) -> OwedOn:
    """Before the first drawing."""
    none = Money.ZERO
    return OwedOn(on, none, none, none, none, none, none)


def owed_on(loan: Loan, policy: Policy, on: date) -> OwedOn:
    """Every kind of debt on a day not before the last posting; written off or not, it is owed."""
    borne = accrued(loan, policy, on)
    posted = total(one.amount for one in loan.unpaid_interest)
    interest, penalty = posted + borne.in_term, loan.penalty_due + borne.penalty
    compound = loan.interest_due - posted - loan.penalty_due + borne.compound
    principal = loan.outstanding + loan.written_off - loan.late_recovered
    whole = principal + interest + penalty + compound
    return OwedOn(on, principal, interest, penalty, compound, Money.ZERO, whole)


def owed(loan: Loan, policy: Policy, today: date) -> Owed:
    """All that would close the loan today, matured or not."""
    return Owed(interest=interest_owed(loan, policy, today), principal=loan.outstanding)


def interest_owed(loan: Loan, policy: Policy, today: date) -> Money:
    """Interest posted and unpaid, and what has accrued since."""
    return loan.interest_due + accrued(loan, policy, today).total


def amount_due(loan: Loan, policy: Policy, today: date) -> Money:
    """What must be paid by today: instalments and interest due, and what they have borne."""
    return due(posted_to(loan, policy, today), today).total


def dpd(loan: Loan, today: date) -> int:
    """Days past due; 0 for a loan that is current."""
    return days_past_due(loan.overdue_since, today)


def posting_until(loan: Loan, policy: Policy, until: date) -> tuple[LoanInterestPosted, ...]:
    """Interest to be booked up to that day, one event a period; none where nothing has accrued."""
    return tuple(_postings(loan, policy, until))


def _postings(loan: Loan, policy: Policy, until: date) -> Iterator[LoanInterestPosted]:
    booked = loan.accrued
    for period in accrued_by_period(loan, policy, until):
        borne = period.borne
        if borne.total or booked:
            yield LoanInterestPosted(
                amount=borne.total,
                until=period.until,
                in_term=borne.in_term,
                penalty=borne.penalty,
                compound=borne.compound,
                off_balance=loan.non_accrual,
                due_on=period.due_on,
                accrued=booked,
            )
            booked = Money.ZERO


def posted_to(loan: Loan, policy: Policy, until: date) -> Loan:
    """The loan as it stands once its interest is booked up to that day."""
    return after(loan, *posting_until(loan, policy, until))


def after(loan: Loan, *events: Any) -> Loan:
    """The loan after these events; where it stands in its life is left out."""
    for event in events:
        loan = dataclasses.replace(loan, **EVOLVE[type(event)](loan, event))
    return loan
