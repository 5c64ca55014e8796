"""`zhidai replay`: the promised keys, odd rows told and counted, unusable files in one sentence."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policies.money import Money
from policies.reading.variants import forms
from services.cli.main import run
from services.comparison.book import PastLoan
from services.kernel.settings import ROOT
from tests.unit.boarding.books import LOST, book

pytestmark = pytest.mark.usefixtures("own_language")

BOOK = str(ROOT / "tests" / "data" / "book_500.csv")
LOSS = {**LOST, "amount_disbursed": "600000.00", "charged_off_principal": "100000.01"}


def told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, *rows: dict[str, str]
) -> tuple[dict[str, Any], str]:
    """What a book of these rows comes to, and what is said of it."""
    file = tmp_path / "book.csv"
    file.write_bytes(book(*rows))
    assert run(["--lang", "en", "replay", str(file), "--json"]) == 0
    captured = capsys.readouterr()
    return json.loads(captured.out), captured.err


def test_the_keys_are_those_promised(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", BOOK, "--json"]) == 0

    found = json.loads(capsys.readouterr().out)
    assert list(found) == ["rows", "unread", "defaults", "loss", "by_case", "read"]
    assert list(found["by_case"]) == [form.ident for form in forms()]
    assert all(list(one) == ["totals", "refused"] for one in found["by_case"].values())
    assert (found["rows"], found["defaults"]) == (500, 100)
    assert found["loss"] == "473914058.83"


def test_the_sba_book_has_the_rows_and_oddities_its_readme_names(
    capsys: pytest.CaptureFixture[str], real_book: Path
) -> None:
    assert run(["--lang", "en", "replay", str(real_book), "--json"]) == 0

    captured = capsys.readouterr()
    found = json.loads(captured.out)
    assert (found["rows"], found["defaults"], found["loss"]) == (20023, 4191, "218676038.00")
    assert (
        "more principal charged off than drawn: what was lost is taken as drawn, 51 rows"
        in captured.err
    )
    assert "drawn before the approval, 5 rows" in captured.err


def test_each_loss_is_rounded_by_itself(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found, _ = told(capsys, tmp_path, LOSS, LOSS, {})

    # 80 % of 100,000.01 is 80,000.00 and eight tenths of a fen: twice that would be a fen more.
    assert (found["rows"], found["defaults"], found["loss"]) == (3, 2, "200000.02")
    assert found["by_case"]["jiangsu"]["totals"] == {"fund": "160000.00", "bank": "40000.02"}


def test_a_loss_above_a_ceiling_stays_with_the_bank(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    large = {**LOST, "amount_disbursed": "30000000.01", "charged_off_principal": "1.00"}

    found, _ = told(capsys, tmp_path, large)

    assert found["by_case"]["jiangsu"] == {
        "totals": {"fund": "0.00", "bank": "1.00"},
        "refused": 1,
    }


def test_a_book_without_defaults_loses_nothing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found, _ = told(capsys, tmp_path, {}, {})

    assert (found["rows"], found["defaults"], found["loss"]) == (2, 0, "0.00")
    assert set(found["by_case"]["jiangsu"]["totals"].values()) == {"0.00"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**LOSS, "charged_off_principal": "600000.01"}, "more principal charged off than drawn"),
        ({**LOSS, "approved_on": "2024-02-02"}, "drawn before the approval"),
        ({**LOSS, "charged_off_on": "2024-01-31"}, "charged off before the draw"),
        ({**LOSS, "charged_off_on": ""}, "no readable day of the charge-off"),
        ({**LOSS, "disbursed_on": "soon"}, "no readable day of the draw"),
        ({**LOSS, "amount_disbursed": ""}, "no amount drawn"),
        ({**LOSS, "loan_id": "L1"}, "the loan's id stands twice"),
    ],
)
def test_an_odd_row_counts_and_is_told_with_its_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, row: dict[str, str], said: str
) -> None:
    found, err = told(capsys, tmp_path, {}, row)

    assert found["defaults"] == 1
    assert found["loss"] == row["charged_off_principal"]
    assert said in err
    assert ", 1 rows (3)" in err


def test_a_repaid_loan_with_a_loss_is_told_and_not_counted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found, err = told(capsys, tmp_path, {"charged_off_principal": "5.00"})

    assert (found["defaults"], found["loss"]) == (0, "0.00")
    assert "repaid, yet with principal charged off" in err


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({**LOSS, "charged_off_principal": "1e6"}, "Scientific notation"),
        ({**LOSS, "charged_off_principal": "-1"}, "negative"),
        ({**LOSS, "amount_disbursed": "1.234"}, "two decimals"),
        ({**LOSS, "status": "lost"}, "charged_off"),
        ({**LOSS, "industry": "3,3"}, "The line has 14 fields, the header 13"),
        ({**LOSS, "industry": '"33'}, "A quotation mark is not closed"),
        ({**LOSS, "loan_id": '"L2" '}, "text after a closed quotation mark"),
        ({**LOSS, "amount_disbursed": "６０００００"}, "Full-width digits"),
        ({**LOSS, "charged_off_principal": "𐩁𐩁"}, "those of another script"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_and_only_counted_as_a_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, row: dict[str, str], said: str
) -> None:
    found, err = told(capsys, tmp_path, {}, row)

    assert (found["rows"], found["unread"]) == (2, 1)
    assert (found["defaults"], found["loss"]) == (0, "0.00")
    assert "not in defaults and loss" in err
    assert said in err
    assert "(3)" in err


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        book(),
        book({}).replace(b"status", b"state_of"),
        book({}).replace(b"loan_id", b"status"),
        b"a,b\n1,2\n",
        b"PK\x03\x04\0\0\0",
        book({"state": "straße"}).decode().encode("latin-1"),
        book({"status": "?"}, {"status": ""}),
    ],
)
def test_a_file_that_is_no_book_ends_with_2(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, data: bytes
) -> None:
    file = tmp_path / "book.csv"
    file.write_bytes(data)

    code = run(["replay", str(file), "--json"])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")
    assert captured.err.splitlines()[-1].startswith("zhidai: ")
    assert "{" not in captured.err


def test_a_file_that_is_not_there_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", "no-such.csv"]) == 2
    assert "no-such.csv" in capsys.readouterr().err


def test_a_person_gets_a_table_and_the_day_of_the_policies(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")

    assert run(["replay", BOOK, "--on", "2024-01-01"]) == 0

    captured = capsys.readouterr()
    assert "2024-01-01" in captured.err
    assert "473,914,058.83" in captured.out


@pytest.mark.parametrize("flags", ["", "--fund need --case jiangsu --runs 20"])
def test_every_form_and_amount_is_legible_in_80_columns(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, flags: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")

    assert run(["--lang", "en", "replay", BOOK, *flags.split()]) == 0

    shown = capsys.readouterr().out
    assert "jiangsu" in shown
    assert "…" not in shown


def test_a_field_that_cannot_be_read_is_named_with_its_column(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found, said = told(capsys, tmp_path, LOSS, {**LOSS, "charged_off_principal": "-1"})

    assert (found["rows"], found["defaults"]) == (2, 1)
    assert "charged_off_principal Must not be negative, 1 rows (3)" in said


def test_a_loan_is_taken_to_have_lent_what_it_lost() -> None:
    loan = PastLoan(2, drawn=100, lost=200, drawn_on=None, lost_on=None, term_months=12)

    assert loan.loss.lent == Money(200)
    assert loan.loss.balance_after_draw == Money(200)
