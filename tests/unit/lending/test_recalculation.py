"""Schedules as payments really came; figures of Apache Fineract's tests RP02-RP13 and payoffs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policies.money import Money, yuan
from services.calculator.prepayments import answer
from services.calculator.reading import Uninterpretable
from workflows.lending.days.day_count import DayCount
from workflows.lending.payments.recalculation import LoanTerms, Overpaid, Paid, payoff, recalculated
from workflows.lending.rounding import Rounding

DAILY = {
    "principal": "5000",
    "annual_rate_pct": "12",
    "disbursement_date": "2022-11-01",
    "due_dates": [
        *("2022-12-01", "2023-01-01", "2023-02-01"),
        *("2023-03-01", "2023-04-01", "2023-05-01"),
    ],
    "day_count": "actual/365",
    "instalment_multiple": "1",
    "original_instalment": "862",
}
MONTHLY = {
    "principal": "100",
    "annual_rate_pct": "7",
    "disbursement_date": "2024-01-01",
    "due_dates": [
        *("2024-02-01", "2024-03-01", "2024-04-01"),
        *("2024-05-01", "2024-06-01", "2024-07-01"),
    ],
    "day_count": "30/360, broken period = days/actual days of that month",
    "instalment": "17.01",
}


def case(kind: str, terms: dict[str, Any], *events: tuple[str, str], **more: Any) -> dict[str, Any]:
    told = [{"date": on, "pay": amount} for on, amount in events]
    return {"kind": kind, "input": {**terms, "events": told, **more}}


def rows(found: dict[str, Any]) -> list[str]:
    return [f"{row['principal']}/{row['interest']}" for row in found["rows"]]


TWICE = (("2022-12-01", "1000"), ("2023-01-01", "2000"))


@pytest.mark.parametrize(
    ("kind", "events", "expected"),
    [
        pytest.param(
            "on_time_exact:keep",
            [("2022-12-01", "863")],
            "813.68/49.32 819.33/42.67 827.68/34.32 838.62/23.38 844.67/17.33 856.02/8.44",
            id="RP02 on time, exact",
        ),
        pytest.param(
            "on_time_partial:reduce",
            [("2022-12-01", "200")],
            "812.68/49.32 819.32/42.68 827.67/34.33 838.62/23.38 844.66/17.34 857.05/8.45",
            id="RP05 on time, a part",
        ),
        pytest.param(
            "early_partial:reduce",
            [("2022-11-27", "200")],
            "812.95/49.05 819.33/42.67 827.68/34.32 838.62/23.38 844.66/17.34 856.76/8.45",
            id="RP06 early, a part",
        ),
        pytest.param(
            "late_partial:late",
            [("2022-12-05", "200")],
            "812.68/49.32 818.25/43.75 827.66/34.34 838.61/23.39 844.65/17.35 858.15/8.46",
            id="RP07 late, a part",
        ),
        pytest.param(
            "on_time_excess:reduce",
            [("2022-12-01", "1500")],
            "1450.68/49.32 694.83/36.17 701.91/29.09 711.18/19.82 716.31/14.69 725.09/7.15",
            id="RP08 on time, more",
        ),
        pytest.param(
            "late_excess:late",
            [("2022-12-05", "1500")],
            "812.68/49.32 823.91/38.09 827.72/34.28 838.66/23.34 844.70/17.30 852.33/8.41",
            id="RP10 late, more",
        ),
        pytest.param(
            "on_time_excess:reduce_number",
            TWICE,
            "950.68/49.32 1958.73/41.27 840.69/21.31 850.49/11.51 399.41/4.07",
            id="RP11 fewer instalments",
        ),
        pytest.param(
            "on_time_excess:reduce",
            TWICE,
            "950.68/49.32 1958.73/41.27 514.69/21.31 521.49/14.51 525.25/10.75 529.16/5.22",
            id="RP12 smaller instalments",
        ),
        pytest.param(
            "on_time_excess:reschedule",
            TWICE,
            "950.68/49.32 1958.73/41.27 0.00/21.31 407.45/19.24 844.85/17.15 838.29/8.27",
            id="RP13 next instalments paid ahead",
        ),
    ],
)
def test_rows_follow_the_payments(kind: str, events: list[tuple[str, str]], expected: str) -> None:
    assert rows(answer(case(kind, DAILY, *events))) == expected.split()


@pytest.mark.parametrize(
    ("events", "as_of", "expected"),
    [
        pytest.param(
            [],
            "2024-07-15",
            "16.43/0.58 16.43/0.58 16.43/0.58 16.43/0.58 16.43/0.58 17.85/0.58",
            id="S1 nothing paid, past maturity",
        ),
        pytest.param(
            [("2024-02-01", "17.01")],
            "2024-03-10",
            "16.43/0.58 16.52/0.49 16.59/0.42 16.72/0.29 16.81/0.20 16.93/0.10",
            id="S3 one paid, one overdue",
        ),
    ],
)
def test_overdue_principal_bears_interest_until_the_day(
    events: list[tuple[str, str]], as_of: str, expected: str
) -> None:
    found = answer(case("overdue_interest", MONTHLY, *events, as_of=as_of))

    assert rows(found) == expected.split()


@pytest.mark.parametrize(
    ("kind", "events", "expected"),
    [
        ("payoff_to_date", ["2024-02-15"], ("100.86", "100.00", "0.86")),
        ("payoff_to_period_end", ["2024-02-01 17.01", "2024-02-15"], ("84.06", "83.57", "0.49")),
        ("payoff_to_date", ["2024-02-01"], ("100.58", "100.00", "0.58")),
        ("payoff_to_next_due_date", ["2024-02-01 17.01", "2024-02-15"], ("84.06", "83.57", "0.49")),
        ("payoff_to_period_end", ["2024-02-01"], ("100.58", "100.00", "0.58")),
        ("payoff_to_date", ["2024-07-15"], ("103.48", "100.00", "3.48")),
        ("payoff_to_date", ["2024-01-01"], ("100.00", "100.00", "0.00")),
    ],
)
def test_a_payoff_is_the_principal_and_the_interest_that_was_agreed(
    kind: str, events: list[str], expected: tuple[str, str, str]
) -> None:
    paid = [(on, amount or "payoff") for on, _, amount in (one.partition(" ") for one in events)]

    found = answer(case(kind, MONTHLY, *paid))

    assert (found["payoff"], found["principal"], found["interest"]) == expected


def test_paying_the_payoff_leaves_nothing() -> None:
    """The peers' users complain of a cent left after payoff."""
    terms = LoanTerms(
        principal=yuan("100.00"),
        annual_rate=Decimal("0.07"),
        disbursed_on=date(2024, 1, 1),
        due_dates=tuple(map(date.fromisoformat, MONTHLY["due_dates"])),
        instalment=yuan("17.01"),
        day_count=DayCount.THIRTY_360,
        rounding=Rounding.HALF_EVEN,
    )
    on = date(2024, 2, 15)
    paid = [Paid(date(2024, 2, 1), yuan("17.01"))]
    closing = payoff(terms, paid, on, interest_to=on)

    done = recalculated(terms, [*paid, Paid(on, closing.total)], on)

    assert sum((row.principal for row in done), Money.ZERO) == yuan("100.00")
    assert sum((row.interest for row in done), Money.ZERO) == yuan("0.82")
    assert not any(row.interest_open or row.principal_open for row in done)
    with pytest.raises(Overpaid):
        recalculated(terms, [*paid, Paid(on, closing.total + Money(1))], on)


def test_a_bullet_prepaid_in_full_owes_nothing_at_maturity() -> None:
    terms = {
        "principal": "335533",
        "annual_rate_pct": "17.25",
        "disbursement_date": "2024-11-25",
        "due_dates": ["2025-01-24"],
        "day_count": "actual/365",
    }

    found = answer(case("bullet_partial_prepayment", terms, ("2025-01-23", "344888.86")))

    assert found == {
        "interest_days_after": 1,
        "interest_due_at_maturity": "0.00",
        "principal_left": "0.00",
    }


@pytest.mark.parametrize(
    ("kind", "terms", "events", "key"),
    [
        ("early_excess:banana", DAILY, [("2022-11-27", "1500")], "calc.unknown_word"),
        ("early_excess:reduce", DAILY, [("2022-11-27", "6000")], "calc.prepayment.overpaid"),
        ("early_excess:reduce", DAILY, [("2022-10-27", "600")], "calc.not_rising"),
        ("payoff_to_moon", MONTHLY, [("2024-02-15", "payoff")], "calc.unknown_word"),
        ("payoff_to_date", MONTHLY, [("2024-02-15", "17.01")], "calc.wrong.payoff"),
        ("payoff_to_date", MONTHLY, [], "calc.wrong.objects"),
        ("payoff_to_date", MONTHLY, [("2023-12-31", "payoff")], "calc.not_rising"),
        ("overdue_interest", MONTHLY, [], "calc.missing_field"),
        ("bullet_partial_prepayment", DAILY, [], "calc.unknown_field"),
    ],
)
def test_what_cannot_be_interpreted_is_refused(
    kind: str, terms: dict[str, Any], events: list[tuple[str, str]], key: str
) -> None:
    with pytest.raises(Uninterpretable) as refused:
        answer(case(kind, terms, *events))

    assert refused.value.key == key


def test_an_unknown_mode_is_no_hindrance_where_all_modes_come_to_the_same() -> None:
    partly = ("2022-11-27", "200")

    assert answer(case("early_partial:other", DAILY, partly)) == answer(
        case("early_partial:reduce", DAILY, partly)
    )
