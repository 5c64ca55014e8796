"""What stands between markers is made anew; what a person wrote stays."""

from __future__ import annotations

from services.rulebook.markers import filled, written

PAGE = """# T

By hand.

<!-- generated: noun loan -->
old

<!-- end generated -->

After.
<!-- generated: contents -->
<!-- end generated -->
"""


def made(kind: str, what: str) -> str:
    return f"[{kind}|{what}]"


def test_each_marked_part_is_made_from_its_kind_and_argument() -> None:
    told = filled(PAGE, made)

    assert "<!-- generated: noun loan -->\n\n[noun|loan]\n\n<!-- end generated -->" in told
    assert "[contents|]" in told
    assert "old" not in told


def test_filling_twice_changes_nothing() -> None:
    assert filled(filled(PAGE, made), made) == filled(PAGE, made)


def test_what_a_person_wrote_is_left() -> None:
    assert written(PAGE) == "# T\n\nBy hand.\n\n\n\nAfter.\n\n"
