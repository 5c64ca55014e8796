"""Cases of the golden form that the shared files do not hold: tables of the same public tests.

Fineract's ProgressiveEMICalculatorTest, LoanRepayment.feature (RS03, RS05, RS07), EMICalculation,
LoanMonthEndDueDateStrategy and integration tests; loan-creator's fixtures; Frappe's test_loan.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.calculator import allocations, prepayments, schedules
from services.calculator.reading import Uninterpretable
from workflows.lending.days.due_dates import every_months

Figures = list[tuple[str, str]]
MONTHS = [f"2024-{month:02}-01" for month in range(2, 8)]


def monthly(start: str, count: int, step: int = 1) -> list[str]:
    days = every_months(date.fromisoformat(start), count + 1, step=step)[1:]
    return [day.isoformat() for day in days]


def loan(principal: str, rate: str, start: str, due: list[str], **more: Any) -> dict[str, Any]:
    given = {"principal": principal, "annual_rate_pct": rate, "disbursement_date": start}
    return {**given, "due_dates": due, "day_count": "30/360"} | more


def drawn(*draws: tuple[str, str]) -> dict[str, Any]:
    return {
        "disbursements": [{"date": day, "amount": amount} for day, amount in draws],
        "annual_rate_pct": "9.4822",
        "due_dates": MONTHS,
        "schedule_start": "2024-01-01",
        "day_count": "30/360 (partial period = days/actual days of the period)",
    }


NOMINAL = {"instalment_from": "nominal_monthly_rate"}
LEVELLED = {"instalment_levelled": True}
BALLOON = {"fixed_principal_pct_of_loan": "5", "day_count": "actual/365"}
WORKING = ("5000", "12", "2022-11-01", monthly("2022-11-01", 18))
IN_WHOLE: dict[str, Any] = {"instalment_multiple": "1"}
ROLLED = ("10000", "12", "2025-01-31", ["2025-03-01", "2025-03-31", "2025-05-01"])


@pytest.mark.parametrize(
    ("kind", "given", "params", "expected"),
    [
        pytest.param(
            "annuity_multi_disbursement_same_period",
            drawn(("2024-01-01", "100"), ("2024-01-08", "200")),
            {},
            {1: ("49.31", "2.02"), 2: ("49.35", "1.98"), 6: ("50.94", "0.40")},
            id="two disbursements in one period",
        ),
        pytest.param(
            "annuity_backdated_disbursement",
            drawn(("2024-01-05", "100"), ("2024-01-08", "50"), ("2024-01-08", "25")),
            {},
            {1: ("28.79", "1.15"), 5: ("29.47", "0.47"), 6: ("29.71", "0.23")},
            id="two disbursements on one day, the first inside a period",
        ),
        pytest.param(
            "annuity",
            loan("75", "12.3", "2024-01-01", MONTHS[:5]),
            LEVELLED,
            {1: ("14.70", "0.77"), 5: ("15.29", "0.16")},
            id="C3165 levelled downwards",
        ),
        pytest.param(
            "annuity_month_end",
            loan(*ROLLED, day_count="actual/actual-split"),
            {},
            {1: ("3303.22", "95.34"), 2: ("3332.51", "66.05"), 3: ("3364.27", "34.29")},
            id="month end rolled to the first of the next month",
        ),
        pytest.param(
            "annuity_month_end",
            loan(*ROLLED),
            {},
            {1: ("3300.22", "100.00"), 2: ("3333.22", "67.00"), 3: ("3366.56", "33.67")},
            id="rolled dates are whole months under 30/360",
        ),
        pytest.param(
            "annuity",
            loan(*WORKING, **IN_WHOLE, day_count="actual/365"),
            NOMINAL,
            {1: ("255.68", "49.32"), 18: ("299.38", "2.95")},
            id="RS03 daily interest, whole instalments",
        ),
        pytest.param(
            "annuity_principal_grace",
            loan(
                *WORKING,
                instalment_multiple="1",
                principal_grace_periods=6,
                interest_free_periods=3,
            ),
            NOMINAL,
            {3: ("0.00", "0.00"), 4: ("0.00", "200.00"), 7: ("394.00", "50.00")},
            id="RS07 the older generator collects the interest of its free periods",
        ),
        pytest.param(
            "equal_principal",
            {
                **loan("10000000", "24", "2014-06-02", monthly("2014-06-02", 24)),
                "money_multiple": "100",
                "principal_grace_periods": 5,
            },
            {},
            {
                5: ("0.00", "200000.00"),
                6: ("526300.00", "200000.00"),
                24: ("526600.00", "10500.00"),
            },
            id="grace, every amount in hundreds",
        ),
        pytest.param(
            "flat_fixed_principal_balloon",
            {**loan("100000", "24", "2011-09-20", monthly("2011-09-20", 13)), **BALLOON},
            {},
            {1: ("5000.00", "2002.95"), 13: ("40000.00", "2002.96")},
            id="flat interest with a balloon",
        ),
        pytest.param(
            "equal_principal_irregular_dates",
            loan(
                *("100000", "12", "2021-10-15", ["2022-02-15", "2022-10-15", "2023-04-15"]),
                day_count="actual/actual-split",
            ),
            {},
            {1: ("33333.33", "4043.84"), 2: ("33333.33", "5304.11"), 3: ("33333.34", "1994.52")},
            id="loan-creator's own term dates",
        ),
        pytest.param(
            "annuity",
            loan(
                *("100", "9.4822", "2024-01-01", monthly("2024-01-18", 6)),
                instalment="17.13",
            ),
            {},
            {1: ("15.88", "1.25"), 2: ("16.47", "0.66"), 6: ("17.46", "0.14")},
            id="C3156 due dates moved, the instalment kept",
        ),
    ],
)
def test_a_schedule_equals_the_peer_s_table(
    kind: str, given: dict[str, Any], params: dict[str, Any], expected: dict[int, tuple[str, str]]
) -> None:
    found = schedules.answer({"kind": kind, "input": given, "params": params})

    rows = {row["n"]: (row["principal"], row["interest"]) for row in found["rows"]}
    assert {n: rows[n] for n in expected} == expected


def test_a_levelled_instalment_keeps_to_the_digits_of_its_currency() -> None:
    given = loan("212071.55", "3.45", "2025-08-16", monthly("2025-08-16", 6))
    params = {"instalment_levelled": True, "money_digits": 0}

    found = schedules.answer({"kind": "annuity", "input": given, "params": params})

    assert found["instalment"].endswith(".00")


@pytest.mark.parametrize(
    ("kind", "given", "named"),
    [
        ("flat_fixed_principal_balloon", {}, "input.fixed_principal_pct_of_loan"),
        ("annuity_money_multiple", {}, "annuity_money_multiple"),
        ("annuity_due", {}, "annuity_due"),
        ("annuity_month_end_grace", {}, "annuity_month_end_grace"),
    ],
)
def test_a_longer_kind_is_refused_where_the_case_does_not_give_what_it_speaks_of(
    kind: str, given: dict[str, Any], named: str
) -> None:
    case = {"kind": kind, "input": {**loan("100", "12", "2024-01-01", MONTHS), **given}}

    with pytest.raises(Uninterpretable) as refused:
        schedules.answer(case)

    assert named in str(refused.value)


BROKEN = {
    "principal": "100000",
    "annual_rate_pct": "14.5",
    "disbursement_date": "2023-11-03",
    "first_due": "2023-12-05",
    "day_count": "actual/365",
}


@pytest.mark.parametrize("term", [{"periods": 12}, {"instalment": "9003"}])
def test_broken_days_are_spread_over_as_many_instalments_as_there_are(term: dict[str, Any]) -> None:
    given = {**BROKEN, **term, "method": "amortised over tenure"}

    rows = schedules.answer({"kind": "broken_period_interest", "input": given})["rows"]

    assert len(rows) == 12
    assert [row["interest"] for row in rows[:2]] == ["1198.40", "1141.93"]


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"annual_rate_pct": "0", "instalment": "10", "method": "upfront"}, "input.instalment"),
        ({"periods": 12, "method": "upfront", "principal_grace_periods": 2}, "grace_periods"),
        ({"periods": 12, "method": "\ud800"}, "input.method"),
    ],
)
def test_broken_days_without_sense_are_refused(given: dict[str, Any], named: str) -> None:
    with pytest.raises(Uninterpretable) as refused:
        schedules.answer({"kind": "broken_period_interest", "input": {**BROKEN, **given}})

    assert named in str(refused.value).encode().decode()


PREPAID = {
    "principal": "5000",
    "annual_rate_pct": "12",
    "disbursement_date": "2022-11-01",
    "due_dates": monthly("2022-11-01", 6),
    "day_count": "actual/365, calendar days",
    "instalment_multiple": "1",
    "original_instalment": "862",
    "events": [{"date": "2022-12-01", "pay": "1000"}, {"date": "2023-01-01", "pay": "2000"}],
}


@pytest.mark.parametrize(
    ("mode", "third", "fifth"),
    [
        ("reduce_instalment", ("514.69", "21.31"), ("525.25", "10.75")),
        ("reduce_number", ("840.69", "21.31"), ("399.41", "4.07")),
        ("reschedule_next", ("0.00", "21.31"), ("844.85", "17.15")),
    ],
)
def test_two_excess_payments_change_what_the_kind_says(
    mode: str, third: tuple[str, str], fifth: tuple[str, str]
) -> None:
    found = prepayments.answer({"kind": f"on_time_excess:{mode}", "input": PREPAID})["rows"]

    shown = [(row["principal"], row["interest"]) for row in found]
    assert (shown[2], shown[4]) == (third, fifth)


def test_an_order_needs_no_section_where_all_debts_are_due_alike() -> None:
    owed = [
        {"when": "due", "component": "interest", "amount": "30.00"},
        {"when": "due", "component": "principal", "amount": "1000.00"},
    ]
    case = {
        "kind": "component_order",
        "order": "interest, principal",
        "outstanding": owed,
        "payments": [{"amount": "500.00"}],
    }

    assert allocations.answer(case) == [{"interest": "30.00", "principal": "470.00"}]
    case["outstanding"] = [*owed, {"when": "adv", "component": "interest", "amount": "5.00"}]
    with pytest.raises(Uninterpretable):
        allocations.answer(case)
