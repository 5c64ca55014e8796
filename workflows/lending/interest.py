"""Interest from products of balance and days (积数); nothing is rounded until it is posted.

Knows no loan: balances, rates and days come in, money comes out. ZD-1.3 and ZD-3.6.11.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from policies.money import Money, round_half_up
from policies.reading.pack import Policy
from workflows.lending.days.day_count import YEAR_DAYS

WITH_PRINCIPAL = "WITH_PRINCIPAL"
ALL_UNPAID_INTEREST, NO_COMPOUND = "ALL_UNPAID_INTEREST", "NO_COMPOUND_INTEREST"


class Bearing(Protocol):
    """What bears interest: a loan as it stands since `interest_from`, the day interest was posted.

    interest_due: posted and unpaid, of every kind; in_term_due: the part of it from before
    maturity; overdue charges run from `due_on`.
    """

    @property
    def annual_rate(self) -> Decimal: ...
    @property
    def outstanding(self) -> Money: ...
    @property
    def interest_from(self) -> date | None: ...
    @property
    def due_on(self) -> date | None: ...
    @property
    def interest_due(self) -> Money: ...
    @property
    def in_term_due(self) -> Money: ...


@dataclass(frozen=True, slots=True)
class Accrued:
    """Interest since the last posting, each kind rounded half-up to the fen as if posted now."""

    in_term: Money = Money.ZERO  # at the contract rate, until maturity
    penalty: Money = Money.ZERO  # on overdue principal, from the due date
    compound: Money = Money.ZERO  # on unpaid interest

    @property
    def total(self) -> Money:
        """All kinds together."""
        return self.in_term + self.penalty + self.compound


def days_between(start: date, end: date) -> int:
    """Days from start to end, the first counted and the last not (算头不算尾); never negative."""
    return max(0, (end - start).days)


def interest(balance: Money, annual_rate: Decimal, days: int, *, year_days: int) -> Money:
    """Balance x rate x days / year, half-up to the fen. Vectors V01-V05."""
    product = Decimal(balance.fen * days)
    return Money(round_half_up(product * annual_rate / year_days), balance.currency)


def penalty_rate(annual_rate: Decimal, uplift: Decimal) -> Decimal:
    """Contract rate x (1 + uplift), from the due date on; 银发〔2003〕251号 (S47)."""
    return annual_rate * (1 + uplift)


def accrued(loan: Bearing, policy: Policy, to: date) -> Accrued:
    """What a loan has borne since its last posting until `to`; zero before its disbursement.

    A period over maturity is cut there: the interest of the term is posted at maturity and
    compounds from then on (ZD-3.6.3).
    """
    start, due = loan.interest_from, loan.due_on
    if start is None or due is None or to <= start:
        return Accrued()
    year = YEAR_DAYS[policy["day_count"].value]
    higher = penalty_rate(loan.annual_rate, policy["penalty_uplift"].value)
    before, after = days_between(start, min(to, due)), days_between(max(start, due), to)
    in_term = interest(loan.outstanding, loan.annual_rate, before, year_days=year)
    unpaid, at_maturity = _compounding(loan, policy, in_term=in_term)
    early = unpaid if _due_before_maturity(policy) else Money.ZERO
    return Accrued(
        in_term=in_term,
        penalty=interest(loan.outstanding, higher, after, year_days=year),
        compound=interest(early, loan.annual_rate, before, year_days=year)
        + interest(at_maturity, higher, after, year_days=year),
    )


def _compounding(loan: Bearing, policy: Policy, *, in_term: Money) -> tuple[Money, Money]:
    """Unpaid interest that itself bears interest, before maturity and after it.

    Penalty interest belongs to it only in the strict reading; nothing where it is switched off.
    """
    base = policy["compound_base"].value
    if base == NO_COMPOUND:
        return Money.ZERO, Money.ZERO
    unpaid = loan.interest_due if base == ALL_UNPAID_INTEREST else loan.in_term_due
    return unpaid, unpaid + in_term


def _due_before_maturity(policy: Policy) -> bool:
    """Interest paid with principal is due at maturity only, so nothing compounds before."""
    due_early: bool = policy["interest_settlement"].value != WITH_PRINCIPAL
    return due_early
