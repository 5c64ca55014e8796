"""Texts for people, in Chinese and English, from the gettext files in services/locale.

Rules speak in keys and values; a sentence is made only here, at the edge. A key is looked up in
every `*.zh_CN.po` or `*.en.po`; a key nobody wrote comes back as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from services.kernel.language import language
from workflows.lifecycle.refusals import Refusal

FILES = {"zh": "*zh_CN.po", "en": "*en.po"}
"""Language -> the files that hold its sentences."""

_FOLDER = Path(__file__).parents[1] / "locale"


def text(key: str, values: Mapping[str, object] | None = None, *, lang: str = "") -> str:
    """The sentence of a key with its {named} places filled; default language: the settings'."""
    sentence = catalogue(lang or language()).get(key, key)
    return sentence.format_map(values) if values else sentence


def say(key: str, lang: str, values: Mapping[str, object] | None = None) -> str:
    """`text` for callers that always know the reader's language."""
    return text(key, values, lang=lang)


def label(key: str, lang: str) -> str:
    """The sentence of a key, or the last part of the key itself where nobody named it yet."""
    return catalogue(lang).get(key, key.rpartition(".")[2])


def reason(refusal: Refusal, lang: str) -> str:
    """One refusal as a sentence with its clause and grade: the same on button, 409 and log line."""
    values = {
        "parameter": refusal.parameter,
        "threshold": refusal.threshold,
        "actual": refusal.actual,
    }
    key = f"refusal.{refusal.code}"
    sentence = text(key, values, lang=lang) if key in catalogue(lang) else refusal.code
    cited = refusal.citation
    if cited is None:
        return sentence
    grade = label(f"grade.{cited.grade.value}", lang)
    return f"{sentence} ({cited.source}, {cited.clause}; {grade})"


@lru_cache(maxsize=len(FILES))
def catalogue(lang: str) -> Mapping[str, str]:
    """All sentences of a language, by key. Raises ValueError when two files give one key."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.glob(FILES[lang])):
        with path.open("rb") as file:
            entries = [m for m in read_po(file) if m.id and m.string]
        for entry in entries:
            if found.setdefault(str(entry.id), str(entry.string)) != entry.string:
                raise ValueError(f"{path.name}: {entry.id} has two sentences")
    return found
