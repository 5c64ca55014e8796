"""A score out of points and weights. Which points and which weights is the caller's."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

FULL = Decimal(100)


def weighted(weights: Sequence[Decimal], points: Sequence[Decimal]) -> Decimal:
    """Sum of weight x points. Raises ValueError unless each has a weight and lies in 0 to 100."""
    if any(not 0 <= one <= FULL for one in points):
        raise ValueError(f"points lie between 0 and {FULL}")
    return sum((w * p for w, p in zip(weights, points, strict=True)), Decimal(0))
