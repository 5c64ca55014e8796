"""One name, one thing; and a caller, a banker or an auditor is they."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from pathlib import Path

from services.kernel.settings import ROOT

PACKAGES = ("policies", "workflows", "services")

# Class -> why its name stands for two things. A name leaves the list as soon as one of them goes.
TWO_THINGS: dict[str, str] = {}

GENDERED = re.compile(r"\b(he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
TEXTS = ("*.md", "*.py", "*.po", "*.html", "*.toml")


def _read(path: Path) -> str:
    return path.read_text("utf-8")


def _classes() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            for node in ast.walk(ast.parse(_read(path))):
                if isinstance(node, ast.ClassDef):
                    found[node.name].append(path.relative_to(ROOT).as_posix())
    return found


def test_a_class_name_stands_for_one_thing() -> None:
    twice = {name: where for name, where in _classes().items() if len(where) > 1}

    assert {name: where for name, where in twice.items() if name not in TWO_THINGS} == {}
    assert set(TWO_THINGS) <= set(twice), "no longer needed"


def test_people_are_they() -> None:
    kept = (ROOT / name for name in (*PACKAGES, "tests", "docs"))
    paths = [path for folder in kept for kind in TEXTS for path in folder.rglob(kind)]
    own = Path(__file__)

    told = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sorted({*paths, *ROOT.glob("*.md")} - {own})
        for number, line in enumerate(_read(path).splitlines(), 1)
        if GENDERED.search(line) and "HE" not in line
    ]

    assert told == []
