"""Everything that happens before the drawing can be said in Chinese and English."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from services.kernel import i18n
from tests.unit.stories.front_story import FRONT
from workflows.application import credit
from workflows.application import guards as application
from workflows.asset import guards as asset
from workflows.bank import guards as bank
from workflows.enterprise import guards as enterprise
from workflows.lifecycle.machine import Lifecycle
from workflows.match import guards as match
from workflows.pledge import guards as pledge
from workflows.product import guards as product

MODULES = (bank, enterprise, product, asset, pledge, application, credit, match)
MAKERS = {"against", "refuse"}
LANGS = ("zh", "en")


def keys_of(lifecycle: Lifecycle) -> set[str]:
    triggers = {f"trigger.{lifecycle.noun}.{trigger}" for trigger in lifecycle.triggers}
    states = {f"state.{lifecycle.noun}.{state.name}" for state in lifecycle.states}
    return triggers | states | {f"event.{name}" for name in lifecycle.events}


def refusal_codes(path: str) -> set[str]:
    calls = [
        node
        for node in ast.walk(ast.parse(Path(path).read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MAKERS
    ]
    named = [arg for call in calls for arg in call.args[:2] if isinstance(arg, ast.Constant)]
    return {arg.value for arg in named if isinstance(arg.value, str)}


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lifecycle", FRONT, ids=lambda one: one.noun)
def test_every_step_state_and_event_has_its_sentence(lifecycle: Lifecycle, lang: str):
    assert keys_of(lifecycle) - set(i18n.catalogue(lang)) == set()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("module", MODULES, ids=lambda one: one.__name__)
def test_every_refusal_has_its_sentence(module, lang: str):
    codes = refusal_codes(module.__file__)

    assert codes
    assert {f"refusal.{code}" for code in codes} - set(i18n.catalogue(lang)) == set()


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("lifecycle", FRONT, ids=lambda one: one.noun)
def test_sentences_of_events_name_fields_the_event_has(lifecycle: Lifecycle, lang: str):
    for name, kind in lifecycle.events.items():
        blank = dict.fromkeys(kind.__slots__, "x")
        assert i18n.catalogue(lang)[f"event.{name}"].format_map(blank)
