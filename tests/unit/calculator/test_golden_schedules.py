"""Schedules of public systems, restated in the shared golden file, come out to the fen."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from services.calculator.schedules import answer
from services.cli.calc.cases import answers, parsed
from services.kernel.settings import ROOT, settings

PATH = settings().shared / "golden" / "schedules.json"
TOLD = ("id", "expected", "source", "convention", "recomputed", "note")


def cases() -> list[dict[str, Any]]:
    """The cases that an independent computation reproduced."""
    if not PATH.exists():
        return []
    found = json.loads(PATH.read_text("utf-8"))["cases"]
    return [case for case in found if case["recomputed"]]


def bare(case: Mapping[str, Any]) -> dict[str, Any]:
    """The case without its answer and without a word on where it comes from."""
    return {name: value for name, value in case.items() if name not in TOLD}


def missing(expected: Mapping[str, Any], found: Mapping[str, Any]) -> list[object]:
    """What of the expectation the answer does not say."""
    rows = {row["n"]: row for row in found["rows"]}
    wrong: list[object] = [
        (row["n"], name, figure, rows.get(row["n"], {}).get(name))
        for row in expected["rows"]
        for name, figure in row.items()
        if rows.get(row["n"], {}).get(name) != figure
    ]
    told = {name: one for name, one in expected.items() if name not in ("rows", "complete")}
    wrong += [(name, one, found.get(name)) for name, one in told.items() if found.get(name) != one]
    if expected["complete"] and len(found["rows"]) != len(expected["rows"]):
        wrong.append(("rows", len(expected["rows"]), len(found["rows"])))
    return wrong


@pytest.fixture
def golden() -> list[dict[str, Any]]:
    if not PATH.exists():
        pytest.skip("the shared golden cases are not here (ZHIDAI_SHARED)")
    return cases()


def test_every_reproduced_case_comes_out_to_the_fen(golden: list[dict[str, Any]]) -> None:
    wrong = {case["id"]: missing(case["expected"], answer(case)) for case in golden}

    assert len(wrong) >= 30
    assert {name: one for name, one in wrong.items() if one} == {}


def test_no_case_needs_a_word_outside_its_fields(golden: list[dict[str, Any]]) -> None:
    wrong = {case["id"]: missing(case["expected"], answer(bare(case))) for case in golden}

    assert {name: one for name, one in wrong.items() if one} == {}


def test_rows_have_the_keys_of_the_form(golden: list[dict[str, Any]]) -> None:
    complete = [case for case in golden if case["expected"]["complete"]]

    for case in complete:
        found = answer(case)
        assert found.keys() == case["expected"].keys(), case["id"]
        for ours, theirs in zip(found["rows"], case["expected"]["rows"], strict=True):
            assert ours.keys() == theirs.keys(), case["id"]


def test_a_whole_file_gives_a_list_in_its_order(golden: list[dict[str, Any]]) -> None:
    whole = parsed(PATH.read_text("utf-8"))

    found = answers(whole, answer)

    assert len(found) == len(whole["cases"])
    assert found[0] == answer(golden[0])


def test_the_command_answers_a_case_as_json_alone(golden: list[dict[str, Any]]) -> None:
    ended = calc(json.dumps(bare(golden[0])))

    assert ended.returncode == 0, ended.stderr
    assert ended.stderr == ""
    assert missing(golden[0]["expected"], json.loads(ended.stdout)) == []


def calc(typed: str, kind: str = "schedule") -> subprocess.CompletedProcess[str]:
    """The real command, fed on standard input."""
    program = "from services.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-c", program, "--lang", "en", "calc", kind],
        input=typed,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )


def test_the_command_loads_nothing_of_the_platform() -> None:
    program = (
        "import sys; from services.cli import main; main.application('calc');"
        "import services.calculator.schedules;"
        "print(*{'sqlalchemy', 'celery', 'fastapi', 'numpy', 'rich', 'pygal'} & set(sys.modules))"
    )

    ended = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )

    assert ended.stdout.split() == []
