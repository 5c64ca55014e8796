"""What of a live loan's plan is due and unpaid; payments fill the oldest instalment first.

Derived from the plan and what is outstanding: an instalment is unpaid as far as more is
outstanding than falls due after it. ZD-3.6.7.
"""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from typing import Protocol

from policies.money import Money, total
from workflows.lending.terms import Plan, PlannedInstalment


class Planned(Protocol):
    """A loan with what is outstanding of it and the plan by which it is repaid."""

    @property
    def outstanding(self) -> Money: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def schedule(self) -> Plan: ...


def plan_of(loan: Planned) -> Plan:
    """The plan; a loan without one repays everything at its maturity."""
    if loan.schedule or loan.due_on is None:
        return loan.schedule
    return (PlannedInstalment(loan.due_on, loan.outstanding),)


def overdue_principal(plan: Plan, outstanding: Money, on: date) -> Money:
    """Principal that fell due by a day and is not paid."""
    ahead = total(one.principal for one in plan if one.due_on > on)
    return max(Money.ZERO, outstanding - ahead)


def oldest_principal(plan: Plan, outstanding: Money, on: date) -> date | None:
    """The due date of the oldest instalment of principal unpaid on a day; None where none is."""
    left, oldest = overdue_principal(plan, outstanding, on), None
    for one in reversed(plan):
        if not left:
            return oldest
        if one.due_on <= on and one.principal:
            oldest, left = one.due_on, left - min(left, one.principal)
    return oldest


def period_of(plan: Plan, start: date, day: date) -> tuple[date, PlannedInstalment] | None:
    """When the period of a day opened, and the instalment that ends it; None after the last."""
    edges = pairwise((PlannedInstalment(start, Money.ZERO), *plan))
    return next(((a.due_on, b) for a, b in edges if a.due_on <= day < b.due_on), None)
