"""A page of the rulebook is read into clauses with their fields; a malformed one is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.rulebook.reading import CITED, WrongChapter, order, read

PAGE = """# Overdue

Lead.

<a id="ZD-3.8"></a>
## ZD-3.8 Days past due

Counted from the oldest due date.

- a bullet of the rule

- **Why**: the oldest debt
  is the one that is late.
- **Law or practice**：none.
- **Grade**: assumed
- **On the platform**: yes

<a id="ZD-3.8.1"></a>
### ZD-3.8.1 Non-accrual

From day 91.

- **Grade**: public
- **On the platform**: not yet

## Lifecycle

Not of the clause.
"""


def page(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "overdue.md"
    path.write_text(text, "utf-8")
    return path


def test_a_clause_has_its_rule_and_its_fields(tmp_path: Path) -> None:
    found = read(page(tmp_path, PAGE), "en")

    first, second = found.clauses
    assert (found.name, found.title) == ("overdue", "Overdue")
    assert (first.ident, first.title, first.page) == ("ZD-3.8", "Days past due", "overdue")
    assert first.text == "Counted from the oldest due date.\n\n- a bullet of the rule"
    assert first.why == "the oldest debt is the one that is late."
    assert (first.law, first.grade, first.platform, first.context) == (
        "none.",
        "assumed",
        "yes",
        "",
    )
    assert (second.text, second.platform) == ("From day 91.", "not yet")


def test_chinese_fields_are_the_same_fields_and_lines_join_without_a_blank(tmp_path: Path) -> None:
    text = (
        '# 逾期\n\n<a id="ZD-3.8"></a>\n## ZD-3.8 天数\n\n规则。\n\n- **缘由**：最早的\n  债务。\n'
    )

    found = read(page(tmp_path, text), "zh").clauses[0]

    assert (found.text, found.why) == ("规则。", "最早的债务。")


@pytest.mark.parametrize(
    "text",
    [
        "no title",
        '# T\n\n<a id="ZD-3.8"></a>\n## ZD-3.9 Another id\n\nText.\n',
        '# T\n\n<a id="ZD-3.8"></a>\n\n## ZD-3.8 A line between\n',
        '# T\n\n<a id="ZD-3.8"></a>\n## ZD-3.8 Twice\n\n- **Grade**: seed\n- **Grade**: public\n',
    ],
)
def test_a_page_of_another_form_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(WrongChapter):
        read(page(tmp_path, text), "en")


def test_ids_sort_by_number_and_appendices_last() -> None:
    idents = ["ZD-C.2", "ZD-3.10", "ZD-3.9", "ZD-3", "ZD-A", "ZD-0.1"]

    assert sorted(idents, key=order) == ["ZD-0.1", "ZD-3", "ZD-3.9", "ZD-3.10", "ZD-A", "ZD-C.2"]


def test_a_claim_s_number_is_no_clause() -> None:
    text = "SZD-0001 under ZD-3.8, ZD-C.12; ZD-3.8.1. See ZD-3.88x"

    assert CITED.findall(text) == ["ZD-3.8", "ZD-C.12", "ZD-3.8.1"]
