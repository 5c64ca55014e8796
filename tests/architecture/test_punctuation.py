"""Chinese texts use full-width marks: no half-width comma, colon or bracket beside a hanzi."""

from __future__ import annotations

import re

import pytest

from services.kernel.i18n import catalogue
from services.kernel.settings import ROOT

HANZI = r"[\u4e00-\u9fff]"
HALF = re.compile(rf"{HANZI}\s*[,;:!?()]|[,;!?(]\s*{HANZI}|{HANZI}\.(?:\s|$)")
CODE = re.compile(r"`[^`]*`|\{[^}]*\}")


def wrong(told: str) -> bool:
    return HALF.search(CODE.sub("数", told)) is not None


def test_no_chinese_text_has_a_half_width_mark() -> None:
    assert {key: told for key, told in catalogue("zh").items() if wrong(told)} == {}


@pytest.mark.parametrize("told", ["甲,乙", "甲: 乙", "(甲)", "甲(1)", "完成.", "{world}:甲"])
def test_a_half_width_mark_is_found(told: str) -> None:
    assert wrong(told)


@pytest.mark.parametrize("told", ["甲，乙", "10:30 起", "3.60 %", "见 policy show jiangsu"])
def test_other_uses_are_let_be(told: str) -> None:
    assert not wrong(told)


SHOUTED = re.compile(r'"([A-Z][A-Z_]{3,})"')
NOT_SHOWN = {  # kept in rows and rules, never in a sentence
    "NFKC", "DUTY", "ALONE", "DRAW_DEADLINE", "NEXT_INSTALMENT", "LAST_INSTALMENT",
    "REAMORTISATION",
}  # fmt: skip


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_code_of_the_rules_has_words(lang: str) -> None:
    named = {key.rpartition(".")[2] for key in catalogue(lang)}
    found = {
        code
        for path in (ROOT / "workflows").rglob("*.py")
        for code in SHOUTED.findall(path.read_text("utf-8"))
    }

    assert found - named - NOT_SHOWN == set()


SHOUTS = re.compile(r"\b[A-Z]{2,}(?:_[A-Z]+)+\b|\b[a-z]+(?:_[a-z]+)+\b")
MACHINE = {"paid_in_full", "charged_off", "max_connections", "pg_stat_activity"}


def test_no_chinese_sentence_holds_a_code() -> None:
    def codes(told: str) -> set[str]:
        plain = re.sub(r"\{[^}]*\}|`[^`]*`|ZHIDAI_\w+", "", told)
        return set(SHOUTS.findall(plain)) - MACHINE

    assert {key: told for key, told in catalogue("zh").items() if codes(told)} == {}
