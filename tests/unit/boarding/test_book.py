"""Whole books: the generated one of 500 loans, and the real one where it is at hand."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.make_book import write
from policies.money import yuan
from services.boarding.judge import JudgedBook, judge
from services.boarding.origin import FOREIGN
from services.boarding.plan import Plan, figures, make_plan
from services.boarding.tape import Tape, read_tape
from services.kernel.settings import settings
from tests.unit.boarding.books import POLICY_ON

GENERATED = Path(__file__).parents[2] / "data" / "book_500.csv"


def board(path: Path) -> tuple[Tape, JudgedBook, Plan]:
    tape = read_tape(path.read_bytes())
    assert isinstance(tape, Tape)
    judged = judge(tape, POLICY_ON)
    return tape, judged, make_plan(tape, judged, POLICY_ON, fund=None)


def reasons(judged: JudgedBook) -> Counter[str]:
    return Counter(reason.code for row in judged.refused for reason in row.reasons)


def test_the_generated_book_is_what_its_generator_makes() -> None:
    made = io.StringIO()

    write(500, 20_250_814, made)

    assert made.getvalue() == GENERATED.read_text("utf-8")


def test_the_generated_book_holds_every_kind_of_row() -> None:
    tape, judged, plan = board(GENERATED)

    assert (len(tape.lines), len(judged.boardable)) == (500, 496)
    assert reasons(judged) == {
        "charged_off_above_drawn": 1,
        "drawn_above_cap": 1,
        "charged_off_before_drawn": 1,
        "charged_off_without_date": 1,
    }
    assert Counter(warning.code for warning in judged.warnings) == {
        "blank_rate": 1,
        "disbursed_before_approval": 5,
    }
    by_id = {life.loan_id: life for life in plan.lives}
    assert by_id["JS-000001"].compensation == yuan("8000000.00")  # at the tier's ceiling
    assert by_id["JS-000002"].compensation == yuan("5000000.00")  # a fen above it
    assert plan.label == ""
    assert all(life.paid == life.compensation for life in plan.lives)


def test_the_real_book_of_20023_loans_is_read_whole() -> None:
    path = settings().shared / "data" / "sba_loans.csv"
    if not path.exists():
        pytest.skip(f"The real loan book is not there: {path}")

    tape, judged, plan = board(path)

    assert (len(tape.lines), len(judged.boardable)) == (20_023, 19_972)
    assert reasons(judged) == {"charged_off_above_drawn": 51}
    assert [warning.code for warning in judged.warnings] == ["disbursed_before_approval"] * 5
    assert figures(plan.lives).disbursed == yuan("2499241706.00")
    assert plan.label == FOREIGN
