"""One value out of several approaches, and when a person must look at them; ZD-5.1."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, money_half_up
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, those, unmet
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class Blend:
    """review: why a person must decide, none where the approaches agree well enough."""

    amount: Money
    review: tuple[Unmet, ...]
    working: tuple[Step, ...]


def blended(policy: Policy, values: Mapping[str, Money]) -> Blend:
    """Values by approach (INCOME, COST, MARKET) in their weights; a single one is cut instead.

    Of two approaches each keeps its weight in proportion. Raises ValueError for none and for an
    unknown approach.
    """
    methods, weights = policy["valuation_methods"].value, policy["method_weights"]
    if not values or set(values) - set(methods):
        raise ValueError(f"values are wanted by {', '.join(methods)}")
    if len(values) == 1:
        return _single(policy, *values.items())
    weight = {name: Fraction(w) for name, w in zip(methods, weights.value, strict=True)}
    whole = sum((weight[name] for name in values), Fraction(0))
    exact = sum((m.fen * weight[name] for name, m in values.items()), Fraction(0)) / whole
    working = tuple(
        Step("weighed", {"method": name, "weight": str(weight[name] / whole)}, m, weights.citation)
        for name, m in values.items()
    )
    return Blend(money_half_up(exact), _apart(policy, values), working)


def _single(policy: Policy, only: tuple[str, Money]) -> Blend:
    factor, (method, value) = policy["single_method_factor"], only
    amount = money_half_up(value.fen * Fraction(factor.value))
    inputs = {"method": method, "weight": factor.text}
    return Blend(amount, (), (Step("weighed", inputs, value, factor.citation),))


def _apart(policy: Policy, values: Mapping[str, Money]) -> tuple[Unmet, ...]:
    """Spread of the highest over the lowest, as a part of the lowest."""
    most, low, high = policy["method_spread_most"], min(values.values()), max(values.values())
    if (high - low).fen <= low.fen * Fraction(most.value):
        return ()
    spread = Decimal((high - low).fen) / Decimal(low.fen) if low else Decimal("Infinity")
    return those(unmet("methods_far_apart", most, f"{spread:.4f}"))
