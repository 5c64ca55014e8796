"""The command line: one sentence on stderr, exit codes 0, 1 and 2, nothing loaded needlessly."""

from __future__ import annotations

import subprocess
import sys

import pytest

from services.cli.main import COMMANDS, globals_first, run, wanted
from services.kernel.settings import ROOT


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("play jiangsu --lang en", "--lang en play jiangsu"),
        ("play jiangsu --lang=en --json", "--lang=en play jiangsu --json"),
        ("demo --debug --exit", "--debug demo --exit"),
        ("board a.csv --data /d x", "--data /d board a.csv x"),
        ("board -- --lang en", "board -- --lang en"),
        ("--lang en test --debug", "--lang en test --debug"),
    ],
)
def test_global_options_may_stand_anywhere_before_the_words_of_others(
    typed: str, first: str
) -> None:
    assert globals_first(typed.split()) == first.split()


@pytest.mark.parametrize(
    ("typed", "name"),
    [("demo --exit", "demo"), ("--lang en --debug play x", "play"), ("--help", ""), ("", "")],
)
def test_the_wanted_command_is_the_first_word_that_no_option_takes(typed: str, name: str) -> None:
    assert wanted(typed.split()) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [("--help", 0), ("demo --exit --stay", 2), ("demo --no-such-option", 2), ("no-such-act", 2)],
)
def test_unusable_words_end_with_2(typed: str, code: int) -> None:
    assert run(typed.split()) == code


def test_an_error_is_one_sentence_without_traceback(capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["--lang", "fr", "demo"])

    told = capsys.readouterr()
    assert code == 2
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert "fr" in told.err


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--help"])

    told = capsys.readouterr().out
    assert [name for name in COMMANDS if name not in told] == []


def test_asking_for_help_loads_neither_database_nor_web_nor_workers() -> None:
    program = (
        "import sys; from services.cli.main import run; run(['--help']); "
        "print([m for m in ('sqlalchemy', 'celery', 'fastapi') if m in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.splitlines()[-1] == "[]"
