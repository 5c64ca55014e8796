"""Interest from products of balance and days (积数); nothing is rounded until it is posted.

Knows no loan: balances, rates and days come in, money comes out. ZD-1.3 and ZD-3.6.11.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Protocol

from policies.money import Money, round_half_up, total
from policies.reading.pack import Policy
from workflows.lending.arrears.instalments import overdue_principal, period_of, plan_of
from workflows.lending.days.day_count import YEAR_DAYS
from workflows.lending.rounding import Rounding, rounded
from workflows.lending.terms import FLAT, Plan, RepaymentTerms, count

ALL_UNPAID_INTEREST, NO_COMPOUND = "ALL_UNPAID_INTEREST", "NO_COMPOUND_INTEREST"


@dataclass(frozen=True, slots=True)
class InterestDue:
    """Interest of the term, posted and unpaid: due on a day, from which it compounds."""

    due_on: date
    amount: Money


class Bearing(Protocol):
    """What bears interest: a loan as it stands since `interest_from`, the day interest was posted.

    interest_due: posted and unpaid, of every kind; unpaid_interest: the part of it from the term;
    products: balance x parts of a year borne from `interest_from` to `counted_from`, where money
    was drawn in between; `due_on`: maturity.
    """

    @property
    def annual_rate(self) -> Decimal: ...
    @property
    def outstanding(self) -> Money: ...
    @property
    def disbursed_on(self) -> date | None: ...
    @property
    def interest_from(self) -> date | None: ...
    @property
    def counted_from(self) -> date | None: ...
    @property
    def products(self) -> Decimal: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def interest_due(self) -> Money: ...
    @property
    def unpaid_interest(self) -> tuple[InterestDue, ...]: ...
    @property
    def terms(self) -> RepaymentTerms: ...
    @property
    def schedule(self) -> Plan: ...


@dataclass(frozen=True, slots=True)
class Accrued:
    """Interest since the last posting, each kind rounded half-up to the fen as if posted now."""

    in_term: Money = Money.ZERO  # at the contract rate, on principal that is not overdue
    penalty: Money = Money.ZERO  # on overdue principal, from its due date
    compound: Money = Money.ZERO  # on interest due and unpaid

    @property
    def total(self) -> Money:
        """All kinds together."""
        return self.in_term + self.penalty + self.compound


@dataclass(frozen=True, slots=True)
class AccruedPeriod:
    """What was borne until a day; `due_on`: when the interest of the term in it falls due."""

    until: date
    due_on: date
    borne: Accrued


def days_between(start: date, end: date) -> int:
    """Days from start to end, the first counted and the last not (算头不算尾); never negative."""
    return max(0, (end - start).days)


def interest(balance: Money, annual_rate: Decimal, days: int, *, year_days: int) -> Money:
    """Balance x rate x days / year, half-up to the fen. Vectors V01-V05."""
    return _of_products(Decimal(balance.fen * days), annual_rate, year_days)


def _of_products(products: Decimal, annual_rate: Decimal, year_days: int) -> Money:
    return Money(round_half_up(products * annual_rate / year_days))


def penalty_rate(annual_rate: Decimal, uplift: Decimal) -> Decimal:
    """Contract rate x (1 + uplift), from the due date on; 银发〔2003〕251号 (S47)."""
    return annual_rate * (1 + uplift)


def accrued(loan: Bearing, policy: Policy, to: date) -> Accrued:
    """What a loan has borne since its last posting until `to`; zero before its disbursement."""
    found = [period.borne for period in accrued_by_period(loan, policy, to)]
    if len(found) == 1:
        return found[0]
    return Accrued(
        total(one.in_term for one in found),
        total(one.penalty for one in found),
        total(one.compound for one in found),
    )


def accrued_by_period(loan: Bearing, policy: Policy, to: date) -> Iterator[AccruedPeriod]:
    """The same, cut at the due dates on the way.

    What falls due there and is not paid bears the penalty rate from then on, and its interest
    compounds: at the contract rate until maturity, then at the penalty rate (ZD-3.6.3).
    """
    start, maturity = loan.counted_from or loan.interest_from, loan.due_on
    if start is None or maturity is None or to <= start:
        return
    plan, rate = plan_of(loan), loan.annual_rate
    year = YEAR_DAYS[policy["day_count"].value]
    higher = penalty_rate(rate, policy["penalty_uplift"].value)
    products, unpaid = loan.products, Money.ZERO
    for begin, end in pairwise(_edges(plan, start, to)):
        days, overdue = (end - begin).days, overdue_principal(plan, loan.outstanding, begin)
        parts = count(begin, end, loan.terms.counting)
        products += (loan.outstanding - overdue).fen * parts
        in_term = (
            _of_products(products, rate, year)
            if loan.terms.method != FLAT
            else _of_flat(loan, plan, begin, end=end)
        )
        base = _compounding(loan, policy, begin, since=unpaid)
        borne = Accrued(
            in_term,
            interest(overdue, higher, days, year_days=year),
            interest(base, higher if begin >= maturity else rate, days, year_days=year),
        )
        yield AccruedPeriod(end, _next_due(plan, begin, maturity), borne)
        products, unpaid = Decimal(0), unpaid + in_term


def _edges(plan: Plan, start: date, to: date) -> list[date]:
    """The days to be counted from one to the next."""
    return [start, *(one.due_on for one in plan if start < one.due_on < to), to]


def _next_due(plan: Plan, day: date, maturity: date) -> date:
    return next((one.due_on for one in plan if one.due_on > day), maturity)


def _of_flat(loan: Bearing, plan: Plan, begin: date, *, end: date) -> Money:
    """The planned interest of a period by its days; parts of a period come to the whole."""
    period = period_of(plan, loan.disbursed_on or begin, begin)
    if period is None:
        return Money.ZERO
    opened, one = period
    whole = (one.due_on - opened).days

    def until(day: date) -> int:
        return rounded(Fraction(one.interest.fen * (day - opened).days, whole), Rounding.HALF_UP)

    return Money(until(end) - until(begin))


def _compounding(loan: Bearing, policy: Policy, on: date, *, since: Money) -> Money:
    """Interest due and unpaid that itself bears interest; `since`: borne since the last posting.

    Penalty interest belongs to it only in the strict reading; nothing where it is switched off.
    """
    base = policy["compound_base"].value
    if base == NO_COMPOUND:
        return Money.ZERO
    unpaid = loan.unpaid_interest
    if not unpaid and base != ALL_UNPAID_INTEREST:
        return since
    due = total(one.amount for one in unpaid if one.due_on <= on) + since
    if base == ALL_UNPAID_INTEREST:
        due += loan.interest_due - total(one.amount for one in unpaid)
    return due
