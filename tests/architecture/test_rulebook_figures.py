"""What the rulebook says of people and lifecycle is what the platform computes with."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest

from policies.money import Money
from policies.reading.catalogue import CATALOGUE
from policies.reading.loader import load
from policies.reading.pack import Policy, UnknownParameter
from services.kernel.settings import ROOT

DRAWN = date(2025, 8, 14)
CLAUSE = re.compile(
    r'^<a id="(ZD-[0-3][0-9.]*)"></a>$(.*?)(?=^<a id=|^<!-- generated|\Z)', re.M | re.S
)
NAMED = re.compile(r"`([a-z][a-z0-9_]+)`")
FIGURE = re.compile(r"(\d[\d,]*(?:\.\d+)?)( ?%)?")


def clauses(lang: str) -> dict[str, str]:
    """Text of each clause of ZD-0 to ZD-3 by id, without what is made from the code."""
    pages = sorted((ROOT / "docs/rulebook" / lang).glob("*.md"))
    return {
        ident: text for page in pages for ident, text in CLAUSE.findall(page.read_text("utf-8"))
    }


def figures(text: str) -> set[Decimal]:
    """The numbers of a text; a percentage as the fraction it is."""
    found = set()
    for digits, percent in FIGURE.findall(text):
        number = Decimal(digits.replace(",", "").rstrip("."))
        found.add(number / 100 if percent else number)
    return found


def figure_of(policy: Policy, name: str) -> Decimal | None:
    """A parameter that is one figure, as a number; None for words, switches and lists."""
    try:
        value = policy[name].value
    except UnknownParameter:
        return None
    if isinstance(value, Money):
        return Decimal(value.fen) / 100
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return None
    return Decimal(value)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_clause_states_the_parameter_it_names_as_the_platform_has_it(lang: str) -> None:
    policy = load("jiangsu").on(DRAWN)

    wrong = [
        (ident, name)
        for ident, text in clauses(lang).items()
        for name in NAMED.findall(text)
        if (known := figure_of(policy, name)) is not None and known not in figures(text)
    ]

    assert wrong == []


def test_enough_clauses_name_their_parameters_for_that_to_say_something() -> None:
    policy = load("jiangsu").on(DRAWN)
    named = {name for text in clauses("en").values() for name in NAMED.findall(text)}

    assert len([name for name in named if figure_of(policy, name) is not None]) > 50


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_clause_names_only_parameters_that_there_are(lang: str) -> None:
    named = {name for text in clauses(lang).values() for name in NAMED.findall(text)}

    assert {name for name in named if "_" in name} <= set(CATALOGUE)
