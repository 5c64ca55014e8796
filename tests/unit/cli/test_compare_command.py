"""`zhidai compare`: the thirteen rows of ZD-4.11 to the fen, in every form of answer."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rich.cells import cell_len

from policies.reading.variants import forms
from services.cli.main import run

pytestmark = pytest.mark.usefixtures("own_language")

# fmt: off
ROWS = [
    # form                       before the recovery                                  after R0
    ("shanghai:pre_compensation", {"fund": "2310000.00", "bank": "1953000.00"},
                                  {"fund": "1782000.00", "bank": "1521000.00"}),
    ("shanghai:margin",           {"guarantor": "3360000.00", "bank": "903000.00"},
                                  {"guarantor": "2592000.00", "bank": "711000.00"}),
    ("jiangsu",                   {"fund": "3360000.00", "bank": "903000.00"},
                                  {"fund": "2592000.00", "bank": "711000.00"}),
    ("zhejiang",                  {"insurer": "2940000.00", "bank": "1323000.00"},
                                  {"insurer": "2268000.00", "bank": "1035000.00"}),
    ("guangdong:zhongshan",       {"fund": "2268000.00", "insurer": "672000.00",
                                   "appraiser": "168000.00", "bank": "1155000.00"},
                                  {"fund": "1749600.00", "insurer": "518400.00",
                                   "appraiser": "129600.00", "bank": "905400.00"}),
    ("guangdong:zhuhai",          {"fund": "1680000.00", "bank": "2583000.00"},
                                  {"fund": "1296000.00", "bank": "2007000.00"}),
    ("guangdong:shenzhen",        {"fund": "2100000.00", "bank": "2163000.00"},
                                  {"fund": "1620000.00", "bank": "1683000.00"}),
    ("haidian",                   {"government": "2100000.00", "operator": "2100000.00",
                                   "bank": "63000.00"},
                                  {"government": "1620000.00", "operator": "1620000.00",
                                   "bank": "63000.00"}),
    ("ningbo",                    {"guarantor": "3360000.00", "bank": "903000.00"},
                                  {"guarantor": "2592000.00", "bank": "711000.00"}),
    ("futian",                    {"guarantor": "4263000.00", "noteholders": "0.00"},
                                  {"guarantor": "3303000.00", "noteholders": "0.00"}),
    ("chengdu",                   {"fund": "2100000.00", "bank": "2163000.00"},
                                  {"fund": "1620000.00", "bank": "1683000.00"}),
    ("boc",                       {"bank": "4263000.00"}, {"bank": "3303000.00"}),
    ("ccb",                       {"bank": "4263000.00"}, {"bank": "3303000.00"}),
]
# fmt: on


def compared(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    code = run(["compare", *words, "--json"])
    told = capsys.readouterr()
    assert (code, told.err) == (0, "")
    found: dict[str, Any] = json.loads(told.out)
    return found


def variants(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {one["variant"]: one for one in found["variants"]}


@pytest.mark.parametrize(("ident", "before", "after"), ROWS)
def test_b0_and_r0_come_out_as_the_table_says(
    capsys: pytest.CaptureFixture[str], ident: str, before: dict[str, str], after: dict[str, str]
) -> None:
    found = variants(compared(capsys))[ident]

    assert found["exposure"] == "4263000.00"
    assert found["totals"] == before
    assert found["after_recovery"]["burden"] == after


def test_the_thirteen_rows_are_those_shown_without_being_asked_for() -> None:
    headline = {form.ident for form in forms() if form.headline}

    assert {ident for ident, _, _ in ROWS} <= headline


def test_json_holds_the_question_and_every_form(capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(capsys)

    variant = found.pop("variants")
    assert [one["variant"] for one in variant] == [form.ident for form in forms()]
    assert {name: found[name] for name in ("principal", "interest", "drawn", "recovery")} == {
        "principal": "4200000.00",
        "interest": "63000.00",
        "drawn": "6000000.00",
        "recovery": "1000000.00",
    }


def test_a_question_of_ones_own_has_no_recovery(capsys: pytest.CaptureFixture[str]) -> None:
    found = compared(capsys, "--principal", "30000000.01", "--interest", "0")

    jiangsu = variants(found)["jiangsu"]
    assert (found["recovery"], found["cost"]) == (None, None)
    assert [one["code"] for one in jiangsu["refusals"]] == ["balance_above_top_tier"]


def test_a_value_is_chosen_wherever_it_is_stated(capsys: pytest.CaptureFixture[str]) -> None:
    found = variants(compared(capsys, "--set", "fund_share=0.10"))

    assert found["guangdong:zhuhai"]["totals"]["fund"] == "420000.00"
    assert found["jiangsu"]["totals"]["fund"] == "3360000.00"


@pytest.mark.parametrize(
    "words",
    [
        ["--set", "no_such=1"],
        ["--set", "fund_share=2"],
        ["--principal", "x"],
        ["--json", "--csv"],
        ["--view", "tax"],
        ["--view", "bank", "--rate", "x"],
        ["--plot", "/no/such/folder/chart.svg"],
        ["--city", "zhuhai"],
    ],
)
def test_what_cannot_be_compared_ends_with_2(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code = run(["compare", *words])

    told = capsys.readouterr()
    assert (code, told.out, told.err.count("\n")) == (2, "", 1)


def test_csv_has_a_line_a_form_with_the_sums_of_each_party(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run(["compare", "--csv"]) == 0

    rows = {row["variant"]: row for row in csv.DictReader(io.StringIO(capsys.readouterr().out))}
    zhongshan = rows["guangdong:zhongshan"]
    assert list(rows) == [form.ident for form in forms()]
    assert (zhongshan["insurer"], zhongshan["burden_insurer"]) == ("672000.00", "518400.00")
    assert rows["shanghai:margin"]["transferred_not_yet_paid"] == "3360000.00"


def test_a_table_shows_the_headline_forms_and_all_where_asked_for(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    other = next(form.ident for form in forms() if not form.headline)

    run(["compare"])
    few = capsys.readouterr().out
    run(["compare", "--all"])
    every = capsys.readouterr().out

    assert [ident for ident, _, _ in ROWS if ident not in few] == []
    assert (other in few, other in every) == (False, True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_chart_is_an_svg_without_script_style_or_links(tmp_path: Path, lang: str) -> None:
    file = tmp_path / "chart.svg"

    assert run(["--lang", lang, "compare", "--plot", str(file)]) == 0

    root = ElementTree.fromstring(file.read_text("utf-8"))
    names = {element.tag.rpartition("}")[2] for element in root.iter()}
    attributes = {name for element in root.iter() for name in element.attrib}
    assert names <= {"svg", "title", "g", "rect", "path", "text"}
    assert attributes & {"style", "id", "href", "onclick"} == set()


def test_the_same_question_draws_the_same_chart(tmp_path: Path) -> None:
    one, other = tmp_path / "one.svg", tmp_path / "other.svg"

    for file in (one, other):
        run(["compare", "--plot", str(file)])

    assert one.read_bytes() == other.read_bytes()


def test_a_chart_says_why_a_form_refuses(tmp_path: Path) -> None:
    file = tmp_path / "chart.svg"

    run(["compare", "--principal", "31000000", "--interest", "0", "--plot", str(file)])

    assert "不予补偿" in file.read_text("utf-8")


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("flags", ["", "--view enterprise", "--view bank", "--view public"])
def test_no_amount_is_cut_in_a_terminal_of_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, flags: str, lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert run(["--lang", lang, "compare", *flags.split()]) == 0

    shown = capsys.readouterr().out
    assert "…" not in shown
    assert max(map(cell_len, shown.splitlines())) <= 80
    assert "guangdong:" in shown


def test_a_rate_without_a_ledger_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "compare", "--rate", "5"]) == 2

    assert "--rate belongs to the ledgers of --view" in capsys.readouterr().err


def test_a_chart_is_written_as_svg_only(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(["--lang", "en", "compare", "--plot", str(tmp_path / "chart.png")]) == 2

    assert "must end in .svg" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
