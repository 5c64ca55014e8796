"""Flags of `zhidai calc schedule`: what they make of a case, and which do not go together."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.cli.calc.flags import Flags, case_of, named_by_flags
from services.cli.calc.schedule import schedule
from services.kernel.problems import Unusable


def flags(**changes: Any) -> Flags:
    typed: dict[str, Any] = {
        "principal": "1000000",
        "rate": "3.60",
        "months": 12,
        "start": "2026-01-31",
        "method": "annuity",
        "day_count": "actual/360",
        "every": 1,
        "first_due": None,
        "month_end": "clamp",
        "settlement": None,
        "grace_principal": 0,
        "grace_interest": 0,
        "interest_free": 0,
        "rounding": "half_up",
        "instalment_multiple": None,
        "fixed_instalment": None,
    }
    return Flags(**(typed | changes))


@pytest.mark.parametrize(
    ("start", "every", "due"),
    [
        ("2026-01-31", 1, ["2026-02-28", "2026-03-31", "2026-04-30"]),
        ("2024-02-29", 12, ["2025-02-28"]),
        ("2025-11-30", 3, ["2026-02-28", "2026-05-30", "2026-08-30"]),
    ],
)
def test_due_dates_count_from_the_start_and_find_back_to_its_day(
    start: str, every: int, due: list[str]
) -> None:
    made = case_of(flags(start=start, every=every))

    assert made["input"]["due_dates"][: len(due)] == due
    assert len(made["input"]["due_dates"]) == 12 // every


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"settlement": "quarterly_20", "every": 3}, "--every"),
        ({"settlement": "quarterly_20", "first_due": "2026-02-20"}, "--first-due"),
        ({"settlement": "monthly_20", "method": "bullet"}, "--method"),
        ({"first_due": "2026-02-20", "method": "bullet"}, "--method"),
        ({"fixed_instalment": "90000", "method": "flat"}, "--method"),
    ],
)
def test_a_flag_that_another_leaves_without_effect_is_refused(
    changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(Unusable) as refused:
        case_of(flags(**changes))

    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"months": 1201}, "--months"),
        ({"months": 99999999999, "method": "bullet"}, "--months"),
        ({"start": "2150-01-31", "months": 1200}, "--months"),
        ({"start": "9999-12-31"}, "--start"),
    ],
)
def test_a_term_beyond_the_calendar_of_loans_is_refused(
    changes: dict[str, Any], named: str
) -> None:
    with pytest.raises(Unusable) as refused:
        case_of(flags(**changes))

    assert named in str(refused.value)


@pytest.mark.parametrize(
    ("changes", "field", "flag"),
    [
        ({}, "input.principal_grace_periods", "--grace-principal"),
        ({}, "input.due_dates", "--months"),
        ({"first_due": "2026-02-20"}, "input.due_dates", "--first-due"),
    ],
)
def test_a_refused_field_is_named_by_its_flag(
    changes: dict[str, Any], field: str, flag: str
) -> None:
    refused = Unusable("calc.missing_field", {"field": field})

    assert flag in str(named_by_flags(refused, flags(**changes)))


def test_a_capitalised_bullet_settled_by_quarters_is_one_line_at_maturity(
    capsys: pytest.CaptureFixture[str],
) -> None:
    schedule(
        principal="1000000",
        rate="3.60",
        months=12,
        start="2026-01-15",
        method="capitalised_bullet",
        settlement="quarterly_20",
        as_csv=True,
    )

    assert capsys.readouterr().out.splitlines()[1].startswith("1,2027-01-15,1037019.33")


def test_csv_and_json_at_once_are_refused() -> None:
    with pytest.raises(Unusable):
        schedule(principal="1", rate="1", months=1, start="2026-01-15", as_csv=True, as_json=True)


def test_json_of_flags_is_the_answer_of_the_case(capsys: pytest.CaptureFixture[str]) -> None:
    schedule(principal="1200", rate="0", months=12, start="2026-01-31", as_json=True)

    rows = json.loads(capsys.readouterr().out)["rows"]
    assert {row["principal"] for row in rows} == {"100.00"}
