"""A policy with some parameters chosen otherwise, for a what-if. Such values are assumptions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from policies.reading.agreement import contradictions
from policies.reading.catalogue import CATALOGUE
from policies.reading.pack import Citation, Grade, Parameter, Policy, UnknownParameter
from policies.reading.units import NotInUnit

SOURCE = "设定 · chosen by the asker"


def with_values(policy: Policy, chosen: Mapping[str, str]) -> Policy:
    """The policy with these values, each as text in the form of a case file.

    Lists are comma separated. Raises UnknownParameter where the policy states no such parameter,
    NotInUnit where a value has not its form, is out of bounds or contradicts another.
    """
    told = {name: _chosen(policy[name], raw) for name, raw in chosen.items()}
    changed = replace(policy, parameters={**policy.parameters, **told})
    for sentence in contradictions({n: one.said for n, one in changed.parameters.items()}):
        raise NotInUnit(sentence)
    return changed


def _chosen(stated: Parameter, raw: str) -> Parameter:
    entry = CATALOGUE.get(stated.name)
    if entry is None:
        raise UnknownParameter(stated.citation.case, stated.name)
    citation = Citation(stated.citation.case, SOURCE, f"{stated.name} = {raw}", Grade.ASSUMED)
    try:
        value = entry.read(_typed(entry.unit, raw))
    except NotInUnit as error:
        raise NotInUnit(f"{stated.name}: {error}") from error
    return replace(stated, said=value, citation=citation)


def _typed(unit: str, raw: str) -> Any:
    """Text as TOML would have read it."""
    if unit in _LISTS:
        parts = [part.strip() for part in raw.split(",")]
        return [_typed(_LISTS[unit], part) for part in parts]
    if unit in _PLAIN:
        try:
            return json.loads(raw)
        except json.JSONDecodeError:
            return raw
    if unit in ("money", "usd") and raw and "." not in raw:
        return f"{raw}.00"
    return raw


# fmt: off
_LISTS = {
    "regions": "text",
    "codes":   "text",
    "dates":   "text",
    "counts":  "count",
    "amounts": "money",
    "shares":  "share",
    "rates":   "rate",
}
_PLAIN = ("days", "working_days", "months", "count", "flag")
# fmt: on
