"""Innovation points: an enterprise's score by its stage of life, and the limit a score opens.

ZD-4.8. Indicators come in as scores of 0 to 100; how they are measured is told elsewhere.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from policies.money import Money
from policies.reading.pack import Parameter, Policy
from policies.sharing.gate import Unmet, those, unmet
from policies.sharing.loss import Step

FULL = 100
PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Score:
    """points: two decimals, half-up. dimensions: mean of each. missing: indicators counted as 0."""

    points: Decimal
    dimensions: tuple[Decimal, ...]
    missing: tuple[str, ...]
    working: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class PointsLimit:
    """What a score opens: a limit and the spread over LPR; zero and zero where it opens nothing."""

    limit: Money
    spread: Decimal
    unmet: tuple[Unmet, ...]
    working: tuple[Step, ...]


def points_score(policy: Policy, stage: str, scores: Mapping[str, Decimal]) -> Score:
    """Sum of the stage's weights times the mean of each dimension; missing indicators count 0.

    Raises ValueError for an unknown stage or indicator, and for scores outside 0 to 100.
    """
    weights, dimensions = _weights(policy, stage), _dimensions(policy)
    known = [name for one in dimensions for name in one.value]
    if strange := set(scores) - set(known):
        raise ValueError(f"no indicator is named {', '.join(sorted(strange))}")
    if any(not 0 <= score <= FULL for score in scores.values()):
        raise ValueError("scores lie between 0 and 100")
    means = [_mean(one, scores) for one in dimensions]
    points = sum((Fraction(w) * m for w, m in zip(weights.value, means, strict=True)), Fraction(0))
    working = tuple(
        Step("points_part", {"mean": f"{_two(m)}", "weight": str(w)}, None, weights.citation)
        for w, m in zip(weights.value, means, strict=True)
    )
    missing = tuple(name for name in known if name not in scores)
    return Score(_two(points), tuple(_two(m) for m in means), missing, working)


def _weights(policy: Policy, stage: str) -> Parameter:
    if stage not in _STAGES:
        raise ValueError(f"{stage!r} is none of {', '.join(_STAGES)}")
    return policy[_STAGES[stage]]


def _dimensions(policy: Policy) -> tuple[Parameter, ...]:
    names = ("points_technology", "points_growth", "points_auxiliary")
    return tuple(policy[name] for name in names)


def _mean(dimension: Parameter, scores: Mapping[str, Decimal]) -> Fraction:
    found = (Fraction(scores.get(name, 0)) for name in dimension.value)
    return sum(found, Fraction(0)) / len(dimension.value)


def _two(value: Fraction) -> Decimal:
    return (Decimal(value.numerator) / value.denominator).quantize(PLACES, ROUND_HALF_UP)


def limit_by_points(
    policy: Policy, points: Decimal, *, scored_on: date, today: date
) -> PointsLimit:
    """The limit and the spread of the band a score lies in, while the score is valid."""
    floors, limits = policy["points_band_floors"], policy["points_band_limits"]
    reached = [n for n, floor in enumerate(floors.value) if points >= floor]
    late = _expired(policy, scored_on, today)
    low = None if reached else unmet("points_below_bands", floors, points)
    if late or low:
        return PointsLimit(Money.ZERO, Decimal(0), those(late, low), ())
    limit, spread = limits.value[reached[-1]], policy["points_band_spreads"].value[reached[-1]]
    inputs = {"points": str(points), "floor": str(floors.value[reached[-1]]), "spread": str(spread)}
    return PointsLimit(limit, spread, (), (Step("points_band", inputs, limit, limits.citation),))


def _expired(policy: Policy, scored_on: date, today: date) -> Unmet | None:
    days = policy["points_valid_days"]
    last = scored_on + timedelta(days=days.value)
    return None if today <= last else unmet("points_expired", days, today, threshold=last)


# fmt: off
_STAGES = {
    "START_UP": "points_weights_start_up",
    "GROWTH":   "points_weights_growth",
    "STABLE":   "points_weights_stable",
}
# fmt: on
