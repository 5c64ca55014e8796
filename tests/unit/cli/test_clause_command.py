"""`zhidai policy clause`: one rule for a person or as data; citations tell the command."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from services.cli.policy.command import app
from services.cli.rules import hint
from services.kernel.problems import Unusable

run = CliRunner().invoke


@pytest.mark.parametrize(("lang", "word"), [("zh", "逾期"), ("en", "past due")])
def test_a_clause_is_told_in_the_language_asked_for(lang: str, word: str) -> None:
    done = run(app, ["clause", "ZD-3.8", "--lang", lang])

    assert done.exit_code == 0
    assert "ZD-3.8" in done.stdout
    assert word in done.stdout
    assert "ZD-3.8.1" in done.stdout


def test_a_clause_as_json_is_data_alone() -> None:
    told = json.loads(run(app, ["clause", "3.8", "--lang", "en", "--json"]).stdout)

    assert (told["id"], told["lang"], told["url"]) == ("ZD-3.8", "en", "/rulebook/ZD-3.8")
    assert told["grade"]
    assert told["beneath"][0]["id"] == "ZD-3.8.1"


def test_an_unknown_clause_ends_with_2_and_what_is_near() -> None:
    done = run(app, ["clause", "3.8.99"])

    assert isinstance(done.exception, Unusable)
    assert done.exception.exit_code == 2
    assert "ZD-3.8" in str(done.exception)


def test_a_sentence_that_cites_rules_is_followed_by_the_commands_that_print_them() -> None:
    told = hint("refused (P0, ZD-3.9; assumed), ZD-3.6, ZD-3.7, ZD-3.8, ZD-4", "en")

    assert told.startswith("Rules: zhidai policy clause ZD-3.9; zhidai policy clause ZD-3.6;")
    assert told.endswith(" …")
    assert hint("nothing is cited here", "en") == ""
