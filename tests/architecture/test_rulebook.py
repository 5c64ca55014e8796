"""The rulebook holds every rule that is cited, alike in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from services.kernel.language import LANGUAGES
from services.kernel.settings import ROOT
from services.rulebook.clauses import beneath, clauses
from services.rulebook.markers import written
from services.rulebook.reading import CHECKOUT, CITED, Chapter, Provision, pages

FOLDERS = ("alembic", "benchmarks", "docs", "policies", "services", "tests", "workflows")
KINDS = {".py", ".toml", ".md", ".po", ".html", ".json", ".css", ".js", ".yml", ".csv", ".mako"}
UNPUBLISHED = [f"{name}.md" for name in ("domain", "architecture", "reliability", "house")]
FIGURE = re.compile(r"\d+(?:[,.:/\-]\d+)*")
ADDRESS = re.compile(r"\]\([^)]*\)|`[^`]*`")
ANCHORED = re.compile(r"\]\(([a-z-]+)\.md#(ZD-[0-9A-D.]+)\)")

# fmt: off
GRADES = {
    "en": {"seed", "public", "assumed", "unread", "derived"},
    "zh": {"案例原文", "公开来源", "假设", "未读文件", "推算"},
}
PLATFORM = {
    "en": ("yes", "in part", "not yet"),
    "zh": ("已实现", "部分实现", "尚未实现"),
}
# fmt: on


@lru_cache(maxsize=1)
def texts() -> dict[Path, str]:
    """Every text of the repository."""
    found = [path for path in ROOT.iterdir() if path.suffix in KINDS]
    found += [path for name in FOLDERS for path in (ROOT / name).rglob("*") if path.suffix in KINDS]
    return {path.relative_to(ROOT): path.read_text("utf-8") for path in found}


def outside() -> Iterator[str]:
    """Texts that cite the rulebook: all but its own pages and this test."""
    own = (CHECKOUT.relative_to(ROOT), Path("tests"))
    return (
        text for path, text in texts().items() if not any(path.is_relative_to(one) for one in own)
    )


def both() -> list[tuple[Chapter, Chapter]]:
    return list(zip(pages("en"), pages("zh"), strict=True))


def rules(lang: str) -> list[Provision]:
    """Every clause but the heads of chapters."""
    known = clauses(lang).items()
    return [one for ident, one in known if "." in ident or not beneath(ident, lang)]


def figures(text: str) -> set[str]:
    """Figures as they are written, without those of addresses and code."""
    return set(FIGURE.findall(ADDRESS.sub("", CITED.sub("", written(text)))))


def test_both_languages_have_the_same_pages_and_clauses() -> None:
    assert [page.name for page in pages("en")] == [page.name for page in pages("zh")]
    assert [one.ident for page in pages("en") for one in page.clauses] == [
        one.ident for page in pages("zh") for one in page.clauses
    ]


def test_no_clause_stands_twice() -> None:
    found = [one.ident for page in pages("en") for one in page.clauses]

    assert len(found) == len(set(found))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_cited_id_is_a_clause(lang: str) -> None:
    missing = {
        (ident, str(path))
        for path, text in texts().items()
        if not path.is_relative_to("tests/unit/rulebook")
        for ident in CITED.findall(text)
        if ident not in clauses(lang)
    }

    assert missing == set()


def test_every_clause_is_cited_or_says_why_it_is_told() -> None:
    cited = {ident for text in outside() for ident in CITED.findall(text)}

    idle = [one.ident for one in rules("en") if one.ident not in cited and not one.context]
    assert idle == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_clause_has_its_fields(lang: str) -> None:
    for one in rules(lang):
        first = re.split(r"[:：;；,，、。(（ ]", one.grade)[0]
        assert first in GRADES[lang], f"{one.ident}: grade {one.grade}"
        assert one.platform.startswith(PLATFORM[lang]), f"{one.ident}: {one.platform}"
        assert one.text, one.ident
        assert one.context or (one.why and one.law), f"{one.ident}: no reason, no evidence"


def test_fields_agree_between_the_languages() -> None:
    english, chinese = rules("en"), rules("zh")

    for one, other in zip(english, chinese, strict=True):
        done = [
            next(n for n, word in enumerate(PLATFORM[lang]) if told.platform.startswith(word))
            for lang, told in (("en", one), ("zh", other))
        ]
        assert done[0] == done[1], one.ident
        assert bool(one.context) == bool(other.context), one.ident


@pytest.mark.parametrize("names", both(), ids=lambda pair: pair[0].name)
def test_both_languages_tell_the_same_figures(names: tuple[Chapter, Chapter]) -> None:
    english, chinese = names
    for one, other in zip(english.clauses, chinese.clauses, strict=True):
        told = [
            figures(" ".join((c.text, c.why, c.law, c.grade, c.platform))) for c in (one, other)
        ]
        assert told[0] ^ told[1] == set(), one.ident


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_link_to_a_clause_leads_to_its_page(lang: str) -> None:
    links = (link for page in pages(lang) for link in ANCHORED.findall(page.text))

    wrong = [(name, ident) for name, ident in links if clauses(lang)[ident].page != name]
    assert wrong == []


def test_nothing_names_a_document_that_no_reader_has() -> None:
    found = [
        f"{path}: {name}"
        for path, text in texts().items()
        for name in UNPUBLISHED
        if re.search(rf"(?<![\w-]){re.escape(name)}", text)
    ]

    assert found == []
