"""An outcome as plain data: the JSON of `zhidai assess`, of each variant in `compare`, of the page.

The keys and their order are a promise to other programs. Amounts are yuan as text, two decimals.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from policies.money import Money, total
from policies.reading.catalogue import CATALOGUE
from policies.reading.pack import Citation, Parameter, Unstated
from policies.sharing.assess import Outcome
from policies.sharing.loss import NotAssessed, Step
from services.comparison.working_text import sentence
from services.kernel.figures import in_language
from services.kernel.i18n import say


def answer(outcome: Outcome, lang: str) -> dict[str, Any]:
    """All that an outcome says; sentences, labels and titles in the language asked for."""
    found = outcome.assessment
    totals = found.totals()
    return {
        "case": outcome.policy.case,
        "variant": outcome.policy.ident,
        "exposure": total(totals.values()).yuan,
        "shares": [
            {"party": one.party, "component": one.component, "amount": one.amount.yuan}
            for one in found.shares
        ],
        "totals": in_yuan(totals),
        "after_recovery": {
            "net": outcome.net.yuan,
            "returned": in_yuan(outcome.returned),
            "surplus_to_pledgor": outcome.surplus.yuan,
            "burden": in_yuan(outcome.burden),
        },
        "transferred_not_yet_paid": found.transferred.yuan,
        "refusals": [_refusal(one, lang) for one in outcome.refused],
        "assumptions": [_assumption(one, lang) for one in outcome.assumptions],
        "working": [step_data(one, lang) for one in outcome.working],
    }


def in_yuan(amounts: Mapping[str, Money]) -> dict[str, str]:
    """Amounts by party as text."""
    return {party: amount.yuan for party, amount in amounts.items()}


def refusal_sentence(refused: NotAssessed, lang: str) -> str:
    """Why nothing is covered: `余额 30,000,000.01 超过最高档 30,000,000.00，不予补偿`."""
    values = {
        "parameter": refused.parameter.name,
        "threshold": refused.threshold.grouped,
        "actual": refused.actual.grouped,
    }
    return say(f"refusal.{refused.code}", lang, values)


def step_data(step: Step, lang: str) -> dict[str, Any]:
    """One step of a working."""
    return {
        "name": step.name,
        "inputs": dict(step.inputs),
        "amount": None if step.amount is None else step.amount.yuan,
        "sentence": sentence(step, lang),
        **_cited(step.citation, lang),
    }


def plain(value: Any) -> Any:
    """A parameter's value without types of ours: money and fractions as text, lists as lists."""
    if isinstance(value, Unstated):
        return value.value
    if isinstance(value, Money):
        return value.yuan
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    return value


def _refusal(refused: NotAssessed, lang: str) -> dict[str, Any]:
    return {
        "code": refused.code,
        "parameter": refused.parameter.name,
        "threshold": refused.threshold.yuan,
        "actual": refused.actual.yuan,
        "sentence": refusal_sentence(refused, lang),
        "case": refused.parameter.citation.case,
        **_cited(refused.parameter.citation, lang),
    }


def _assumption(parameter: Parameter, lang: str) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "value": plain(parameter.value),
        "unit": parameter.unit,
        "label": CATALOGUE[parameter.name].names[lang],
        "source": in_language(parameter.citation.source, lang),
        "clause": parameter.citation.clause,
        "note": parameter.note_zh if lang == "zh" else parameter.note,
    }


def _cited(citation: Citation, lang: str) -> dict[str, str]:
    return {
        "source": in_language(citation.source, lang),
        "clause": citation.clause,
        "grade": citation.grade.value,
        "layer": citation.layer,
    }
