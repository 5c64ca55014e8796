"""The white list of a scene: how many are taken, and that the order of the input plays no part."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.rating.white_list import Candidate, listed_firms
from policies.reading.pack import Policy
from policies.reading.variants import policy_of

DAY = date(2026, 1, 5)


def ningbo() -> Policy:
    return policy_of("ningbo", DAY)


def firm(name: str, mark: int, scene: str = "CHIPS") -> Candidate:
    """A firm that passes the filters, with the same mark in everything."""
    points = (Decimal(mark),) * 5
    return Candidate(name, scene, points, 1, 0, date(2020, 1, 1))


@pytest.mark.parametrize(("firms", "taken"), [(1, 1), (10, 1), (11, 2), (20, 2), (21, 3)])
def test_the_best_tenth_is_rounded_up_to_a_whole_firm(firms: int, taken: int) -> None:
    candidates = [firm(f"F{n}", n) for n in range(firms)]

    found = listed_firms(ningbo(), candidates, on=DAY)

    best = [f"F{n}" for n in range(firms - 1, firms - 1 - taken, -1)]
    assert [one.firm for one in found] == best


def test_each_scene_has_its_own_best() -> None:
    candidates = [firm("A", 90), firm("B", 80, "CATERING"), firm("C", 70, "CATERING")]

    found = listed_firms(ningbo(), candidates, on=DAY)

    assert [(one.scene, one.firm) for one in found] == [("CATERING", "B"), ("CHIPS", "A")]


@given(st.permutations(range(25)))
def test_equal_scores_give_the_same_list_in_whatever_order_they_come(order: list[int]) -> None:
    names = [f"F{n}" for n in range(25)]

    found = listed_firms(ningbo(), [firm(names[n], 50) for n in order], on=DAY)

    assert found == listed_firms(ningbo(), [firm(name, 50) for name in names], on=DAY)
    assert len(found) == 3
