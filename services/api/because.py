"""Why an act is refused, as data with its sentence: code, figures, clause and what would help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from policies.reading.pack import Citation
from services.api.root import clause_url
from services.kernel.i18n import reason, remark
from workflows.lifecycle.refusals import Refusal, Remark, plain


def reasons(refusals: Sequence[Refusal], lang: str, *, noun: str = "") -> list[dict[str, Any]]:
    """Reasons as data, each with its sentence; noun: the row they are about."""
    return [_reason(one, lang, noun) for one in refusals]


def remarks(said: Sequence[Remark], lang: str) -> list[dict[str, str]]:
    """Remarks of guards that let pass as data, each with its sentence."""
    return [
        {
            "code": one.code,
            "sentence": remark(one, lang),
            "parameter": one.parameter,
            **_cited(one.citation),
        }
        for one in said
    ]


def _reason(one: Refusal, lang: str, noun: str) -> dict[str, Any]:
    return {
        "code": one.code,
        "sentence": reason(one, lang, noun=noun),
        "parameter": one.parameter,
        "threshold": plain(one.threshold),
        "actual": plain(one.actual),
        "legal_from": None if one.legal_from is None else one.legal_from.isoformat(),
        "needs": one.needs or None,
        **_cited(one.citation),
    }


def _cited(cited: Citation | None) -> dict[str, str]:
    return {
        "case": cited.case if cited else "",
        "source": cited.source if cited else "",
        "clause": cited.clause if cited else "",
        "clause_url": clause_url(cited.clause) if cited else "",
        "grade": cited.grade.value if cited else "",
        "layer": cited.layer if cited else "",
    }
