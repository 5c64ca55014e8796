"""A loan repaid by a plan, on the real kernel: timers, month ends, what stands in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count
from typing import Any

import pytest
from sqlalchemy import text

from policies.money import yuan
from services.kernel import clock, sweeps, worlds
from services.kernel.audit import audit
from services.kernel.worlds import World
from services.loans.owed import owed
from services.wiring import registry
from tests.integration.living import (
    BK_A,
    BK_L,
    BK_L2,
    BK_M,
    BK_R,
    DRAWN,
    ENT,
    FM_A,
    FM_M,
    again,
    at,
    balance,
    do,
    lend,
)
from workflows.filing.records import AcceptFiling, AmendFiling, FileLoan
from workflows.loan.change_records import (
    AgreeToChange,
    AssessLoan,
    BookBackdated,
    GrantExtension,
    RequestExtension,
)
from workflows.loan.records import RepayLoan

_NUMBER = count(1)
PAYMENTS = (
    (date(2025, 9, 21), "22800.00"),
    (date(2025, 12, 21), "54600.00"),
    (date(2026, 2, 10), "1830600.00"),
    (date(2026, 3, 21), "16380.00"),
    (date(2026, 6, 21), "38640.00"),
    (date(2026, 8, 14), "4222680.00"),
)


@pytest.fixture
def place(servers: None) -> Iterator[World]:
    name = f"living{next(_NUMBER)}"
    yield worlds.create(name, starts_on=DRAWN)
    worlds.drop(name)


def one(world: World, statement: str) -> Any:
    with world.engine.connect() as connection:
        return connection.execute(text(statement)).scalar_one()


def test_vector_32_through_the_platform(place: World) -> None:
    lend(place)
    for day, amount in PAYMENTS:
        at(place, day)
        do(place, RepayLoan("L1", yuan(amount)), ENT)

    assert one(place, "SELECT state FROM loan") == "SETTLED"
    assert balance(place, "bank:BK01", "interest_income") == -yuan("185700.00")
    assert balance(place, "bank:BK01", "interest_receivable") == yuan("0.00")
    assert balance(place, "enterprise:E1", "interest_expense") == yuan("185700.00")
    assert one(place, "SELECT count(*) FROM event WHERE type = 'Loan.InterestAccrued'") == 12
    assert one(place, "SELECT count(*) FROM event WHERE type = 'Loan.BecameOverdue'") == 0
    assert one(place, "SELECT count(*) FROM timer WHERE stream = 'loan/L1'") == 0
    with place.engine.connect() as connection:
        assert audit(connection, registry()).ok


def test_a_world_that_jumps_a_year_stops_at_every_month_end_and_due_date(place: World) -> None:
    lend(place)
    at(place, date(2026, 8, 14))

    days = one(
        place,
        "SELECT array_agg(business_date ORDER BY seq) FROM event WHERE type ="
        " 'Loan.InterestAccrued'",
    )
    assert len(days) == 12
    assert all((day + timedelta(days=1)).day == 1 for day in days)
    assert one(place, "SELECT state || ' ' || overdue_since FROM loan") == "OVERDUE 2025-09-21"
    assert one(place, "SELECT count(*) FROM timer WHERE parked") == 0
    with place.engine.connect() as connection:
        told = owed(connection, "L1", date(2025, 12, 20))
        assert (told.interest, told.compound) == (yuan("76800.00"), yuan("205.20"))


def test_a_loan_that_cannot_be_accrued_holds_up_no_other(
    place: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    lend(place)
    with place.engine.begin() as connection:
        connection.execute(text("UPDATE loan SET policy = 'no-such-case@000000000000:2025-08-14'"))
    monkeypatch.setattr(sweeps, "BATCH", 1)

    at(place, date(2025, 9, 1))

    parked = one(place, "SELECT stream || ' ' || kind FROM timer WHERE parked AND kind = 'accrual'")
    assert parked == "loan/L1 accrual"
    assert clock.today(place.engine) == date(2025, 9, 1)


def test_a_covered_loan_is_extended_amended_booked_back_and_classed_with_its_debtor(
    place: World,
) -> None:
    lend(place, fund="JS-FUND")
    do(place, FileLoan("L1", "6222000000000001"), BK_M, BK_A)
    do(place, AcceptFiling("L1"), FM_M, FM_A)
    assert one(place, "SELECT state FROM filing") == "COVERED"

    at(place, date(2025, 10, 10))
    do(place, BookBackdated("L1", yuan("22800.00"), date(2025, 9, 21)), BK_L, BK_L2)
    assert one(place, "SELECT state || ' ' || classification FROM loan") == "ACTIVE SPECIAL_MENTION"
    assert one(place, "SELECT interest_due::text FROM loan") == str(19 * 60000)

    at(place, date(2025, 12, 21))
    do(place, RepayLoan("L1", yuan("54600.00")), ENT)
    do(place, RequestExtension("L1", 6, "SALES_DELAYED"), ENT)
    do(place, AgreeToChange("L1", "EXTENSION"), FM_A)
    do(place, GrantExtension("L1", in_difficulty=False, finding="orders"), BK_M, BK_A)
    assert one(place, "SELECT due_on::text FROM loan") == "2027-02-14"
    assert one(place, "SELECT amend_by IS NOT NULL FROM filing")

    at(place, date(2026, 2, 1))
    assert one(place, "SELECT suspended_on IS NOT NULL FROM filing")
    do(place, AmendFiling("L1", "extended"), BK_M, BK_A)
    assert one(place, "SELECT suspended_on IS NULL AND state = 'COVERED' FROM filing")

    again(place, "L2")
    do(place, AssessLoan("L2", "CREDIT_IMPAIRED", "by the auditor"), BK_R, BK_A)
    assert one(place, "SELECT classification FROM loan WHERE id = 'L1'") == "SUBSTANDARD"
    alert = "SELECT payload->'loans' FROM event WHERE type = 'Loan.AlertRaised'"
    assert one(place, alert) == ["L1"]
    assert one(place, "SELECT count(*) FROM delivery WHERE parked") == 0
    assert one(place, "SELECT count(*) FROM timer WHERE parked") == 0
    with place.engine.connect() as connection:
        assert audit(connection, registry()).ok
