"""What a refusal names as needed is an act of its noun's table."""

from __future__ import annotations

import ast
import re

from services.kernel.settings import ROOT
from services.wiring import registry

DOOR = re.compile(r"[a-z]+\.[a-z_]+")


def _doors() -> set[str]:
    """Texts of the form noun.trigger in the guards and states of every noun."""
    files = [
        path
        for path in sorted((ROOT / "workflows").glob("*/*.py"))
        if path.name not in ("events.py", "table.py")
    ]
    texts = {
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    nouns = registry().nouns
    return {text for text in texts if DOOR.fullmatch(text) and text.partition(".")[0] in nouns}


def test_every_act_that_a_refusal_asks_for_first_exists() -> None:
    known = {
        f"{noun.name}.{trigger}"
        for noun in registry().nouns.values()
        for trigger in noun.lifecycle.triggers
    }

    assert len(_doors()) > 20
    assert _doors() - known == set()
