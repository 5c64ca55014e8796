"""Rounding: each mode on both sides of the half and on it, negative amounts included."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import per_cent, rate_text
from services.comparison.ledgers import percent_text
from services.kernel import figures
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


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        ("0.036", "3.60 %"), ("0.0435", "4.35 %"), ("0.06525", "6.525 %"), ("0", "0.00 %"),
        ("0.03", "3.00 %"), ("0.123456789", "12.3456789 %"), ("1", "100.00 %"),
    ],
)  # fmt: skip
def test_a_rate_is_shown_with_two_decimals_at_least_and_none_dropped(rate: str, shown: str) -> None:
    assert rate_text(Decimal(rate)) == shown
    assert figures.rate(Decimal(rate)) == percent_text(Decimal(rate)) == shown.replace(" ", "")


@given(millionths=st.integers(0, 10**6))
def test_a_rate_that_is_shown_is_the_rate_that_is_computed_with(millionths: int) -> None:
    rate = Decimal(millionths) / 10**6

    assert Decimal(per_cent(rate)) / 100 == rate
