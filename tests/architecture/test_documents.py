"""What the documents say is there: files, commands, figures and grades, in both languages."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from policies.reading.loader import load
from services.cli.main import COMMANDS
from services.kernel.settings import ROOT
from services.reports.clauses import value_text

WRITTEN = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
GUIDES = {"en": ROOT / "docs/guide/loan.md", "zh": ROOT / "docs/guide/loan.zh-CN.md"}
READMES = {"en": ROOT / "README.md", "zh": ROOT / "README.zh-CN.md"}
LINK = re.compile(r"\]\((?!https?:|<)([^)#\s]*)(#[^)\s]*)?\)")
RULE = re.compile(r"^\| .+ \| `(\w+)` \| (.+) \| (seed|public|assumed) \|$", re.M)
AMOUNT = re.compile(r"\d{1,3}(?:,\d{3})*\.\d\d(?!\d| ?%)")
TYPED = re.compile(r"(?:\./|\b)zhidai ([a-z]+)")
DRAWN = date(2025, 8, 14)


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(path: Path) -> set[str]:
    """Anchors of a document: of its headings, as a forge makes them, and those written out."""
    text = path.read_text("utf-8")
    heads = re.findall(r"^#+ (.+)$", text, re.M)
    made = {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}
    return made | set(re.findall(r'^<a id="(.+)"></a>$', text, re.M))


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_relative_link_leads_somewhere(path: Path) -> None:
    broken = []
    for target, anchor in LINK.findall(path.read_text("utf-8")):
        found = (path.parent / target).resolve() if target else path
        inside = found.is_relative_to(ROOT) and found.exists()
        if not inside or (anchor and anchor[1:] not in anchors(found)):
            broken.append(target + anchor)

    assert broken == []


@pytest.mark.parametrize("path", WRITTEN, ids=named)
def test_every_command_a_document_names_exists(path: Path) -> None:
    typed = set(TYPED.findall(path.read_text("utf-8")))

    assert typed - set(COMMANDS) == set()


@pytest.mark.parametrize("lang", GUIDES)
def test_the_guide_states_rules_as_the_case_does(lang: str) -> None:
    policy = load("jiangsu").on(DRAWN)
    stated = RULE.findall(GUIDES[lang].read_text("utf-8"))

    wrong = [
        name
        for name, value, grade in stated
        if (value, grade) != (value_text(policy[name], lang), policy[name].citation.grade.value)
    ]

    assert wrong == []
    assert len(stated) > 30


def test_both_guides_tell_the_same_rules_and_amounts() -> None:
    english, chinese = (GUIDES[lang].read_text("utf-8") for lang in ("en", "zh"))

    assert [r[0] for r in RULE.findall(english)] == [r[0] for r in RULE.findall(chinese)]
    assert set(AMOUNT.findall(english)) == set(AMOUNT.findall(chinese))


def test_both_readmes_tell_the_same_amounts_commands_and_links() -> None:
    english, chinese = (READMES[lang].read_text("utf-8") for lang in ("en", "zh"))

    assert set(AMOUNT.findall(english)) == set(AMOUNT.findall(chinese))
    assert set(TYPED.findall(english)) == set(TYPED.findall(chinese))
    theirs = {t.replace(".zh-CN", "") for t, _ in LINK.findall(chinese)}
    assert theirs == {t.replace(".zh-CN", "") for t, _ in LINK.findall(english)}
    assert [len(re.findall(rf"^{n} ", english, re.M)) for n in ("#", "##")] == [
        len(re.findall(rf"^{n} ", chinese, re.M)) for n in ("#", "##")
    ]


def test_a_broken_link_would_be_noticed() -> None:
    assert LINK.findall("see [it](docs/x.md#part) and [that](https://a.b/c)") == [
        ("docs/x.md", "#part")
    ]
    assert "one-loan-step-by-step" in anchors(GUIDES["en"])
