"""What a table says of the rule behind a question is the rule that the question asks."""

from __future__ import annotations

import importlib
import inspect
import re

import pytest

from policies.reading.catalogue import CATALOGUE
from workflows.lifecycle.clauses import Clause

NOUNS = ("loan", "filing", "fund", "claim", "recovery")
QUESTIONS = "guards|change_guards|inspection|payee|review|security"
LINE = re.compile(rf"^    ({QUESTIONS})\.(\w+),\s+# (.+)$", re.MULTILINE)
ASKED = re.compile(r's\.policy(?:\.ceiling|\.floor|\.among)?[\[(]"(\w+)"[\])]')
WHERE = re.compile(r"ZD-[A-Z\d][\d.]*|S\d+")
NAMED = re.compile(r"\b([A-Z][A-Z_]+)\b")


def lines() -> list[tuple[str, str, str, str]]:
    """Noun, module, question and rule of every question that stands in a table."""
    found = []
    for noun in NOUNS:
        table = importlib.import_module(f"workflows.{noun}.table")
        for module, question, rule in LINE.findall(inspect.getsource(table)):
            found.append((noun, module, question, rule))
    return found


def asked(noun: str, module: str, question: str) -> tuple[set[str], dict[str, Clause]]:
    """Parameters and clauses that the question itself names."""
    guards = importlib.import_module(f"workflows.{noun}.{module}")
    source = inspect.getsource(getattr(guards, question))
    shared = vars(importlib.import_module("workflows.lifecycle.clauses"))
    own = vars(importlib.import_module(f"workflows.{noun}.clauses"))
    known = {**shared, **own, **vars(guards)}
    clauses = {name: known[name] for name in NAMED.findall(source) if name in known}
    parameters = {name for name in ASKED.findall(source) if name in CATALOGUE}
    return parameters, {name: one for name, one in clauses.items() if isinstance(one, Clause)}


@pytest.mark.parametrize(("noun", "module", "question", "rule"), lines())
def test_the_rule_beside_a_question_is_the_one_it_asks(
    noun: str, module: str, question: str, rule: str
) -> None:
    parameters, clauses = asked(noun, module, question)

    for name in parameters | set(clauses):
        assert name in rule
    for name, clause in clauses.items():
        where = ", ".join(WHERE.findall(f"{clause.source} {clause.locator}"))
        assert rule == f"{name} ({where}), {clause.grade.value}"


def test_every_question_of_a_table_has_its_rule() -> None:
    with_rule = {(noun, question) for noun, _, question, _ in lines()}
    for noun in NOUNS:
        table = importlib.import_module(f"workflows.{noun}.table")
        guards = {guard.__name__ for row in table.ROWS for guard in row.guards}
        assert {(noun, name) for name in guards} <= with_rule
