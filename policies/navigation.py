"""Patent navigation: the score of a chain's leader or member, and its quota; domain.md 4.9."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.gate import Unmet, those, unmet
from policies.loss import Step
from policies.money import Money
from policies.pack import Policy

LEADER = "LEADER"


@dataclass(frozen=True, slots=True)
class Navigation:
    """score: autonomy plus growth. chain_quota: of a leader that scores high enough, else zero."""

    score: Decimal
    chain_quota: Money
    unmet: tuple[Unmet, ...]
    working: tuple[Step, ...]


def navigation_score(
    policy: Policy, autonomy: Decimal, growth: Decimal, *, place: str = "MEMBER"
) -> Navigation:
    """Technical autonomy and innovative growth, each from 0 to its most; place: LEADER or MEMBER.

    Raises ValueError for a part outside its range.
    """
    most, needed, high = (
        policy["navigation_part_most"],
        policy["navigation_pass"],
        policy["navigation_leader"],
    )
    if not all(0 <= part <= most.value for part in (autonomy, growth)):
        raise ValueError(f"each part lies between 0 and {most.value}")
    score = autonomy + growth
    low = unmet("navigation_too_low", needed, score) if score < needed.value else None
    quota = policy["leader_chain_quota"]
    opens = place == LEADER and score >= high.value
    inputs = {"autonomy": str(autonomy), "growth": str(growth), "score": str(score)}
    granted = quota.value if opens and low is None else Money.ZERO
    working = (
        Step("navigation", inputs, None, needed.citation),
        Step("chain_quota", {"needed": high.text, "place": place}, granted, quota.citation),
    )
    return Navigation(score, granted, those(low), working)
