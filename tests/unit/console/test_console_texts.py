"""Texts of the pages: each key exists in both languages and is used; no text in the markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from services.kernel.i18n import catalogue
from services.kernel.settings import ROOT
from workflows.lifecycle.roles import Role

CONSOLE = ROOT / "services" / "console"
TEMPLATES = sorted((CONSOLE / "templates").glob("*.html"))
MARKUP = "\n".join(path.read_text("utf-8") for path in TEMPLATES)
MODULES = (*sorted(CONSOLE.rglob("*.py")), ROOT / "services" / "reports" / "wording.py")
CODE = "\n".join(path.read_text("utf-8") for path in MODULES)

_LITERAL = re.compile(r"""\bt\(["']([\w.]+)["'][,)]""")
_EITHER = re.compile(r"""\bt\(["']([\w.]+)["'] if [^%}]*? else ["']([\w.]+)["'][,)]""")
_BUILT_IN_CODE = re.compile(r"""f["']console\.([\w.]+\.)\{""")
_BUILT = re.compile(r"""\bt\(["']([\w.]+\.)["'] ~""")
_IN_CODE = re.compile(r"""["']console\.([\w.]+)["']""")


def literal_keys() -> set[str]:
    either = {key for pair in _EITHER.findall(MARKUP) for key in pair}
    return set(_LITERAL.findall(MARKUP)) | either | set(_IN_CODE.findall(CODE))


def console_keys(lang: str) -> set[str]:
    return {key.removeprefix("console.") for key in catalogue(lang) if key.startswith("console.")}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_text_a_page_asks_for_exists(lang: str) -> None:
    assert literal_keys() <= console_keys(lang)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_family_of_texts_a_page_asks_for_exists(lang: str) -> None:
    known = console_keys(lang)

    for prefix in set(_BUILT.findall(MARKUP)):
        assert any(key.startswith(prefix) for key in known), prefix


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_text_of_the_console_is_idle(lang: str) -> None:
    families = (*set(_BUILT.findall(MARKUP)), *set(_BUILT_IN_CODE.findall(CODE)))
    used = literal_keys()

    assert [k for k in console_keys(lang) if k not in used and not k.startswith(families)] == []


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("zh")) == set(catalogue("en"))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_role_has_a_name(lang: str) -> None:
    assert {f"role.{role.value}" for role in Role} <= set(catalogue(lang))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_no_sentence_stands_in_the_markup(path: Path) -> None:
    text = re.sub(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|<[^>]*>", " ", path.read_text("utf-8"))
    words = re.findall(r"[A-Za-z\u4e00-\u9fff]{2,}", text)

    assert set(words) <= {"zhidai", "play", "jiangsu"}  # the command to type
