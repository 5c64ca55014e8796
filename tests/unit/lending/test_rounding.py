"""Rounding: each mode on both sides of the half and on it, negative amounts included."""

from __future__ import annotations

from fractions import Fraction

import pytest

from workflows.lending.rounding import Rounding, fen, rounded

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("exact", "half_up", "half_even", "up"),
    [
        (Fraction(5, 2), 3, 2, 3),
        (Fraction(7, 2), 4, 4, 4),
        (Fraction(249, 100), 2, 2, 3),
        (Fraction(251, 100), 3, 3, 3),
        (Fraction(2), 2, 2, 2),
        (Fraction(0), 0, 0, 0),
        (-HALF, -1, 0, 0),
        (Fraction(-3, 2), -2, -2, -1),
        (Fraction(-26, 10), -3, -3, -2),
    ],
)
def test_a_half_goes_where_the_mode_says(
    exact: Fraction, half_up: int, half_even: int, up: int
) -> None:
    found = [rounded(exact, mode) for mode in Rounding]

    assert found == [half_up, half_even, up]


@pytest.mark.parametrize(
    ("exact", "multiple", "expected"),
    [(41_666_667, 10_000, 41_670_000), (25_000, 10_000, 20_000), (35_000, 10_000, 40_000)],
)
def test_amounts_round_to_a_multiple(exact: int, multiple: int, expected: int) -> None:
    assert rounded(Fraction(exact), Rounding.HALF_EVEN, multiple=multiple) == expected


def test_parts_of_a_fen_are_no_amount() -> None:
    from decimal import Decimal

    assert fen(Decimal("0.01")) == 1
    with pytest.raises(ValueError, match="parts of a fen"):
        fen(Decimal("0.001"))
