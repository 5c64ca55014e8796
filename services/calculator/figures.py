"""How a figure of an answer is written: with the decimals the question's amounts have."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from policies.money import Money


def decimals(amounts: Iterable[Any]) -> int:
    """The most decimals that any of the amounts was written with: "250.00" has 2, "250" none."""
    return max((len(str(one).partition(".")[2]) for one in amounts), default=0)


def written(amount: Money, digits: int) -> str:
    """An amount with so many decimals, and more where it would lose some."""
    exact = Decimal(amount.fen) / 100
    return f"{exact:.{max(digits, decimals([f'{exact.normalize():f}']))}f}"
