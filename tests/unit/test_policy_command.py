"""`zhidai policy`: data alone on stdout with --json; assumptions and gaps shown to people."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from policies.loader import cases, load
from services.cli.policy import app
from services.kernel.problems import Unusable
from services.kernel.settings import settings

run = CliRunner().invoke


@pytest.fixture(params=["zh", "en"])
def lang(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Each language of the settings in turn."""
    monkeypatch.setenv("ZHIDAI_LANG", request.param)
    settings.cache_clear()
    yield request.param
    settings.cache_clear()


WORDS = {
    "zh": ["一档余额上限", "10,000,000.00", "正在使用的假设", "本案例没有说的", "先本后息"],
    "en": [
        "Tier 1 up to",
        "10,000,000.00",
        "Assumptions in force",
        "leaves open",
        "Principal first",
    ],
}
UNKNOWN = {"zh": "没有名为 nanjing 的案例", "en": "There is no case nanjing"}


def test_show_as_json_is_data_alone() -> None:
    done = run(app, ["show", "jiangsu", "--json"])

    told = json.loads(done.stdout)
    assert (done.exit_code, told["case"]) == (0, "jiangsu")
    assert told["fingerprint"] == load("jiangsu").fingerprint
    by_name = {one["name"]: one for one in told["parameters"]}
    assert set(by_name) == set(load("jiangsu").stated)
    assert by_name["tier_1_ceiling"]["values"] == [{"from": "2023-08-01", "value": "10000000.00"}]
    assert (by_name["tier_1_ceiling"]["grade"], by_name["tier_1_ceiling"]["source"]) == (
        "seed",
        "S1",
    )
    assert by_name["firms_credited"]["qualifier"] == "EXACT"


def test_show_as_json_lists_every_assumption() -> None:
    told = json.loads(run(app, ["show", "jiangsu", "--json"]).stdout)

    assumed = [one["name"] for one in told["parameters"] if one["grade"] == "assumed"]
    assert sorted(told["assumptions"]) == sorted(assumed)
    assert "claim_window_days" in told["assumptions"]


def test_show_tells_a_person_values_assumptions_and_gaps(lang: str) -> None:
    done = run(app, ["show", "jiangsu"], env={"COLUMNS": "200"})

    assert done.exit_code == 0
    assert [word for word in WORDS[lang] if word not in done.stdout] == []


def test_list_names_every_case() -> None:
    told = json.loads(run(app, ["list", "--json"]).stdout)

    assert [one["case"] for one in told] == list(cases())
    assert "jiangsu" in run(app, ["list"]).stdout


def test_an_unknown_case_is_unusable_input(lang: str) -> None:
    done = run(app, ["show", "nanjing"])

    assert isinstance(done.exception, Unusable)
    assert (done.exception.exit_code, done.stdout) == (2, "")
    assert str(done.exception).startswith(UNKNOWN[lang])
