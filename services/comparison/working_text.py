"""A step of a working as a sentence, in the reader's language: the same on a page and in a JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from policies.sharing.loss import Step
from services.kernel.figures import percent
from services.kernel.i18n import catalogue, label, say

WORDED = ("party", "component", "measure")
"""Inputs that are codes; their words stand under the input's own name."""
_YUAN = re.compile(r"-?[0-9]+\.[0-9][0-9]")


def sentence(step: Step, lang: str) -> str:
    """What was asked in this step, with its inputs: `基金分担比例 80%`."""
    return say(f"step.{step.name}", lang, inputs_text(step, lang))


def inputs_text(step: Step, lang: str) -> Mapping[str, str]:
    """The inputs of a step as they are shown."""
    return {name: _input_text(name, found, lang) for name, found in step.inputs.items()}


def _input_text(name: str, found: str, lang: str) -> str:
    """Amounts grouped, the share in per cent, codes in words."""
    if name == "share":
        return percent(Decimal(found))
    if name == "holders":
        return ", ".join(_holder(one, lang) for one in found.split(", "))
    if name in WORDED:
        return label(f"{name}.{found}", lang)
    if _YUAN.fullmatch(found):
        return f"{Decimal(found):,.2f}"
    texts = catalogue(lang)
    return texts.get(f"policy.code.{found}", texts.get(f"tier.{found}", found))


def _holder(told: str, lang: str) -> str:
    """`operator 1/2` with the party in words."""
    party, _, of = told.partition(" ")
    return f"{label(f'party.{party}', lang)} {of}"
