"""Which products suit a firm: by its stage, its needs and its industry; ZD-4.3.

Advice binds nobody and names no bank.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from policies.reading.pack import Parameter, Policy


class UnknownStage(LookupError):
    """No such stage of a firm's growth; there are SEED, GROWTH, EXPANSION, PRE_LISTING."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A product with the need it meets and the parameter that recommends it at this stage."""

    product: str
    need: str
    rule: Parameter


def recommend_products(
    policy: Policy, *, stage: str, needs: Collection[str] = (), industry: str = ""
) -> tuple[Advice, ...]:
    """Products of the stage in the order of the case, those that meet a need; for () all.

    A patent-intensive loan is for patent-intensive industries only. Raises UnknownStage.
    """
    if stage not in STAGES:
        raise UnknownStage(stage)
    rule = policy[STAGES[stage]]
    meets = dict(zip(policy["advice_products"].value, policy["advice_needs"].value, strict=True))
    found = (Advice(product, meets[product], rule) for product in rule.value)
    return tuple(
        one
        for one in found
        if (not needs or one.need in needs) and _open_to(policy, one.product, industry)
    )


def _open_to(policy: Policy, product: str, industry: str) -> bool:
    closed = policy["industry_bound_products"].value
    return product not in closed or industry in policy["patent_intensive_industries"].value


# fmt: off
STAGES = {
    "SEED":        "advice_seed",
    "GROWTH":      "advice_growth",
    "EXPANSION":   "advice_expansion",
    "PRE_LISTING": "advice_pre_listing",
}
# fmt: on
