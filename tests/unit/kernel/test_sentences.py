"""Every sentence exists in Chinese and in English, with the same places to fill."""

from __future__ import annotations

from string import Formatter

import pytest

from services.kernel.i18n import catalogue, text


def places(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


def test_both_languages_have_the_same_keys() -> None:
    assert set(catalogue("zh")) == set(catalogue("en"))


def test_both_languages_fill_the_same_places() -> None:
    chinese, english = catalogue("zh"), catalogue("en")

    different = [key for key in chinese if places(chinese[key]) != places(english.get(key, ""))]

    assert different == []


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("zh", "另一个 zhidai 正在 /d 中启动或停止，请稍后再试。"),
        ("en", "Another zhidai is just starting or stopping in /d; try again in a moment."),
    ],
)
def test_a_sentence_is_filled_in_the_language_asked_for(lang: str, sentence: str) -> None:
    assert text("platform.taken", {"folder": "/d"}, lang=lang) == sentence


def test_a_key_without_a_sentence_is_shown_as_it_is() -> None:
    assert text("no.such.key", lang="en") == "no.such.key"
