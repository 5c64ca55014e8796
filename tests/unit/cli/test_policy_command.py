"""`zhidai policy`: data alone on stdout with --json; assumptions and gaps shown to people."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from typer.testing import CliRunner

from policies.reading.loader import cases, load
from services.cli.policy.command import app
from services.kernel.i18n import label
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
    done = run(app, ["show", "jiangsu", "--all"], env={"COLUMNS": "200"})

    assert done.exit_code == 0
    assert [word for word in WORDS[lang] if word not in done.stdout] == []


def test_show_gives_the_cases_own_words_and_folds_the_rest(lang: str) -> None:
    own, *others = WORDS[lang]
    done = run(app, ["show", "jiangsu"], env={"COLUMNS": "200"})

    assert own in done.stdout
    assert others[-1] not in done.stdout  # the platform's
    assert label("layer.platform", lang) in done.stdout


def test_diff_compares_own_words_first() -> None:
    told = json.loads(run(app, ["diff", "jiangsu", "ningbo", "--all", "--json"]).stdout)
    layers = [
        {side["layer"] for side in (row["one"], row["other"]) if side} for row in told["parameters"]
    ]
    own = ["case" in one for one in layers]

    assert own == sorted(own, reverse=True)
    assert True in own
    assert False in own


def test_list_names_every_case() -> None:
    told = json.loads(run(app, ["list", "--json"]).stdout)

    assert [one["case"] for one in told] == list(cases())
    assert "jiangsu" in run(app, ["list"]).stdout


def test_an_unknown_case_is_unusable_input(lang: str) -> None:
    done = run(app, ["show", "nanjing"])

    assert isinstance(done.exception, Unusable)
    assert (done.exception.exit_code, done.stdout) == (2, "")
    assert str(done.exception).startswith(UNKNOWN[lang])


def test_a_form_is_shown_with_its_own_values_and_the_cases_others() -> None:
    told = json.loads(run(app, ["show", "guangdong:zhongshan", "--json"]).stdout)

    by_name = {one["name"]: one for one in told["parameters"]}
    assert by_name["fund_share"]["values"][0]["value"] == "0.54"
    assert by_name["fund_share"]["grade"] == "public"
    assert "recourse" in by_name
    assert "中山" in told["title"]["zh"]


def test_a_case_names_its_forms() -> None:
    assert "shanghai:margin" in run(app, ["show", "shanghai"], env={"COLUMNS": "200"}).stdout
    told = json.loads(run(app, ["show", "shanghai", "--json"]).stdout)
    assert told["variants"] == ["pre_compensation", "margin"]


def test_a_difference_lists_what_two_cases_say_otherwise_with_grades() -> None:
    told = json.loads(run(app, ["diff", "jiangsu", "guangdong:zhuhai", "--json"]).stdout)

    by_name = {row["name"]: row for row in told["parameters"]}
    assert by_name["tier_1_fund_share"]["one"]["value"] == "0.80"
    assert by_name["tier_1_fund_share"]["other"] is None
    assert by_name["fund_share"]["other"]["grade"] == "public"
    assert "recourse" not in by_name
    assert all(row["differs"] for row in told["parameters"])


def test_a_difference_lists_the_same_too_where_asked_for() -> None:
    told = json.loads(run(app, ["diff", "jiangsu", "boc:jiangsu", "--all", "--json"]).stdout)

    by_name = {row["name"]: row for row in told["parameters"]}
    assert by_name["tier_1_fund_share"]["differs"] is False


def test_a_case_does_not_differ_from_itself() -> None:
    assert json.loads(run(app, ["diff", "jiangsu", "jiangsu", "--json"]).stdout)["parameters"] == []


def test_a_difference_is_told_to_a_person(lang: str) -> None:
    done = run(app, ["diff", "guangdong:zhongshan", "guangdong:zhuhai"], env={"COLUMNS": "160"})

    assert done.exit_code == 0
    assert [word for word in ("54.00 %", "40.00 %", "—") if word not in done.stdout] == []


@pytest.mark.parametrize("words", [["show", "shanghai:third"], ["diff", "jiangsu", "boc:boc"]])
def test_an_unknown_form_is_unusable_input(words: list[str], lang: str) -> None:
    done = run(app, words)

    assert isinstance(done.exception, Unusable)
    assert done.exception.exit_code == 2
