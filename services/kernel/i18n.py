"""Texts for people, in Chinese and English, from the gettext files in services/locale.

Rules speak in keys and values; a sentence is made only here, at the edge. A key is looked up in
every `*.zh_CN.po` or `*.en.po`; a key nobody wrote comes back as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from babel.messages.pofile import read_po

from policies.reading.pack import Citation
from services.kernel.language import language
from workflows.lifecycle.refusals import Refusal, Remark

FILES = {"zh": "*zh_CN.po", "en": "*en.po"}
"""Language -> the files that hold its sentences."""

_CODE = re.compile(r"\b[A-Z][A-Z0-9]*(?:[_-][A-Z0-9]+)*\b")
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


def reason(refusal: Refusal, lang: str, *, noun: str = "") -> str:
    """One refusal as a sentence with its clause and grade: the same on button, 409 and log line.

    What would open the door stands behind it: the first day, or the act that is needed.
    noun: whose state and act are named where no step leads on.
    """
    values = {
        "parameter": refusal.parameter,
        "threshold": _worded(refusal.code, refusal.threshold_text, f"state.{noun}", lang),
        "actual": _worded(refusal.code, refusal.actual_text, f"trigger.{noun}", lang),
    }
    key = f"refusal.{refusal.code}"
    sentence = text(key, values, lang=lang) if key in catalogue(lang) else refusal.code
    return "; ".join([f"{sentence}{_cited(refusal.citation, lang)}", *_doors(refusal, lang)])


def remark(said: Remark, lang: str) -> str:
    """What a guard that let pass had to say, as a sentence with its clause and grade."""
    sentence = text(f"remark.{said.code}", {"parameter": said.parameter}, lang=lang)
    return f"{sentence}{_cited(said.citation, lang)}"


def _worded(code: str, shown: str, prefix: str, lang: str) -> str:
    """A value of a refusal as people read it: states, acts, roles and listed codes by name."""
    known = catalogue(lang)
    if code == "no_such_step":
        return known.get(f"{prefix}.{shown}", shown)
    kind = "role" if code == "wrong_role" else "policy.code"
    return _CODE.sub(lambda found: known.get(f"{kind}.{found[0]}", found[0]), shown)


def _cited(cited: Citation | None, lang: str) -> str:
    if cited is None:
        return ""
    return f" ({cited.source}, {cited.clause}; {evidence(cited, lang)})"


def evidence(cited: Citation, lang: str) -> str:
    """How well a clause is evidenced, and which layer says it: the case, a family, the nation."""
    grade = label(f"grade.{cited.grade.value}", lang)
    return f"{grade}, {label(f'layer.{cited.layer}', lang)}" if cited.layer else grade


def _doors(refusal: Refusal, lang: str) -> Iterator[str]:
    if refusal.legal_from is not None:
        yield say("refusal_door.legal_from", lang, {"day": refusal.legal_from})
    if refusal.needs:
        yield say("refusal_door.needs", lang, {"act": label(f"trigger.{refusal.needs}", lang)})


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
