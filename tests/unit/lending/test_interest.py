"""Interest, days past due and the order of payment: the golden vectors of ZD-D."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money, yuan
from policies.reading.pack import Policy
from tests.unit.stories.back_lives import jiangsu
from workflows.lending.interest import InterestDue, accrued, interest, penalty_rate
from workflows.lending.overdue import bucket, days_past_due, minimum_class, next_bucket_on
from workflows.lending.payments.allocation import Owed, allocate
from workflows.loan.records import Loan

CONTRACT, DRAWN, DUE = Decimal("0.0360"), date(2025, 8, 14), date(2026, 8, 14)


def with_choice(name: str, value: Any) -> Policy:
    """The Jiangsu policy with one parameter chosen otherwise."""
    pack = jiangsu()
    return replace(pack, parameters={**pack.parameters, name: replace(pack[name], said=value)})


def matured(**changes: Any) -> Loan:
    """4,200,000.00 unpaid at maturity, interest paid up to it."""
    loan = Loan(
        id="L1",
        state="OVERDUE",
        enterprise="E1",
        bank="BK01",
        fund="JS-FUND",
        policy="-",
        approved_amount=yuan("6000000.00"),
        annual_rate=CONTRACT,
        term_months=12,
        ip_share=Decimal("0.80"),
        outstanding=yuan("4200000.00"),
        disbursed_on=DRAWN,
        interest_from=DUE,
        due_on=DUE,
    )
    return replace(loan, **changes)


@pytest.mark.parametrize(
    ("balance", "rate", "days", "expected"),
    [
        pytest.param("6000000.00", CONTRACT, 180, "108000.00", id="V01"),
        pytest.param("4200000.00", CONTRACT, 185, "77700.00", id="V02"),
        pytest.param("4200000.00", Decimal("0.0540"), 100, "63000.00", id="V03"),
        pytest.param("4200000.00", CONTRACT, 1, "420.00", id="V04"),
        pytest.param("12600.00", Decimal("0.0540"), 30, "56.70", id="V05"),
        pytest.param("0.05", Decimal("0.0360"), 1000, "0.01", id="exactly half a fen goes up"),
        pytest.param("0.04", Decimal("0.0360"), 1000, "0.00", id="less than half a fen goes down"),
    ],
)
def test_interest_is_balance_by_rate_by_days_half_up(
    balance: str, rate: Decimal, days: int, expected: str
) -> None:
    assert interest(yuan(balance), rate, days, year_days=360) == yuan(expected)


def test_the_penalty_rate_is_half_as_much_again() -> None:
    assert penalty_rate(CONTRACT, jiangsu()["penalty_uplift"].value) == Decimal("0.0540")


def test_a_period_over_maturity_is_cut_there() -> None:
    loan = matured(interest_from=date(2026, 2, 10))

    found = accrued(loan, jiangsu(), date(2026, 11, 22))

    assert found.in_term == yuan("77700.00")
    assert found.penalty == yuan("63000.00")
    assert found.compound == yuan("1165.50")  # 77,700.00 x 5.40 % x 100/360


def test_penalty_interest_compounds_only_in_the_strict_reading() -> None:
    loan = matured(interest_from=date(2026, 9, 21), interest_due=yuan("23940.00"))
    day = date(2026, 11, 22)

    assert accrued(loan, jiangsu(), day).compound == Money.ZERO
    strict = with_choice("compound_base", "ALL_UNPAID_INTEREST")
    assert accrued(loan, strict, day).compound == yuan("222.64")  # V31


def test_nothing_compounds_where_compound_interest_is_switched_off() -> None:
    loan = matured(interest_from=date(2026, 2, 10), interest_due=yuan("12600.00"))

    found = accrued(loan, with_choice("compound_base", "NO_COMPOUND_INTEREST"), date(2026, 11, 22))

    assert (found.penalty, found.compound) == (yuan("63000.00"), Money.ZERO)


def test_unpaid_interest_compounds_before_maturity_only_where_it_is_due_before() -> None:
    half_way, unpaid = date(2026, 2, 10), yuan("12600.00")
    with_principal = matured(
        interest_from=half_way, interest_due=unpaid, unpaid_interest=(InterestDue(DUE, unpaid),)
    )
    quarterly = replace(with_principal, unpaid_interest=(InterestDue(half_way, unpaid),))
    day = half_way + timedelta(days=30)

    assert accrued(with_principal, jiangsu(), day).compound == Money.ZERO
    assert accrued(quarterly, jiangsu(), day).compound == yuan("37.80")  # at the contract rate


def test_nothing_accrues_before_the_last_posting_nor_at_rate_zero() -> None:
    assert accrued(matured(), jiangsu(), DUE).total == Money.ZERO
    free = matured(annual_rate=Decimal(0), interest_from=DRAWN)
    assert accrued(free, jiangsu(), date(2027, 1, 1)).total == Money.ZERO


@given(st.integers(0, 3_000_000_000), st.integers(0, 365), st.integers(0, 365))
def test_cutting_a_period_moves_at_most_the_rounding_of_one_more_posting(
    fen: int, first: int, rest: int
) -> None:
    """Appendix C.3: only posting rounds, so two postings differ from one by a fen at most."""
    balance = Money(fen)
    parts = [interest(balance, CONTRACT, days, year_days=360).fen for days in (first, rest)]

    whole = interest(balance, CONTRACT, first + rest, year_days=360).fen

    assert abs(sum(parts) - whole) <= 1


def test_v27_statutory_order_pays_cost_then_interest_then_principal() -> None:
    owed = Owed(yuan("10000.00"), yuan("63000.00"), yuan("4200000.00"))

    paid = allocate(yuan("100000.00"), owed, "STATUTORY")

    assert (paid.cost, paid.interest) == (yuan("10000.00"), yuan("63000.00"))
    assert (paid.principal, paid.rest) == (yuan("27000.00"), Money.ZERO)


def test_v28_principal_first_leaves_the_interest() -> None:
    owed = Owed(yuan("10000.00"), yuan("63000.00"), yuan("4200000.00"))

    paid = allocate(yuan("100000.00"), owed, "PRINCIPAL_FIRST")

    assert (paid.cost, paid.principal) == (yuan("10000.00"), yuan("90000.00"))
    assert (paid.interest, paid.rest) == (Money.ZERO, Money.ZERO)


@given(*[st.integers(0, 10**9)] * 4, st.sampled_from(["STATUTORY", "PRINCIPAL_FIRST"]))
def test_an_allocation_sums_to_the_payment(
    amount: int, cost: int, due: int, principal: int, order: str
) -> None:
    paid = allocate(Money(amount), Owed(Money(cost), Money(due), Money(principal)), order)

    assert paid.cost + paid.interest + paid.principal + paid.rest == Money(amount)
    assert paid.rest == max(Money.ZERO, Money(amount - cost - due - principal))


def test_v29_days_past_due_and_the_floor_of_the_class() -> None:
    days = days_past_due(DUE, date(2026, 11, 22))

    assert (days, minimum_class(days, jiangsu())) == (100, "SUBSTANDARD")
    assert days_past_due(None, date(2026, 11, 22)) == 0


@pytest.mark.parametrize(
    ("days", "name", "grade"),
    [
        (0, "CURRENT", "NORMAL"),
        (1, "M0", "SPECIAL_MENTION"),
        (7, "M0", "SPECIAL_MENTION"),
        (8, "M1", "SPECIAL_MENTION"),
        (90, "M3", "SPECIAL_MENTION"),
        (91, "M4", "SUBSTANDARD"),
        (270, "M5", "SUBSTANDARD"),
        (271, "M6", "DOUBTFUL"),
        (360, "M6", "DOUBTFUL"),
        (361, "M7", "LOSS"),
    ],
)
def test_buckets_and_classes_begin_on_their_day(days: int, name: str, grade: str) -> None:
    assert bucket(days, jiangsu()["bucket_dpd"].value) == name
    assert minimum_class(days, jiangsu()) == grade


def test_the_last_bucket_has_no_next() -> None:
    first_days = jiangsu()["bucket_dpd"].value

    assert next_bucket_on(DUE, DUE, first_days) == date(2026, 8, 15)
    assert next_bucket_on(DUE, DUE + timedelta(days=361), first_days) is None
