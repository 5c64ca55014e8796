"""Which banks see an application first (domain.md 3.5; weights are policy).

A weighted sum of four figures between 0 and 1; ties by a hash of the application's id, so that
the same application is always shown to the same banks.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from workflows.machine import Situation


@dataclass(frozen=True, slots=True)
class Candidate:
    """A bank with a product that fits. All figures are 0 to 1, and 1 is best for the firm."""

    bank: str
    fit: Decimal  # how far the product covers what is asked
    speed: Decimal  # how fast the bank has approved so far
    price: Decimal  # how far its rate stays below the cap
    room: Decimal  # unused part of its quota


def score(candidate: Candidate, weights: tuple[Decimal, ...]) -> Decimal:
    """The weighted sum; weights in the order fit, speed, price, room."""
    figures = (candidate.fit, candidate.speed, candidate.price, candidate.room)
    return sum((w * f for w, f in zip(weights, figures, strict=True)), Decimal(0))


def tie_break(application: str, bank: str) -> str:
    """A fixed order of banks for one application that favours no bank over all."""
    return hashlib.sha256(f"{application}:{bank}".encode()).hexdigest()


def rank(
    candidates: tuple[Candidate, ...], application: str, *, weights: tuple[Decimal, ...]
) -> tuple[str, ...]:
    """Ids of the banks, best first."""
    ordered = sorted(candidates, key=lambda c: (-score(c, weights), tie_break(application, c.bank)))
    return tuple(candidate.bank for candidate in ordered)


def best_banks(
    s: Situation[Any], application: str, *, without: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """The banks an application is shown to, at most matching_max_banks. Fact: candidates."""
    weights: tuple[Decimal, ...] = s.policy["matching_rank_weights"].value
    most: int = s.policy["matching_max_banks"].value
    left = tuple(c for c in s.facts["candidates"] if c.bank not in without)
    return rank(left, application, weights=weights)[:most]
