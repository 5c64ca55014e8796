"""How much a firm may be lent: its need of working capital, its collateral, its rating.

ZD-3.4.1 and ZD-5.3. A limit is the least of need, collateral cap and product cap.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, money_half_up
from policies.reading.pack import Policy
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class Business:
    """Last year's sales and what is expected of the coming one. turnover: times a year, above 0."""

    sales: Money
    margin: Decimal
    growth: Decimal
    turnover: Decimal
    own_funds: Money
    working_loans: Money
    other_channels: Money


@dataclass(frozen=True, slots=True)
class CreditLimit:
    """What may be lent, floored to the policy's step; working: what bound it."""

    amount: Money
    working: tuple[Step, ...]


def working_capital_need(policy: Policy, told: Business) -> CreditLimit:
    """The gap in working capital that new credit may fill; nothing where there is none.

    ZD-3.4.1 (流动资金需求测算). Rounded half-up to the fen.
    """
    volume = told.sales.fen * (1 - Fraction(told.margin)) * (1 + Fraction(told.growth))
    need = volume / Fraction(told.turnover)
    have = (told.own_funds + told.working_loans + told.other_channels).fen
    gap = money_half_up(max(need - have, Fraction(0)))
    rule = policy["need_formula"].citation
    working = (
        Step("need", {"turnover": str(told.turnover)}, money_half_up(need), rule),
        Step("new_credit", {"have": Money(have).yuan}, gap, rule),
    )
    return CreditLimit(gap, working)


def limit_by_value(
    policy: Policy,
    cap: Money,
    need: Money,
    *,
    multiplier: Decimal = Decimal(1),
    product_cap: Money | None = None,
) -> CreditLimit:
    """The lesser of collateral cap and need, times the rating's multiplier, floored to the step.

    A pure pledge is never lent more than the collateral cap, whatever the rating.
    """
    step = policy["limit_step"]
    raised = money_half_up(min(cap, need).fen * Fraction(multiplier))
    bounds = [raised, cap] + ([product_cap] if product_cap is not None else [])
    least = min(bounds)
    amount = Money(least.fen - least.fen % step.value.fen)
    inputs = {"cap": cap.yuan, "need": need.yuan, "multiplier": str(multiplier)}
    working = (
        Step("limit_raised", inputs, raised, policy["need_formula"].citation),
        Step("limit_floored", {"step": step.value.yuan}, amount, step.citation),
    )
    return CreditLimit(amount, working)
