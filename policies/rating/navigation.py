"""Patent navigation: the score of a chain's leader or member, and its quota; ZD-4.9."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, those, unmet
from policies.sharing.loss import Step

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
    most, needed = policy["navigation_part_most"], policy["navigation_pass"]
    if not all(0 <= part <= most.value for part in (autonomy, growth)):
        raise ValueError(f"each part lies between 0 and {most.value}")
    score = autonomy + growth
    low = unmet("navigation_too_low", needed, score) if score < needed.value else None
    granted, chain = _chain_quota(policy, score, place=place)
    inputs = {"autonomy": str(autonomy), "growth": str(growth), "score": str(score)}
    return Navigation(
        score, granted, those(low), (Step("navigation", inputs, None, needed.citation), chain)
    )


def _chain_quota(policy: Policy, score: Decimal, *, place: str) -> tuple[Money, Step]:
    """The quota of a leader that scores high enough; the higher bar includes the pass."""
    quota, high = policy["leader_chain_quota"], policy["navigation_leader"]
    opens = place == LEADER and score >= high.value
    granted: Money = quota.value if opens else Money.ZERO
    inputs = {"needed": high.text, "place": place}
    return granted, Step("chain_quota", inputs, granted, quota.citation)
