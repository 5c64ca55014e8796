"""Prepaying a loan that is repaid in one sum: interest to the day first, the rest is principal.

ZD-3.6.10: interest for the actual days only (Civil Code 677).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from policies.money import Money
from workflows.lending.days.day_count import DayCount
from workflows.lending.days.day_share import day_share
from workflows.lending.payments.recalculation import Overpaid, Paid
from workflows.lending.rounding import Rounding, rounded


@dataclass(frozen=True, slots=True)
class Bullet:
    """A loan with one due date."""

    principal: Money
    annual_rate: Decimal
    disbursed_on: date
    due_on: date
    day_count: DayCount
    rounding: Rounding


@dataclass(frozen=True, slots=True)
class AtMaturity:
    """What is left after prepayments: days and interest from the last one, and principal."""

    days: int
    interest: Money
    principal: Money


def at_maturity(loan: Bullet, payments: Iterable[Paid]) -> AtMaturity:
    """What the bullet pays at its due date. Raises Overpaid; payments lie before the due date.

    Interest is rounded each time it falls due: at a prepayment, and at maturity.
    """
    principal, owed, since = loan.principal, Money.ZERO, loan.disbursed_on
    for paid in sorted(payments, key=lambda one: one.on):
        owed += borne(loan, principal, since, to=paid.on)
        interest = min(paid.amount, owed)
        owed -= interest
        principal -= paid.amount - interest
        since = paid.on
        if principal < Money.ZERO:
            raise Overpaid
    days = (loan.due_on - since).days
    return AtMaturity(days, owed + borne(loan, principal, since, to=loan.due_on), principal)


def borne(loan: Bullet, principal: Money, since: date, *, to: date) -> Money:
    """Interest of a principal between two days, rounded to the fen."""
    share = day_share(loan.disbursed_on, (loan.due_on,), loan.day_count)(since, to)
    return Money(rounded(principal.fen * Fraction(loan.annual_rate) * share, loan.rounding))
