"""`zhidai calc`: JSON in and out, flags for people, and one sentence for what cannot be read."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from services.cli import main
from services.cli.calc.cases import KINDS
from services.cli.calc.command import app
from services.kernel.settings import ROOT

Typed = Callable[..., tuple[int, str, str]]
DUE = ["2026-02-15", "2026-03-15", "2026-04-15"]
FLAGS = "--principal 1000000 --rate 3.60 --months 12 --start 2026-01-15"


def case(**changes: Any) -> dict[str, Any]:
    """A case that can be answered; `input__x` changes a field of its input, None drops it."""
    given: dict[str, Any] = {
        "kind": "annuity",
        "input": {
            "principal": "1000",
            "annual_rate_pct": "12",
            "disbursement_date": "2026-01-15",
            "due_dates": DUE,
            "day_count": "30/360",
        },
        "params": {"rounding": "half_up"},
    }
    for name, value in changes.items():
        inside = given["input"] if name.startswith("input__") else given
        inside[name.removeprefix("input__")] = value
        if value is None:
            del inside[name.removeprefix("input__")]
    return given


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run a command line with something on standard input: exit code, stdout, stderr."""

    def ran(words: str, given: str | bytes = b"") -> tuple[int, str, str]:
        raw = given if isinstance(given, bytes) else given.encode()
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(raw), "utf-8"))
        monkeypatch.setenv("ZHIDAI_LANG", "en")
        lang = [] if "--lang" in words else ["--lang", "en"]
        code = main.run(main.globals_first([*lang, "calc", *words.split()]))
        told = capsys.readouterr()
        return code, told.out, told.err

    return ran


def test_one_case_gives_one_answer(typed: Typed) -> None:
    code, out, err = typed("schedule", json.dumps(case()))

    assert (code, err) == (0, "")
    assert json.loads(out)["instalment"] == "340.02"
    assert [row["balance"] for row in json.loads(out)["rows"]] == ["669.98", "336.66", "0.00"]


def test_a_list_of_cases_gives_a_list(typed: Typed) -> None:
    code, out, _ = typed("schedule", json.dumps([case(), case(kind="equal_principal")]))

    assert code == 0
    assert [len(answer["rows"]) for answer in json.loads(out)] == [3, 3]


def test_a_case_without_params_is_rounded_half_even_and_flags_half_up(typed: Typed) -> None:
    half = {"principal": "10", "annual_rate_pct": "0.6"}  # interest of a month: half a fen
    tied = case(params=None, kind="bullet", **{f"input__{k}": v for k, v in half.items()})

    _, out, _ = typed("schedule", json.dumps(tied))
    _, people, _ = typed(
        "schedule --principal 10 --rate 0.6 --months 3 --method interest_only"
        " --day-count 30/360 --start 2026-01-15 --json"
    )

    assert json.loads(out)["rows"][0]["interest"] == "0.00"
    assert json.loads(people)["rows"][0]["interest"] == "0.01"


@pytest.mark.parametrize(
    ("counted", "due"),
    [
        ({"periods": 3, "period": "month"}, ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ({"periods": 2, "period": "quarter"}, ["2026-04-30", "2026-07-31"]),
        (
            {"periods": 2, "period": "month", "first_due": "2026-03-15"},
            ["2026-03-15", "2026-04-15"],
        ),
    ],
)
def test_due_dates_may_be_counted_instead_of_given(
    typed: Typed, counted: dict[str, Any], due: list[str]
) -> None:
    start = case(input__due_dates=None, input__disbursement_date="2026-01-31")
    start["input"] |= counted

    code, out, _ = typed("schedule", json.dumps(start))

    assert code == 0
    assert [row["due"] for row in json.loads(out)["rows"]] == due


def test_settlement_on_the_20th_is_a_schedule_of_its_own(typed: Typed) -> None:
    settled = case(
        kind="interest_only",
        input__due_dates=None,
        input__principal="6000000",
        input__annual_rate_pct="3.60",
        input__disbursement_date="2025-08-14",
        input__day_count="actual/360",
        input__settlement="quarterly_20",
        input__maturity="2026-08-14",
    )

    _, out, _ = typed("schedule", json.dumps(settled))

    rows = json.loads(out)["rows"]
    assert [row["interest"] for row in rows[:2]] == ["22800.00", "54600.00"]
    assert rows[-1]["due"] == "2026-08-14"


def test_json_decimals_are_read_exactly(typed: Typed) -> None:
    text = json.dumps(case()).replace('"12"', "12.30").replace('"1000"', "1000.10")

    code, out, _ = typed("schedule", text)

    assert code == 0
    assert json.loads(out)["rows"][0]["interest"] == "10.25"


# fmt: off
REFUSED: Mapping[str, tuple[Any, str]] = {
    "empty":                    ("", "empty"),
    "blank":                    ("  \n", "empty"),
    "bad JSON":                 ("{", "JSON"),
    "not UTF-8":                (b"\xff\xfe{}", "JSON"),
    "too deep":                 ("[" * 100_000, "JSON"),
    "twice":                    ('{"kind": 1, "kind": 2}', "kind occurs twice"),
    "a number":                 ("5", "JSON object"),
    "null":                     ("null", "JSON object"),
    "a list in a list":         ("[[]]", "JSON object"),
    "cases no list":            ({"cases": 5}, "JSON object"),
    "no kind":                  (case(kind=None), "kind is missing"),
    "unknown kind":             (case(kind="no_such_kind"), "no_such_kind"),
    "unknown circumstance":     (case(kind="annuity_by_moonlight"), "moonlight"),
    "kind no text":             (case(kind=["annuity"]), "kind must be text"),
    "grace named, not given":   (case(kind="annuity_interest_grace"), "annuity_interest"),
    "input no object":          (case(input=[]), "input must be"),
    "unknown field":            (case(extra=1), "extra is not known"),
    "unknown input":            (case(input__colour="red"), "input.colour"),
    "method against kind":      (case(params={"method": "flat"}), "params.method"),
    "unknown method":           (case(params={"method": "x"}), "params.method"),
    "unknown rounding":         (case(params={"rounding": "down"}), "params.rounding"),
    "rounding no text":         (case(params={"rounding": 2}), "params.rounding"),
    "three digits":             (case(params={"money_digits": 3}), "params.money_digits"),
    "flag no boolean": (
        case(params={"instalment_levelled": "yes"}),
        "instalment_levelled",
    ),
    "unknown instalment":       (case(params={"instalment_from": "x"}), "instalment_from"),
    "two rates":                (case(params={"annual_rate_pct": "13"}), "input.annual_rate_pct"),
    "two day counts":           (case(params={"day_count": "actual/360"}), "input.day_count"),
    "no principal":             (case(input__principal=None), "input.principal"),
    "negative principal":       (case(input__principal="-1"), "input.principal"),
    "exponent":                 (case(input__principal="1e3"), "input.principal"),
    "grouped":                  (case(input__principal="1,000"), "input.principal"),
    "other digits":             (case(input__principal="٣"), "input.principal"),
    "NaN as text":              (case(input__principal="NaN"), "input.principal"),
    "a boolean":                (case(input__principal=True), "input.principal"),
    "parts of a fen":           (case(input__principal="100.001"), "input.principal"),
    "huge text":                (case(input__principal="9" * 40), "input.principal"),
    "huge integer":             (case(input__principal=10**30), "input.principal"),
    "NaN":                      (case(input__principal=float("nan")), "NaN"),
    "huge float":               (case(input__principal=1e300), "input.principal"),
    "negative rate":            (case(input__annual_rate_pct="-3"), "annual_rate_pct"),
    "rate above bounds":        (case(input__annual_rate_pct="1001"), "annual_rate_pct"),
    "no rate":                  (case(input__annual_rate_pct=None), "annual_rate_pct"),
    "unknown day count":        (case(input__day_count="30E/360"), "input.day_count"),
    "no day count":             (case(input__day_count=None), "input.day_count"),
    "no such day":              (case(input__disbursement_date="2026-02-30"), "disbursement_date"),
    "other date form":          (case(input__disbursement_date="15.1.2026"), "disbursement_date"),
    "ancient":                  (case(input__disbursement_date="0001-01-01"), "disbursement_date"),
    "drawn on the due date":    (case(input__disbursement_date="2026-02-15"), "first due date"),
    "no due dates":             (case(input__due_dates=[]), "input.due_dates"),
    "dates no list":            (case(input__due_dates="2026-02-15"), "input.due_dates"),
    "falling dates":            (case(input__due_dates=DUE[::-1]), "input.due_dates"),
    "equal dates":              (case(input__due_dates=[DUE[0], DUE[0]]), "input.due_dates"),
    "a number as date":         (case(input__due_dates=[DUE[0], 7]), "input.due_dates[1]"),
    "far future":               (case(input__due_dates=["9999-12-31"]), "input.due_dates"),
    "nothing but grace":        (case(input__principal_grace_periods=3), "principal_grace"),
    "negative grace":           (case(input__principal_grace_periods=-1), "principal_grace"),
    "half a period":            (case(input__principal_grace_periods="1.5"), "principal_grace"),
    "multiple of nothing":      (case(input__instalment_multiple="0"), "instalment_multiple"),
    "two principals":           (case(input__disbursements=[]), "input.disbursements"),
    "periods beside dates":     (case(input__periods=3), "input.periods"),
    "dates beside settlement":  (
        case(input__settlement="monthly_20", input__maturity="2027-01-15"),
        "input.due_dates",
    ),
    "method named, no grace":   (case(kind="annuity_grace"), "annuity_grace"),
    "no longer due dates":      (case(kind="due_dates_month_end"), "due_dates_month_end"),
    "flat annuity":             (case(input__interest_type="flat"), "input.interest_type"),
    "share of an annuity":      (case(input__fixed_principal_pct_of_loan=5), "fixed_principal_pct"),
    "instalment of a bullet":   (case(kind="bullet", input__instalment="5"), "input.instalment"),
    "multiple of a bullet":     (
        case(kind="bullet", input__instalment_multiple="1"),
        "instalment_multiple",
    ),
    "levelled, yet nominal":    (
        case(params={"instalment_levelled": True, "instalment_from": "nominal_monthly_rate"}),
        "instalment_levelled",
    ),
    "nominal without months":   (
        case(input__due_dates=["2026-02-15", "2026-03-02", "2026-04-20"])
        | {"params": {"instalment_from": "nominal_monthly_rate"}},
        "instalment_from",
    ),
    "unknown settlement":       (case(input__settlement="weekly"), "input.settlement"),
    "no fixed instalment":      (case(kind="fixed_instalment"), "instalment"),
    "below interest":           (case(kind="fixed_instalment", input__instalment="5"), "period 1"),
    "no fixed share":           (case(kind="fixed_principal_balloon"), "fixed_principal_pct"),
    "unknown rule": (
        {"kind": "due_dates", "input": {"start": "2026-01-15", "periods": 3, "rule": "full moon"}},
        "full moon",
    ),
    "no periods": (
        {"kind": "due_dates", "input": {"start": "2026-01-15", "periods": 0, "rule": "monthly"}},
        "input.periods",
    ),
}
# fmt: on


@pytest.mark.parametrize(("given", "named"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_interpreted_ends_with_2_and_one_sentence(
    typed: Typed, given: Any, named: str
) -> None:
    text = given if isinstance(given, str | bytes) else json.dumps(given)

    code, out, err = typed("schedule", text)

    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert named in err
    assert "Traceback" not in err


def test_a_sentence_names_the_case_it_refuses(typed: Typed) -> None:
    known = {**case(), "id": "SCH-7"}
    unknown = {**case(input__principal="x"), "id": "SCH-8"}

    code, out, err = typed("schedule", json.dumps({"about": "", "cases": [known, unknown]}))

    assert (code, out) == (2, "")
    assert "SCH-8" in err
    assert "input.principal" in err


def test_a_case_without_name_is_told_by_its_place(typed: Typed) -> None:
    _, _, err = typed("schedule", json.dumps([case(), case(kind=None)]))

    assert "case 2" in err


def test_sentences_are_chinese_where_that_is_set(typed: Typed) -> None:
    code, out, err = typed("schedule --lang zh", json.dumps(case(input__principal="-1")))

    assert (code, out) == (2, "")
    assert "字段 input.principal" in err


def test_flags_print_a_table_with_totals(typed: Typed) -> None:
    code, out, _ = typed(f"schedule {FLAGS} --day-count actual/360")

    assert code == 0
    assert "84,983.34" in out
    assert "1,000,000.00" in out
    assert "19,800.13" in out


def test_csv_has_a_line_a_due_date(typed: Typed) -> None:
    code, out, _ = typed(f"schedule {FLAGS} --method equal_principal --every 3 --csv")

    rows = list(csv.DictReader(io.StringIO(out)))
    assert code == 0
    assert [row["due"] for row in rows] == ["2026-04-15", "2026-07-15", "2026-10-15", "2027-01-15"]
    assert {row["principal"] for row in rows} == {"250000.00"}


def test_flags_and_json_give_the_same_answer(typed: Typed) -> None:
    _, by_flags, _ = typed(
        "schedule --principal 1000 --rate 12 --months 3 --start 2026-01-15"
        " --day-count 30/360 --json"
    )
    _, by_case, _ = typed("schedule", json.dumps(case()))

    assert json.loads(by_flags) == json.loads(by_case)


def test_a_plot_is_an_svg_that_loads_nothing(tmp_path: Path) -> None:
    chart = tmp_path / "chart.svg"
    # A process of its own: pygal puts an import hook in place that warns on Python 3.11.
    words = ["--lang", "en", "calc", "schedule", *FLAGS.split(), "--plot", str(chart)]

    ended = subprocess.run(
        [sys.executable, "-c", "from services.cli.main import main; main()", *words],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )

    assert (ended.returncode, ended.stderr) == (0, "")
    drawn = chart.read_text("utf-8")
    assert "Principal" in drawn
    assert "Interest" in drawn
    assert "src=" not in drawn
    assert "href=" not in drawn


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ("--principal 5", "--start"),
        ("--rate 5 --months 3 --start 2026-01-15", "--principal"),
        (f"{FLAGS} --every 5", "12"),
        (f"{FLAGS} --start tomorrow", "--start"),
        (f"{FLAGS} --principal -5", "principal"),
        (f"{FLAGS} --months 99999999", "--months"),
        (f"{FLAGS} --day-count 31/361", "31/361"),
        (f"{FLAGS} --method by_luck", "by_luck"),
        ("--csv", "--principal"),
    ],
)
def test_flags_that_say_no_schedule_are_refused_by_name(
    typed: Typed, words: str, named: str
) -> None:
    code, out, err = typed(f"schedule {words}")

    assert code == 2
    assert out == ""
    assert named in err


def test_every_kind_has_a_command() -> None:
    assert {command.name for command in app.registered_commands} == set(KINDS)
