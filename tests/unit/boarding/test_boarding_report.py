"""The report of a boarding, as JSON and as a screen, in both languages."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

import services.boarding
from policies.money import Money, yuan
from services.boarding.findings import FormErrors
from services.boarding.report import (
    Figures,
    Report,
    Say,
    Unpaid,
    errors_json,
    report_json,
    show_errors,
    show_report,
)
from services.boarding.tape import read_tape
from services.kernel.i18n import catalogue
from tests.unit.boarding.books import CHINESE, ENGLISH, LOST, book, judged
from workflows.lifecycle.waivers import WAIVED_FOR_BOARDING

CODED = (
    "encoding", "separated", "workbook", "sheet", "fields", "tape", "judge", "run",
)  # fmt: skip
"""The modules that give codes."""
TOLD = ("boarding.form.", "boarding.refused.", "boarding.read.", "boarding.warning.")


def report(rows: tuple[dict[str, str], ...] = (), unpaid: tuple[Unpaid, ...] = ()) -> Report:
    found = judged({}, *rows)
    return Report(
        rows=1 + len(rows),
        boarded=len(found.boardable),
        already_boarded=0,
        refused=found.refused,
        warnings=found.warnings,
        waivers={"tenor_too_long": 3, "rate_above_cap": 1},
        figures=Figures(yuan("3000000.00"), 1, yuan("1000.01"), yuan("800.00")),
        unpaid=unpaid,
        world="book-0123456789ab",
        business_date=date(2025, 2, 1),
    )


def screen(show: object, of: object) -> str:
    out = io.StringIO()
    show(of, ENGLISH, Console(file=out, width=200))  # type: ignore[operator]  # one of two shows
    return out.getvalue()


def test_the_json_report_has_the_agreed_keys_and_amounts_with_two_decimals() -> None:
    found = report_json(report(unpaid=(Unpaid("L9", yuan("12.5")),)), ENGLISH)

    assert found == {
        "rows": 1,
        "unread": 0,
        "read": [],
        "boarded": 1,
        "already_boarded": 0,
        "refused": [],
        "warnings": [],
        "waivers": {"rate_above_cap": 1, "tenor_too_long": 3},
        "disbursed": "3000000.00",
        "defaults": 1,
        "charged_off": "1000.01",
        "compensated": "800.00",
        "bank_loss": "200.01",
        "unpaid": [{"loan_id": "L9", "amount": "12.50"}],
        "world": "book-0123456789ab",
        "business_date": "2025-02-01",
    }


def test_a_refused_row_is_one_entry_with_the_place_and_all_reasons() -> None:
    row = {**LOST, "charged_off_on": "", "charged_off_principal": "3000000.01"}

    (entry,) = report_json(report((row,)), ENGLISH)["refused"]

    assert entry == {
        "line": 3,
        "field": "charged_off_principal",
        "value": "3000000.01",
        "reason": "Charged-off principal 3,000,000.01 is above the 3,000,000.00 disbursed. "
        "Charged off, but without a date.",
    }


def test_a_warning_names_line_field_value_and_reason() -> None:
    (entry,) = report_json(report(({"approved_on": "2024-02-02"},)), CHINESE)["warnings"]

    assert entry == {
        "line": 3,
        "field": "disbursed_on",
        "value": "2024-02-01",
        "reason": "提款日期 2024-02-01 早于审批日期 2024-02-02；已照登记。",
    }


def test_errors_of_form_are_listed_with_the_line_of_the_file() -> None:
    found = read_tape(book({"employees": "ten"}, {"loan_id": "L1"}))
    assert isinstance(found, FormErrors)

    assert errors_json(found, ENGLISH) == {
        "unread": 0,
        "errors": [
            {
                "line": 2,
                "field": "employees",
                "value": "ten",
                "reason": "Not a number (such as 60000.00, without separators).",
            },
            {
                "line": 3,
                "field": "loan_id",
                "value": "L1",
                "reason": "The id stands twice: lines 2 and 3.",
            },
        ],
    }


def test_the_screen_shows_figures_refused_rows_waivers_and_what_stayed_unpaid() -> None:
    row = {"amount_disbursed": "30000000.01"}

    shown = screen(show_report, report((row,), (Unpaid("L9", yuan("1234.50")),)))

    for text in ("3,000,000.00", "30,000,000.01", "tenor_too_long", "L9", "1,234.50", "200.01"):
        assert text in shown


def test_markup_and_escapes_in_a_file_do_not_reach_the_terminal() -> None:
    found = read_tape(book({"status": "[red]\x1b[2J[/nothing]"}))
    assert isinstance(found, FormErrors)

    shown = screen(show_errors, found)

    assert "[red]" in shown
    assert "\x1b" not in shown


def test_no_sentence_is_left_of_a_code_that_nothing_gives() -> None:
    folder = Path(services.boarding.__file__).parent
    source = "".join((folder / f"{name}.py").read_text("utf-8") for name in CODED)
    codes = [key.split(".")[2] for key in catalogue("en") if key.startswith(TOLD)]

    assert [code for code in codes if f'"{code}"' not in source] == []


@pytest.mark.parametrize("say", [ENGLISH, CHINESE])
def test_every_rule_that_boarding_may_waive_has_a_name(say: Say) -> None:
    names = {say(f"boarding.waiver.{code}", {}) for code in WAIVED_FOR_BOARDING}

    assert len(names) == len(WAIVED_FOR_BOARDING)


def test_the_bank_bears_what_the_fund_does_not() -> None:
    figures = Figures(Money.ZERO, 1, yuan("333.33"), yuan("266.66"))

    assert figures.bank_loss == yuan("66.67")
