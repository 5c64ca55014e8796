"""Whether loans may be pooled into notes: enough firms, none of them too large; ZD-4.7."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, those, unmet


def pool_unmet(policy: Policy, firms: Mapping[str, Money]) -> tuple[Unmet, ...]:
    """The rules of the pool that amounts by firm break; none where it may be pooled."""
    return those(_enough(policy, firms), _spread(policy, firms))


def _enough(policy: Policy, firms: Mapping[str, Money]) -> Unmet | None:
    least = policy["pool_min_firms"]
    if len(firms) >= least.value:
        return None
    return unmet("pool_firms_too_few", least, len(firms))


def _spread(policy: Policy, firms: Mapping[str, Money]) -> Unmet | None:
    most, whole = policy["pool_firm_share"], total(firms.values())
    largest = max(firms.values(), default=Money.ZERO)
    if largest.fen <= whole.fen * Fraction(most.value):
        return None
    share = Decimal(largest.fen) / Decimal(whole.fen)
    return unmet("pool_firm_too_large", most, f"{share:.4f}")
