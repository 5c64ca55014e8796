"""A book on the real kernel: boarded once, gone on with, short of money, and with a broken line."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import count

import pytest
from sqlalchemy import text

from policies.money import Money, yuan
from services.boarding import run
from services.boarding.findings import FormErrors
from services.boarding.opening import QueueOpen, WorldTooLate, open_book
from services.boarding.report import Report
from services.boarding.run import Prepared, Users, prepare
from services.boarding.work import board_lines
from services.kernel import work, worlds
from services.kernel.settings import ROOT
from services.kernel.worlds import World
from services.wiring import JOBS, registry

HEADER = (
    "loan_id,state,industry,approved_on,disbursed_on,term_months,employees,amount_approved,"
    "amount_guaranteed,amount_disbursed,status,charged_off_on,charged_off_principal"
)
USERS = Users(run.BANK, run.FUND, "jiangsu")
_NUMBER = count(1)


def book(*lines: str) -> Prepared:
    found = prepare("\n".join((HEADER, *lines, "")).encode(), "jiangsu")
    assert not isinstance(found, FormErrors)
    return found


def lost(loan: str, day: str, principal: str = "1000.00") -> str:
    return f"{loan},江苏,,2024-01-02,2024-01-02,12,9,1000,0,1000,charged_off,{day},{principal}"


def paid(loan: str) -> str:
    return f"{loan},江苏,,2024-01-02,2024-01-02,12,9,1000,0,1000,paid_in_full,,0"


@pytest.fixture
def place(servers: None) -> Iterator[World]:
    name = f"b{next(_NUMBER)}"
    made = worlds.create(name, starts_on=date(2019, 1, 1))
    yield made
    worlds.drop(name)


def boarded(prepared: Prepared, place: World, fund: Money | None = None) -> Report:
    """As `zhidai board` does it, with the worker's work done in this process."""
    plan = run.plan_of(prepared, fund, Money.ZERO)
    with place.engine.begin() as connection:
        opened = open_book(connection, registry(), plan, digest=prepared.tape.digest, users=USERS)
    while not work.look(place.engine, registry(), JOBS):
        pass  # a look has its time; a slow machine needs more than one
    with place.engine.connect() as connection:
        return run.report_of(connection, prepared, plan, opened, place)


def test_a_second_run_boards_nothing_twice(place: World) -> None:
    prepared = prepare((ROOT / "tests/data/book_500.csv").read_bytes(), "jiangsu")
    assert isinstance(prepared, Prepared)

    first = boarded(prepared, place)
    again = boarded(prepared, place)

    assert (first.rows, first.boarded, len(first.refused)) == (500, 496, 4)
    assert (again.boarded, again.already_boarded) == (0, 496)
    assert again.figures == first.figures
    assert again.waivers == first.waivers


def test_claims_are_paid_in_date_order_and_the_last_one_in_part(place: World) -> None:
    # given out of order, with money for one claim and a half: 800.00 each
    prepared = book(lost("L1", "2024-06-30"), lost("L2", "2024-03-31"), lost("L3", "2024-09-30"))

    report = boarded(prepared, place, yuan("1200.00"))

    assert [(one.loan_id, one.amount.yuan) for one in report.unpaid] == [
        ("L1", "400.00"),
        ("L3", "800.00"),
    ]
    assert report.figures.compensated == yuan("2400.00")


def test_claims_of_an_earlier_book_go_before_another_book(place: World) -> None:
    boarded(book(lost("L1", "2024-06-30")), place, Money.ZERO)

    with pytest.raises(QueueOpen):
        boarded(
            book(lost("L2", "2025-06-30").replace("2024-01-02", "2025-05-05")), place, Money.ZERO
        )


def test_a_world_past_the_first_loan_takes_no_book(place: World) -> None:
    boarded(book(paid("L1")), place)

    with pytest.raises(WorldTooLate):
        boarded(book(paid("L2")), place)


def test_a_line_that_cannot_be_boarded_is_refused_and_holds_up_no_other(place: World) -> None:
    prepared = book(paid("L1"), paid("L2"), paid("L3"))
    plan = run.plan_of(prepared, None, Money.ZERO)
    with place.engine.begin() as connection:
        opened = open_book(connection, registry(), plan, digest="d", users=USERS)
        broken = text("UPDATE book_line SET life = life - 'due_on' WHERE loan_id = 'L2'")
        connection.execute(broken)

    while board_lines(place.engine, registry()):
        pass

    with place.engine.connect() as connection:
        report = run.report_of(connection, prepared, plan, opened, place)
    assert report.boarded == 2
    assert [(row.line, row.loan_id) for row in report.refused] == [(3, "L2")]
    assert "due_on" in report.refused[0].reasons[0].facts["actual"]
