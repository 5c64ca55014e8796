"""The list's address: what it asks for, and what is ignored in it."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest

from services.console.loan_filter import LoanFilter, Seen, condition, read
from services.console.phases import PHASES, phase_of
from workflows.loan.states import LoanState


def asking(address: str) -> LoanFilter:
    """The filter that a request of this address leads to."""
    return read(dict(parse_qsl(urlsplit(address).query)), world="main")


def test_the_address_of_a_filter_asks_for_the_same_filter() -> None:
    asked = LoanFilter(
        world="main", phase="risk", origin="boarded", q="a & b", sort="dpd", down=True,
        after="31~L1",
    )  # fmt: skip

    address = asked.url({"after": asked.after})

    assert asking(address) == asked
    assert "world=main" in address


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "drop table loan"},
        {"sort": "--id"},
        {"phase": "elsewhere"},
        {"state": "ACTIVE'--"},
        {"mark": "1=1"},
        {"origin": "mars"},
        {"after": "abc"},
        {"after": "~"},
        {"sort": "id", "after": "a\x00~b"},
        {"page": "abc"},
    ],
)
def test_what_the_list_does_not_know_is_ignored(asked: dict[str, str]) -> None:
    assert read(asked, world="main") == LoanFilter(world="main")


@pytest.mark.parametrize(
    ("sort", "after"),
    [
        ("dpd", "many~L1"),
        ("drawn", "99999999999999999999999~L1"),
        ("rate", "NaN~L1"),
        ("rate", "1e999999~L1"),
        ("due", "2026-02-30~L1"),
    ],
)
def test_a_broken_cursor_leads_to_the_first_page(sort: str, after: str) -> None:
    assert read({"sort": sort, "after": after}, world="") == LoanFilter(sort=sort)


def test_a_change_of_the_filter_leaves_the_page() -> None:
    asked = LoanFilter(sort="dpd", after="31~L1")

    assert asked.url({"phase": "risk"}) == "/loans?phase=risk&sort=dpd"


def test_a_column_asked_twice_sorts_the_other_way_round() -> None:
    once = asking(LoanFilter(world="main").sorted_by("drawn"))
    twice = asking(once.sorted_by("drawn"))

    assert (once.down, twice.down) == (True, False)


def test_signs_of_the_pattern_language_are_searched_as_they_stand() -> None:
    _, values = condition(LoanFilter(q="50%_\\"), Seen())

    assert values == {"org": "", "like": "%50\\%\\_\\\\%"}


def test_every_state_of_a_loan_stands_in_exactly_one_phase() -> None:
    placed = [state for phase in PHASES.values() for state in phase.states]

    assert sorted(placed) == sorted(state.name for state in LoanState)
    assert phase_of("OVERDUE") == "risk"
