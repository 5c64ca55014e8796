"""Whatever the registry knows has its words in both languages: nothing is listed by hand."""

from __future__ import annotations

import ast
import dataclasses
from collections.abc import Iterator

import pytest

from services.kernel.i18n import catalogue
from services.kernel.language import LANGUAGES
from services.kernel.settings import ROOT
from services.wiring import registry

# What makes a reason, and where its code stands among the arguments.
MAKERS = {"Refusal": 0, "against": 0, "within": 0, "refuse": 1}
OURS = frozenset({"id", "state", "policy"})  # told by the page, not by a field's name


def codes() -> set[str]:
    """Codes of refusals as workflows and services spell them."""
    return {
        code
        for folder in ("workflows", "services")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for code in _codes(ast.parse(path.read_text("utf-8")))
    }


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        place = MAKERS.get(node.func.id)
        if place is None or len(node.args) <= place:
            continue
        given = node.args[place]
        if isinstance(given, ast.Constant) and isinstance(given.value, str):
            yield given.value


def keys() -> set[str]:
    """Every key that an act, an event, a state or a field of the registry is told by."""
    found = set()
    for noun in registry().nouns.values():
        name, lifecycle = noun.name, noun.lifecycle
        found.add(f"noun.{name}")
        found |= {f"state.{name}.{state.name}" for state in lifecycle.states}
        found |= {f"trigger.{name}.{trigger}" for trigger in lifecycle.triggers}
        found |= {f"event.{wire}" for wire in lifecycle.events}
        found |= {f"deadline.{one.name}" for one in lifecycle.deadlines}
        kinds = (lifecycle.record, *lifecycle.commands, *lifecycle.events.values())
        fields = {field.name for kind in kinds for field in dataclasses.fields(kind)}
        found |= {f"field.{field}" for field in fields - OURS}
    return found


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_act_event_state_and_field_has_its_words(lang: str) -> None:
    assert sorted(keys() - set(catalogue(lang))) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_refusal_has_its_sentence(lang: str) -> None:
    found = {f"refusal.{code}" for code in codes()}

    assert len(found) > 100
    assert sorted(found - set(catalogue(lang))) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_of_an_event_names_fields_the_event_has(lang: str) -> None:
    for wire, kind in registry().events.items():
        blank = dict.fromkeys((field.name for field in dataclasses.fields(kind)), "x")

        assert catalogue(lang)[f"event.{wire}"].format_map(blank)
