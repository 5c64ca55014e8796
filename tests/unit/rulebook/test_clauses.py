"""A clause is found by its id; an unknown one is told with what lies near."""

from __future__ import annotations

import pytest

from services.rulebook import clauses
from services.rulebook.clauses import UnknownClause


@pytest.mark.parametrize("asked", ["ZD-3.8", "zd-3.8", " 3.8 "])
def test_a_clause_is_found_however_its_id_is_typed(asked: str) -> None:
    assert clauses.clause(asked, "en").ident == "ZD-3.8"


def test_what_lies_beneath_a_clause_is_named_one_level_down() -> None:
    below = [one.ident for one in clauses.beneath("ZD-3.8", "zh")]
    chapters = [one.ident for one in clauses.beneath("ZD-5", "zh")]

    assert below[0] == "ZD-3.8.1"
    assert chapters == ["ZD-5.1", "ZD-5.2", "ZD-5.3", "ZD-5.4", "ZD-5.5"]


def test_an_unknown_clause_is_told_with_those_above_it() -> None:
    with pytest.raises(UnknownClause) as found:
        clauses.clause("ZD-3.8.99", "en")

    assert found.value.near[:2] == ("ZD-3.8", "ZD-3")
    assert found.value.exit_code == 2
    assert "ZD-3.8.99" in str(found.value)


def test_ids_are_found_once_in_the_order_of_the_text() -> None:
    assert clauses.cited_in("ZD-3.9; ZD-3.6 and ZD-3.9") == ("ZD-3.9", "ZD-3.6")
