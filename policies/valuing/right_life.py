"""How long an IP right lives, whether it outlives a loan, and what a short rest does to its rate.

ZD-5.5 and S42. The pledge itself and its fee are elsewhere (annual_fee.py).
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from dateutil.relativedelta import relativedelta

from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, unmet


def right_expires_on(policy: Policy, kind: str, filed_on: date) -> date:
    """The day on which the term of a right ends, counted from its filing.

    Raises ValueError for a kind whose term the policy does not state.
    """
    kinds, years = policy["right_term_kinds"].value, policy["right_term_years"].value
    if kind not in kinds:
        raise ValueError(f"no term is stated for {kind!r}")
    return filed_on + relativedelta(years=years[kinds.index(kind)])


def outlives(policy: Policy, loan_ends_on: date, expires_on: date) -> Unmet | None:
    """The right must live on for some months after the loan's end; its last day counts."""
    margin = policy["life_margin_months"]
    needed = loan_ends_on + relativedelta(months=margin.value)
    if needed <= expires_on:
        return None
    return unmet("right_ends_too_early", margin, expires_on, threshold=needed)


def years_left(today: date, expires_on: date) -> Decimal:
    """Whole months from today to a right's last day, in years; never below zero."""
    left = relativedelta(expires_on, today)
    return max(Decimal(left.years * 12 + left.months) / 12, Decimal(0))


def life_factor(policy: Policy, remaining_years: Decimal) -> Fraction:
    """Remaining years over the years of a full rate, at most 1, at least 0."""
    full = Fraction(policy["full_life_years"].value)
    return max(min(Fraction(remaining_years) / full, Fraction(1)), Fraction(0))
