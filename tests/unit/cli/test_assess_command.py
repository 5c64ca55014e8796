"""`zhidai assess`: data alone on stdout with exact keys, one sentence on stderr where unusable."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

from services.cli.main import run
from services.kernel.settings import ROOT

pytestmark = pytest.mark.usefixtures("own_language")

B0 = ["--principal", "4,200,000.00", "--interest", "63000", "--drawn", "6000000.00"]
R0 = ["--recovery", "1000000", "--cost", "40000"]
KEYS = [
    "case", "variant", "exposure", "shares", "totals", "after_recovery",
    "transferred_not_yet_paid", "refusals", "assumptions", "working",
]  # fmt: skip


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    """The JSON of an assessment that ends well."""
    code = run(["assess", *words, "--json"])
    told = capsys.readouterr()
    assert (code, told.err) == (0, "")
    found: dict[str, Any] = json.loads(told.out)
    return found


def complaint(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    """The one sentence of an assessment that cannot be made."""
    code = run(["--lang", "en", "assess", *words])
    told = capsys.readouterr()
    assert (code, told.out, told.err.count("\n")) == (2, "", 1)
    return told.err


def test_the_keys_are_those_promised_in_their_order(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "jiangsu", *B0, *R0)

    assert list(found) == KEYS
    assert list(found["after_recovery"]) == ["net", "returned", "surplus_to_pledgor", "burden"]
    assert list(found["shares"][0]) == ["party", "component", "amount"]
    assert list(found["assumptions"][0]) == [
        "name", "value", "unit", "label", "source", "clause", "note"
    ]  # fmt: skip
    assert list(found["working"][0]) == [
        "name", "inputs", "amount", "sentence", "source", "clause", "grade", "layer"
    ]  # fmt: skip


def test_b0_under_jiangsu_before_and_after_r0(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "jiangsu", *B0, *R0)

    assert found["exposure"] == "4263000.00"
    assert found["totals"] == {"fund": "3360000.00", "bank": "903000.00"}
    assert found["after_recovery"] == {
        "net": "960000.00",
        "returned": {"fund": "768000.00", "bank": "192000.00"},
        "surplus_to_pledgor": "0.00",
        "burden": {"fund": "2592000.00", "bank": "711000.00"},
    }


def test_without_a_recovery_nothing_comes_back(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "jiangsu", *B0)

    back = found["after_recovery"]
    assert (back["net"], set(back["returned"].values())) == ("0.00", {"0.00"})
    assert back["burden"] == found["totals"]


def test_a_margin_is_told_as_transferred(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "shanghai", "--route", "margin", *B0)

    assert (found["case"], found["variant"]) == ("shanghai", "shanghai:margin")
    assert found["totals"] == {"guarantor": "3360000.00", "bank": "903000.00"}
    assert found["transferred_not_yet_paid"] == "3360000.00"


def test_a_refused_default_is_an_answer(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "jiangsu", "--principal", "30000000.01", "--interest", "0")

    assert found["totals"] == {"bank": "30000000.01"}
    [refusal] = found["refusals"]
    assert list(refusal) == [
        "code", "parameter", "threshold", "actual", "sentence", "case", "source", "clause", "grade",
        "layer",
    ]  # fmt: skip
    assert (refusal["code"], refusal["parameter"]) == ("balance_above_top_tier", "tier_2_ceiling")
    assert (refusal["threshold"], refusal["actual"]) == ("30000000.00", "30000000.01")
    assert "30,000,000.01" in refusal["sentence"]


def test_too_little_cash_leaves_the_rest_queued(capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, "jiangsu", *B0, "--fund-cash", "500000")

    assert found["totals"] == {"fund": "500000.00", "bank": "3763000.00"}
    assert {"party": "bank", "component": "queued", "amount": "2860000.00"} in found["shares"]


def test_a_value_chosen_otherwise_is_shown_as_an_assumption(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = asked(capsys, "jiangsu", *B0, "--set", "tier_1_fund_share=0.70")

    assert found["totals"]["fund"] == "2940000.00"
    [one] = [one for one in found["assumptions"] if one["name"] == "tier_1_fund_share"]
    assert (one["value"], one["unit"]) == ("0.70", "share")


@pytest.mark.parametrize(("lang", "said"), [("zh", "基金分担比例 80%"), ("en", "80%")])
def test_the_working_is_told_in_the_readers_language(
    capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    run(["--lang", lang, "assess", "jiangsu", *B0, "--json"])

    sentences = [step["sentence"] for step in json.loads(capsys.readouterr().out)["working"]]
    assert any(said in one for one in sentences)
    assert not any("step." in one or "{" in one for one in sentences)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["shanghai", *B0], "pre_compensation, margin"),
        (["guangdong", *B0], "--city"),
        (["jiangsu", *B0, "--city", "nanjing"], "--city"),
        (["shanghai", *B0, "--route", "third"], "--route"),
        (["shanghai", *B0, "--route", "margin", "--with", "jiangsu"], "one form"),
        (["nanjing", *B0], "nanjing"),
        (["jiangsu", "--principal", "-1", "--interest", "0"], "--principal"),
        (["jiangsu", "--principal", "1", "--interest", "-1"], "--interest"),
        (["jiangsu", "--principal", "1.234", "--interest", "0"], "two decimals"),
        (["jiangsu", "--principal", "2", "--interest", "0", "--drawn", "1"], "--drawn"),
        (["jiangsu", *B0, "--balance-after-draw", "5999999.99"], "--balance-after-draw"),
        (["jiangsu", *B0, "--cost", "1"], "--recovery"),
        (["jiangsu", *B0, "--fund-cash", "-1"], "--fund-cash"),
        (["jiangsu", *B0, "--set", "tier_1_fund_share=2"], "tier_1_fund_share"),
        (["jiangsu", *B0, "--set", "nothing=2"], "nothing"),
        (["jiangsu", *B0, "--on", "yesterday"], "yesterday"),
        (["jiangsu", "--principal", "1"], "--interest"),
    ],
)
def test_what_cannot_be_assessed_ends_with_2_and_one_sentence(
    capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert said in complaint(capsys, *words)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["政策日 2023-08-01", "谁承担", "追偿之后", "2,592,000.00", "假设", "分档方式"]),
        ("en", ["policy of 2023-08-01", "Who bears what", "After the recovery", "Assumptions"]),
    ],
)
def test_a_person_gets_tables_with_day_working_and_assumptions(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, lang: str, said: list[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "160")

    assert run(["--lang", lang, "assess", "jiangsu", *B0, *R0]) == 0

    out = capsys.readouterr().out
    assert [word for word in said if word not in out] == []


def test_a_person_is_told_why_a_default_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["assess", "jiangsu", "--principal", "30000000.01", "--interest", "0"]

    assert run(["--lang", "en", *words]) == 0

    assert "30,000,000.01" in capsys.readouterr().out


def test_assessing_loads_neither_database_nor_numpy_nor_charts() -> None:
    program = (
        "import sys; from services.cli.main import run; "
        "run(['assess', 'jiangsu', '--principal', '1', '--interest', '0', '--json']); "
        "heavy = ('sqlalchemy', 'numpy', 'pygal', 'structlog', 'celery', 'pydantic_settings'); "
        "print([name for name in heavy if name in sys.modules])"
    )

    told = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )

    assert told.stdout.splitlines()[-1] == "[]"
