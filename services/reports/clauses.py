"""Which clause stands behind an event: policy parameters and statutes, with value and grade.

Says what is cited and how it reads; the rules themselves are guards in workflows/.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import load
from policies.reading.pack import Grade, Parameter, Policy, Unstated
from services.kernel.figures import in_language, percent, rate
from services.kernel.i18n import evidence, label
from services.reports.clause_table import CLAUSES, TIERED, Statute

LATIN, CHINESE = (" (", ", ", "; ", ")"), ("（", "，", "；", "）")
"""Bracket, comma, semicolon and closing bracket."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One clause as it is shown, in one language. `value` is "" where the clause has no figure."""

    name: str
    value: str
    source: str
    clause: str
    grade: Grade
    grade_text: str
    note: str

    @property
    def assumed(self) -> bool:
        """No source states it: it must be shown as an assumption."""
        return self.grade is Grade.ASSUMED

    @property
    def text(self) -> str:
        """The clause in one line: what, how much, where it stands, how well it is evidenced."""
        what = " ".join(part for part in (self.name, self.value) if part)
        left, comma, semicolon, right = LATIN if self.grade_text.isascii() else CHINESE
        where = f"{self.source}{comma}{self.clause}" if self.clause else self.source
        if not what:
            return f"{where}{left}{self.grade_text}{right}"
        return f"{what}{left}{where}{semicolon}{self.grade_text}{right}"


def clause_of(
    event_type: str,
    policy_ref: str | None,
    lang: str,
    *,
    payload: Mapping[str, Any] | None = None,
) -> str:
    """The clauses of an event in one line, "" where it needs none or its policy is not at hand.

    payload: the event's fields; names the tier of a claim and the parameter of a waiver.
    """
    policy = policy_of(policy_ref)
    between = CHINESE[2] if lang == "zh" else LATIN[2]
    return between.join(one.text for one in cited(event_type, policy, lang, payload=payload or {}))


def policy_of(ref: str | None) -> Policy | None:
    """The policy of a ref such as `jiangsu@1a2b3c4d5e6f:2025-08-14`, if its file still says so.

    An older version lies in the world: services.kernel.policies.resolve finds that too.
    """
    ident, _, rest = (ref or "").partition("@")
    fingerprint, _, day = rest.partition(":")
    case, _, variant = ident.partition(":")
    try:
        known = load(case).fingerprint == fingerprint
        return load(case).on(date.fromisoformat(day), variant) if known else None
    except (LookupError, ValueError):
        return None


def cited(
    event_type: str, policy: Policy | None, lang: str, *, payload: Mapping[str, Any]
) -> tuple[Cited, ...]:
    """The clauses of an event, one by one. A parameter that the case does not state is left out."""
    found: list[Cited] = []
    for one in _references(event_type, payload):
        if isinstance(one, Statute):
            found.append(_statute(one, lang))
        elif policy is not None and one in policy.parameters:
            found.append(of_parameter(policy[one], lang))
    return tuple(found)


def _references(event_type: str, payload: Mapping[str, Any]) -> Sequence[str | Statute]:
    if event_type.endswith(".GuardWaived"):
        return tuple(filter(None, (payload.get("parameter"),)))
    tiered = TIERED.get(str(payload.get("tier")), ())
    return (*tiered, *CLAUSES.get(event_type, ()))


def of_parameter(parameter: Parameter, lang: str) -> Cited:
    """A policy parameter as a clause."""
    citation = parameter.citation
    return Cited(
        name=CATALOGUE[parameter.name].names[lang],
        value=value_text(parameter, lang),
        source=in_language(citation.source, lang),
        clause=citation.clause,
        grade=citation.grade,
        grade_text=evidence(citation, lang),
        note=parameter.note_zh if lang == "zh" else parameter.note,
    )


def _statute(statute: Statute, lang: str) -> Cited:
    key = f"statute.{statute.key}"
    return Cited(
        name=label(key, lang),
        value="",
        source=label(f"{key}.source", lang),
        clause="",
        grade=statute.grade,
        grade_text=label(f"grade.{statute.grade.value}", lang),
        note="",
    )


def value_text(parameter: Parameter, lang: str) -> str:
    """A parameter's value with its unit: `80%`, `10,000,000.00`, `10 working days`."""
    if isinstance(parameter.said, Unstated):
        return label(f"policy.{parameter.said.value}", lang)
    value, unit = parameter.value, parameter.unit
    if unit in ("choice", "codes"):
        codes = value if isinstance(value, tuple) else (value,)
        return ", ".join(label(f"policy.code.{code}", lang) for code in codes)
    if unit == "flag":
        return label("policy.yes" if value else "policy.no", lang)
    if unit in ("rate", "share") and isinstance(value, Decimal):
        return rate(value) if unit == "rate" else percent(value)
    shown = CATALOGUE[parameter.name].shown(value)
    if unit in ("days", "working_days", "months", "times", "usd"):
        return f"{shown} {label(f'policy.unit.{unit}', lang)}"
    return shown
