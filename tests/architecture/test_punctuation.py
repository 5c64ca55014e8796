"""Chinese texts use full-width marks: no half-width comma, colon or bracket beside a hanzi."""

from __future__ import annotations

import re

import pytest

from services.kernel.i18n import catalogue

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
