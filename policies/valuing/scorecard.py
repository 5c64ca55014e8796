"""The bank's scorecard of a right: legal, technical and economic indicators; ZD-5.2.

A score is a factor on the value, not the value itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, those, unmet
from policies.sharing.loss import Step

FULL = 100


@dataclass(frozen=True, slots=True)
class Card:
    """score: 0 to 100. confidence: the weight of what was scored, 0 to 1. missing: counted as 0.

    dimensions: points of each out of its own weight, in the order of the policy.
    """

    score: Decimal
    confidence: Decimal
    missing: tuple[str, ...]
    dimensions: tuple[Decimal, ...]
    unmet: tuple[Unmet, ...]
    working: tuple[Step, ...]


def scorecard(policy: Policy, scores: Mapping[str, Decimal]) -> Card:
    """Sum of weight times score over 100; too low a confidence asks for an outside report.

    Raises ValueError for an unknown indicator and for scores outside 0 to 100.
    """
    weights = _weights(policy)
    _check(scores, weights)
    points = {name: w * scores.get(name, Decimal(0)) / FULL for name, w in weights.items()}
    confidence = Decimal(sum(weights[name] for name in scores)) / FULL
    return Card(
        sum(points.values(), Decimal(0)),
        confidence,
        tuple(name for name in weights if name not in scores),
        tuple(_sums(policy, list(points.values()))),
        _unsure(policy, confidence),
        tuple(_working(policy, weights, points)),
    )


def _check(scores: Mapping[str, Decimal], known: Mapping[str, int]) -> None:
    if strange := set(scores) - set(known):
        raise ValueError(f"no indicator is named {', '.join(sorted(strange))}")
    if any(not 0 <= score <= FULL for score in scores.values()):
        raise ValueError("scores lie between 0 and 100")


def _working(
    policy: Policy, weights: Mapping[str, int], points: Mapping[str, Decimal]
) -> Iterator[Step]:
    rule = policy["scorecard_weights"].citation
    for name, weight in weights.items():
        inputs = {"indicator": name, "weight": str(weight), "points": str(points[name])}
        yield Step("scored", inputs, None, rule)


def _weights(policy: Policy) -> dict[str, int]:
    names, weights = policy["scorecard_indicators"].value, policy["scorecard_weights"].value
    return dict(zip(names, weights, strict=True))


def _sums(policy: Policy, points: list[Decimal]) -> list[Decimal]:
    """Points of each dimension: so many indicators belong to each, in order."""
    found, start = [], 0
    for size in policy["scorecard_dimension_sizes"].value:
        found.append(sum(points[start : start + size], Decimal(0)))
        start += size
    return found


def _unsure(policy: Policy, confidence: Decimal) -> tuple[Unmet, ...]:
    least = policy["scorecard_confidence"]
    low = confidence < least.value
    return those(unmet("external_report_needed", least, confidence) if low else None)
