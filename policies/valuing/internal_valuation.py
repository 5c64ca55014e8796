"""The bank's own valuation (内评法): where it is allowed, and its path from value to cap.

ZD-4.10 and ZD-5.3. Each shown figure is rounded from the exact one, never from another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, money_half_up
from policies.reading.pack import Policy
from policies.regions import folded, full_name, lies_in
from policies.sharing.fiscal_scheme import needs_external_valuation
from policies.sharing.gate import Unmet, those, unmet
from policies.sharing.loss import Step
from policies.valuing.collateral import Right, kept, pledge_rate, steps
from policies.valuing.scorecard import FULL
from policies.valuing.valuation import RoyaltyRelief, income_value


@dataclass(frozen=True, slots=True)
class Internal:
    """base: relief from royalty. scored: times the score. collateral: after the haircut."""

    base: Money
    scored: Money
    collateral: Money
    cap: Money
    working: tuple[Step, ...]


def internal_valuation(
    policy: Policy,
    told: RoyaltyRelief,
    *,
    kind: str,
    score: Decimal,
    remaining_years: Decimal | None = None,
) -> Internal:
    """Vector V23: base value x score / 100, less the haircut, times the pledge rate."""
    base = income_value(policy, told)
    scored = base.exact * Fraction(score) / FULL
    right = Right(kind, money_half_up(scored), remaining_years)
    collateral = scored * kept(policy, right)
    cap = collateral * pledge_rate(policy, right)
    told_score, weights = {"score": str(score)}, policy["scorecard_weights"]
    working = (
        *base.working,
        Step("base_value", {}, base.amount, policy["valuation_basis"].citation),
        Step("score_factor", told_score, right.value, weights.citation),
        *steps(policy, right, value=collateral, cap=cap),
    )
    return Internal(
        base.amount, right.value, money_half_up(collateral), money_half_up(cap), working
    )


def internal_valuation_gates(policy: Policy, region: str, amount: Money) -> tuple[Unmet, ...]:
    """A pilot region and a loan within the national limit; else an outside report is needed.

    region: by code or name. Raises UnknownRegion.
    """
    return those(_in_pilot_region(policy, folded(region)), needs_external_valuation(policy, amount))


def _in_pilot_region(policy: Policy, code: str) -> Unmet | None:
    regions = policy["pilot_regions_named"]
    if lies_in(code, regions.value):
        return None
    return unmet("outside_pilot_regions", regions, full_name(code))


def overridden(policy: Policy, model: Money, chosen: Money, *, reason: str) -> tuple[Unmet, ...]:
    """A person may depart from the model's value so far, and only with a reason."""
    most = policy["override_most"]
    apart = abs(chosen.fen - model.fen)
    far = apart > model.fen * Fraction(most.value)
    return those(
        unmet("override_too_large", most, chosen, threshold=f"{model} ± {most.text}")
        if far
        else None,
        unmet("override_without_reason", most, "-") if apart and not reason.strip() else None,
    )


def back_test(policy: Policy, ratios: Sequence[Decimal]) -> tuple[Unmet, ...]:
    """Realised price over value at default: beyond a mean error the model is calibrated anew."""
    most = policy["back_test_error_most"]
    if not ratios:
        return ()
    error = sum((abs(Fraction(r) - 1) for r in ratios), Fraction(0)) / len(ratios)
    shown = f"{Decimal(error.numerator) / error.denominator:.4f}"
    return those(unmet("model_off", most, shown) if error > Fraction(most.value) else None)
