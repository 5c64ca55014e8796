"""The three approaches to an IP right's value: income, cost, market; ZD-5.1.

Computed exactly and rounded once at the end. What the bank makes of a value is elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, money_half_up
from policies.reading.pack import Policy
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class RoyaltyRelief:
    """What relief from royalty asks for. revenues: of the coming years, the first year first.

    royalty, tax, discount: fractions. legal_years, economic_years: whole years that are left.
    """

    revenues: tuple[Money, ...]
    royalty: Decimal
    tax: Decimal
    discount: Decimal
    legal_years: int
    economic_years: int


@dataclass(frozen=True, slots=True)
class Reproduction:
    """What the cost approach asks for: cost of research, its price index, fees, margin, ageing."""

    research_cost: Money
    price_index: Decimal
    fees: Money
    margin: Decimal
    obsolescence: Decimal


@dataclass(frozen=True, slots=True)
class Comparable:
    """A price that was paid for a like right, with its corrections for time, technology, life."""

    price: Money
    time: Decimal
    technology: Decimal
    life: Decimal


@dataclass(frozen=True, slots=True)
class Value:
    """exact: fen, unrounded, for whoever reckons on. amount: rounded half-up to the fen."""

    amount: Money
    exact: Fraction
    working: tuple[Step, ...]


def income_value(policy: Policy, told: RoyaltyRelief) -> Value:
    """Present value of the royalties saved, after tax, over the shortest of the right's lives."""
    cap = policy["income_years_most"]
    years = min(told.legal_years, told.economic_years, cap.value)
    kept = Fraction(told.royalty) * (1 - Fraction(told.tax))
    rate = 1 + Fraction(told.discount)
    parts = [revenue.fen * kept / rate**t for t, revenue in enumerate(told.revenues[:years], 1)]
    working = tuple(
        Step("present_value", {"year": str(t), "discount": str(told.discount)}, money_half_up(part),
             cap.citation)
        for t, part in enumerate(parts, 1)
    )  # fmt: skip
    return _value(sum(parts, Fraction(0)), working)


def excess_earnings(profit: Money, *, other_assets: Money, ip_share: Decimal) -> Money:
    """A year's earnings of the right: what other assets do not explain, times its share."""
    return money_half_up((profit - other_assets).fen * Fraction(ip_share))


def cost_value(policy: Policy, told: Reproduction) -> Value:
    """What it would cost to make the right anew, with a margin, less its ageing."""
    anew = told.research_cost.fen * Fraction(told.price_index) + told.fees.fen
    exact = anew * (1 + Fraction(told.margin)) * (1 - Fraction(told.obsolescence))
    rule = policy["method_weights"].citation
    return _value(exact, (Step("made_anew", {}, money_half_up(Fraction(anew)), rule),))


def market_value(policy: Policy, comparables: Sequence[Comparable]) -> Value:
    """Mean of corrected prices. Raises ValueError without any."""
    if not comparables:
        raise ValueError("no price is known to compare with")
    prices = [_corrected(one) for one in comparables]
    rule = policy["method_weights"].citation
    working = tuple(Step("compared", {}, money_half_up(price), rule) for price in prices)
    return _value(sum(prices, Fraction(0)) / len(prices), working)


def _corrected(one: Comparable) -> Fraction:
    return one.price.fen * Fraction(one.time) * Fraction(one.technology) * Fraction(one.life)


def _value(exact: Fraction, working: tuple[Step, ...]) -> Value:
    return Value(money_half_up(exact), exact, working)
