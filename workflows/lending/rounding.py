"""Round exact amounts to whole fen or to a multiple; every mode is named, none is a default here.

Works on fractions, so that a half is a half: no binary float, no cut-off digits.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from fractions import Fraction


class Rounding(Enum):
    """How a remainder is settled; the value is the word that a case or a flag uses."""

    HALF_UP = "half_up"  # halves away from zero: 四舍五入, our default (ZD-1.3)
    HALF_EVEN = "half_even"  # halves to the even neighbour, the banker's rounding
    UP = "up"  # always to the next whole unit


def rounded(exact: Fraction, rounding: Rounding, *, multiple: int = 1) -> int:
    """The multiple of `multiple` fen next to an exact amount in fen; multiple >= 1."""
    return rounded_ratio(exact.numerator, exact.denominator, rounding, multiple=multiple)


def rounded_ratio(
    numerator: int, denominator: int, rounding: Rounding, *, multiple: int = 1
) -> int:
    """As `rounded`, of numerator / denominator fen, which need not be reduced; denominator > 0."""
    whole, rest = divmod(numerator, denominator * multiple)
    if rest:
        rest = 2 * rest - denominator * multiple  # below, at or above the middle
        whole += _up(rest, whole, rounding)
    return whole * multiple


def _up(rest: int, below: int, rounding: Rounding) -> bool:
    """Whether the multiple above `below` is taken; `rest` is what exceeds the middle, twice."""
    if rounding is Rounding.UP:
        return True
    if rest:
        return rest > 0
    return below % 2 == 1 if rounding is Rounding.HALF_EVEN else below >= 0


def fen(amount: Decimal) -> int:
    """An amount in yuan as fen. Raises ValueError for parts of a fen."""
    exact = amount * 100
    if exact % 1:
        raise ValueError(f"{amount} has parts of a fen")
    return int(exact)
