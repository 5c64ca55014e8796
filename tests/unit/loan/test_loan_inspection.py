"""After the draw the bank looks at the use of the money, then each quarter. ZD-3.8.2."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.unit.stories.back_lives import BK_A, BK_M, BK_R, DRAWN, DUE, begin, drawn
from workflows.loan.inspection import InspectLoan
from workflows.loan.records import AccelerateLoan

SEEN = ("INVOICE 0001",)


def look(**changes: Any) -> InspectLoan:
    told: dict[str, Any] = {"loan": "L1", "finding": "as agreed", "papers": SEEN}
    return InspectLoan(**{**told, **changes})


def test_the_use_is_checked_within_30_days_and_then_every_quarter_from_the_draw() -> None:
    lives = drawn(begin())
    assert lives.row("loan", "L1").inspect_by == date(2025, 9, 15)  # the 13th is a Saturday

    lives.at(date(2025, 9, 12)).act(look(), BK_M)
    assert lives.row("loan", "L1").inspect_by == date(2025, 11, 14)
    assert lives.events[-1].event.kind == "USE_CHECK"

    lives.at(date(2025, 11, 14)).act(look(), BK_M)
    assert lives.row("loan", "L1").inspect_by == date(2026, 2, 14)  # worked for the festival
    assert lives.events[-1].event.kind == "INSPECTION"


def test_a_look_that_does_not_come_is_missed_and_told() -> None:
    lives = drawn(begin()).at(date(2025, 9, 15))
    assert "Loan.DeadlineMissed" not in lives.told("loan")

    lives.at(date(2025, 9, 16))

    (missed,) = [e.event for e in lives.events if type(e.event).__name__ == "DeadlineMissed"]
    assert (missed.duty, missed.roles, missed.organisation) == ("inspection", "BK-M", "BK01")


def test_the_duty_ends_where_collection_takes_over() -> None:
    lives = drawn(begin())
    for day in (date(2025, 9, 12), date(2025, 11, 14), date(2026, 2, 13), date(2026, 5, 13)):
        lives.at(day).act(look(), BK_M)

    lives.at(date(2026, 8, 13)).act(look(), BK_M)
    lives.at(date(2027, 1, 4))

    assert lives.row("loan", "L1").state == "OVERDUE"
    assert "Loan.DeadlineMissed" not in lives.told("loan")
    assert DUE > DRAWN


def test_an_inspection_finds_something_in_papers() -> None:
    lives = drawn(begin())

    assert lives.refusals(look(finding=""), BK_M) == ("inspection_empty",)
    assert lives.refusals(look(papers=()), BK_M) == ("inspection_empty",)


def test_diverted_use_is_a_breach_upon_which_the_loan_is_called_in() -> None:
    lives = drawn(begin()).at(date(2025, 9, 12))
    call = AccelerateLoan("L1", "USE_DIVERTED")
    assert lives.refusals(call, BK_R) == ("breach_not_on_file",)

    lives.act(look(diverted=True), BK_M)

    assert lives.row("loan", "L1").diverted_on == date(2025, 9, 12)
    assert lives.act(call, BK_R, BK_A).state == "ACCELERATED"
