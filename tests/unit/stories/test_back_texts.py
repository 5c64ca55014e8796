"""Everything that happens after the drawing can be said in Chinese and English."""

from __future__ import annotations

import ast
from pathlib import Path
from types import ModuleType

import pytest

from services.kernel import i18n
from workflows.claim import guards as claim_guards
from workflows.claim import review as claim_review
from workflows.claim.table import CLAIM
from workflows.filing import guards as filing_guards
from workflows.filing.table import FILING
from workflows.fund import guards as fund_guards
from workflows.fund.table import FUND
from workflows.lifecycle.machine import Lifecycle
from workflows.loan import guards as loan_guards
from workflows.loan.table import LOAN
from workflows.recovery import guards as recovery_guards
from workflows.recovery.table import RECOVERY

LIFECYCLES = (LOAN, FILING, FUND, CLAIM, RECOVERY)
MAKERS = {"against", "refuse", "Refusal"}


def keys_of(lifecycle: Lifecycle) -> set[str]:
    triggers = {f"trigger.{lifecycle.noun}.{trigger}" for trigger in lifecycle.triggers}
    states = {f"state.{lifecycle.noun}.{state.name}" for state in lifecycle.states}
    return triggers | states | {f"event.{name}" for name in lifecycle.events}


def refusal_codes(path: str) -> set[str]:
    tree = ast.parse(Path(path).read_text("utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in MAKERS]
    first = [arg for call in named for arg in call.args[:2] if isinstance(arg, ast.Constant)]
    return {arg.value for arg in first if isinstance(arg.value, str)}


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.noun)
def test_every_step_state_and_event_has_its_sentence(lifecycle: Lifecycle, lang: str) -> None:
    assert keys_of(lifecycle) - set(i18n.catalogue(lang)) == set()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "module", [loan_guards, filing_guards, fund_guards, claim_guards, claim_review, recovery_guards]
)
def test_every_refusal_has_its_sentence(module: ModuleType, lang: str) -> None:
    codes = refusal_codes(str(module.__file__))

    assert codes
    assert {f"refusal.{code}" for code in codes} - set(i18n.catalogue(lang)) == set()


@pytest.mark.parametrize("lifecycle", LIFECYCLES, ids=lambda one: one.noun)
def test_sentences_of_events_name_fields_the_event_has(lifecycle: Lifecycle) -> None:
    for name, kind in lifecycle.events.items():
        blank = dict.fromkeys(kind.__slots__, "x")
        for lang in ("zh", "en"):
            assert i18n.catalogue(lang)[f"event.{name}"].format_map(blank)
