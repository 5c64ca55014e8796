"""What pledged rights are worth as security and how much may be lent on them; ZD-5.4, ZD-5.5.

Haircut first, then the pledge rate of the kind, cut for a short rest of life. Rounded once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, money_half_up, total
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, those, unmet
from policies.sharing.loss import Step
from policies.valuing.right_life import life_factor

UTILITY_MODEL, TRADEMARK = "UTILITY_MODEL", "TRADEMARK"


@dataclass(frozen=True, slots=True)
class Right:
    """A right that is pledged. remaining_years: None where its term does not matter.

    standing: GOOD, ATTACKED (an invalidation is pending), VOID or WELL_KNOWN (a trademark).
    """

    kind: str
    value: Money
    remaining_years: Decimal | None = None
    standing: str = "GOOD"


@dataclass(frozen=True, slots=True)
class Collateral:
    """value: after haircuts. cap: the most that may be lent on it. unmet: rules of the bundle."""

    value: Money
    cap: Money
    unmet: tuple[Unmet, ...]
    working: tuple[Step, ...]


def collateral_cap(policy: Policy, rights: Sequence[Right]) -> Collateral:
    """Collateral value and lending cap of the rights pledged together."""
    values = [collateral_value(policy, one) for one in rights]
    caps = [v * pledge_rate(policy, one) for v, one in zip(values, rights, strict=True)]
    working = tuple(
        step
        for one, value, cap in zip(rights, values, caps, strict=True)
        for step in steps(policy, one, value=value, cap=cap)
    )
    whole, cap = sum(values, Fraction(0)), sum(caps, Fraction(0))
    return Collateral(money_half_up(whole), money_half_up(cap), bundle(policy, rights), working)


def collateral_value(policy: Policy, right: Right) -> Fraction:
    """Fen after the haircut of the kind, and the further one while an invalidation is pending."""
    return right.value.fen * kept(policy, right)


def kept(policy: Policy, right: Right) -> Fraction:
    """The part of the value that haircuts leave; nothing of a right that is void."""
    if right.standing == "VOID":
        return Fraction(0)
    left = 1 - _of_kind(policy, "collateral_haircuts", right.kind)
    if right.standing == "ATTACKED":
        return left * (1 - Fraction(policy["invalidation_haircut"].value))
    return left


def pledge_rate(policy: Policy, right: Right) -> Fraction:
    """The kind's cap, or that of a well-known mark, times the life factor."""
    if right.kind == TRADEMARK and right.standing == "WELL_KNOWN":
        rate = Fraction(policy["well_known_mark_rate"].value)
    else:
        rate = _of_kind(policy, "pledge_rate_caps", right.kind)
    if right.remaining_years is None:
        return rate
    return rate * life_factor(policy, right.remaining_years)


def _of_kind(policy: Policy, name: str, kind: str) -> Fraction:
    kinds = policy["collateral_kinds"].value
    if kind not in kinds:
        raise ValueError(f"{kind!r} is none of {', '.join(kinds)}")
    return Fraction(policy[name].value[kinds.index(kind)])


def bundle(policy: Policy, rights: Sequence[Right]) -> tuple[Unmet, ...]:
    """Of several rights of any worth none may be too large a part, nor utility models together."""
    rights = [one for one in rights if kept(policy, one) and one.value]
    values = [collateral_value(policy, one) for one in rights]
    whole = sum(values, Fraction(0))
    if len(rights) < 2:
        return ()
    models = [v for v, one in zip(values, rights, strict=True) if one.kind == UTILITY_MODEL]
    single, utility = policy["bundle_single_most"], policy["bundle_utility_most"]
    largest, light = max(values) / whole, sum(models, Fraction(0)) / whole
    return those(
        unmet("bundle_one_right", single, _share(largest)) if largest > single.value else None,
        unmet("bundle_utility_models", utility, _share(light)) if light > utility.value else None,
    )


def _share(part: Fraction) -> str:
    return f"{Decimal(part.numerator) / part.denominator:.4f}"


def licence_income(policy: Policy, months: Sequence[Money]) -> Money:
    """The licence income that counts as security: of the coming months, so many."""
    return total(months[: policy["licence_income_months"].value])


def steps(policy: Policy, right: Right, *, value: Fraction, cap: Fraction) -> tuple[Step, ...]:
    """The working of one right: its value after the haircut and the cap lent on it, in fen."""
    haircuts, rates = policy["collateral_haircuts"], policy["pledge_rate_caps"]
    rate, haircut = pledge_rate(policy, right), 1 - kept(policy, right)
    told = {"kind": right.kind, "value": right.value.yuan, "haircut": _share(haircut)}
    lent = {"kind": right.kind, "rate": _share(rate)}
    return (
        Step("haircut", told, money_half_up(value), haircuts.citation),
        Step("pledge_rate", lent, money_half_up(cap), rates.citation),
    )
