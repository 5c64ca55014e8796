"""Texts for people, in Chinese and English, from the gettext catalogues beside this module.

Rules speak in keys and values; a sentence is made only here, at the edge.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from babel.messages.pofile import read_po

from workflows.refusals import Refusal

Lang = Literal["zh", "en"]
LOCALES: dict[Lang, str] = {"zh": "zh_CN", "en": "en"}
FOLDER = Path(__file__).parent / "locale"


class UnknownText(LookupError):
    """No catalogue has that key."""


@lru_cache(maxsize=2)
def catalogue(lang: Lang) -> dict[str, str]:
    """Every key of a language with its sentence. A key that stands twice is a mistake."""
    texts: dict[str, str] = {}
    for path in sorted(FOLDER.glob(f"*{LOCALES[lang]}.po")):
        with path.open("rb") as file:
            for message in read_po(file, locale=LOCALES[lang]):
                if message.id and message.string:
                    texts[str(message.id)] = str(message.string)
    return texts


def say(key: str, lang: Lang, values: Mapping[str, Any] | None = None) -> str:
    """The sentence of a key. Raises UnknownText."""
    try:
        sentence = catalogue(lang)[key]
    except KeyError:
        raise UnknownText(f"no {lang} text for {key}") from None
    return sentence.format_map(values) if values else sentence


def label(key: str, lang: Lang) -> str:
    """The sentence of a key, or the last part of the key itself where nobody named it yet."""
    return catalogue(lang).get(key, key.rpartition(".")[2])


def reason(refusal: Refusal, lang: Lang) -> str:
    """One refusal as a sentence with its clause and grade: the same on button, 409 and log line."""
    values = {
        "parameter": refusal.parameter, "threshold": refusal.threshold, "actual": refusal.actual,
    }
    key = f"refusal.{refusal.code}"
    sentence = say(key, lang, values) if key in catalogue(lang) else refusal.code
    cited = refusal.citation
    if cited is None:
        return sentence
    grade = label(f"grade.{cited.grade.value}", lang)
    return f"{sentence} ({cited.source}, {cited.clause}; {grade})"
