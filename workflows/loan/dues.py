"""What of a loan is due on a day, since when, and what falls due next: of the record alone.

Interest is posted to the day that is asked about; workflows/loan/balance.py sees to that.
"""

from __future__ import annotations

from datetime import date, timedelta

from policies.money import total
from workflows.lending.arrears.instalments import oldest_principal, overdue_principal, plan_of
from workflows.lending.payments.allocation import Owed
from workflows.loan.records import Loan


def due(loan: Loan, on: date) -> Owed:
    """What must be paid by a day, of a loan whose interest is posted to that day."""
    ahead = total(one.amount for one in loan.unpaid_interest if one.due_on > on)
    principal = overdue_principal(plan_of(loan), loan.outstanding, on)
    return Owed(interest=loan.interest_due - ahead, principal=principal)


def oldest_unpaid(loan: Loan, on: date) -> date | None:
    """The oldest due date of which something is unpaid; None where nothing is due.

    Penalty and compound interest left over keep the day from which the loan is overdue.
    """
    days = [one.due_on for one in loan.unpaid_interest if one.due_on <= on]
    principal = oldest_principal(plan_of(loan), loan.outstanding, on)
    if principal is not None:
        days.append(principal)
    if not days and due(loan, on).interest:
        return loan.overdue_since or on
    return min(days, default=None)


def overdue_from(loan: Loan, today: date) -> date | None:
    """The oldest due date before today of which something is unpaid (S46: late the next day)."""
    return oldest_unpaid(loan, today - timedelta(days=1))


def next_unpaid(loan: Loan) -> date | None:
    """The oldest due date, past or to come, of which principal or posted interest is unpaid."""
    plan, since = plan_of(loan), loan.interest_from or date.min
    days = [one.due_on for one in loan.unpaid_interest]
    days += [one.due_on for one in plan if one.due_on > since and one.principal]
    past = oldest_principal(plan, loan.outstanding, since)
    return min(days if past is None else [*days, past], default=None)


def next_due(loan: Loan) -> date | None:
    """The next due date after the day up to which interest is posted; None after the last."""
    since = loan.interest_from
    ahead = (one.due_on for one in plan_of(loan) if since is None or one.due_on > since)
    return next(ahead, None)
