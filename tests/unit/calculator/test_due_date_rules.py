"""Rules for due dates in words: three meanings, many wordings, and refusal of the rest."""

from __future__ import annotations

import pytest

from services.calculator.reading import Uninterpretable
from services.calculator.schedules import answer

SAME = ["2022-10-17", "2022-11-17", "2022-12-17"]
FIRST = ["2022-11-01", "2022-12-01", "2023-01-01"]
LAST = ["2022-10-31", "2022-11-30", "2022-12-31"]


def dates(rule: object) -> list[str]:
    case = {"kind": "due_dates", "input": {"start": "2022-10-17", "periods": 3, "rule": rule}}
    return [row["due"] for row in answer(case)["rows"]]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("first of next month", FIRST),
        ("Start of the next month", FIRST),
        ("last day of month", LAST),
        ("end of the current month", LAST),
        ("month end", LAST),
        ("same day", SAME),
        ("same date as disbursement", SAME),
        ("monthly as per repayment start date", SAME),
        ("monthly", SAME),
        ("last day of next month", ["2022-11-30", "2022-12-31", "2023-01-31"]),
        ("bi-weekly", ["2022-10-17", "2022-10-31", "2022-11-14"]),
        ("weekly", ["2022-10-17", "2022-10-24", "2022-10-31"]),
        ("quarterly", ["2022-10-17", "2023-01-17", "2023-04-17"]),
    ],
)
def test_a_rule_means_what_it_says(rule: str, expected: list[str]) -> None:
    assert dates(rule) == expected


@pytest.mark.parametrize("rule", ["", "next month", "first of month", "full moon", "day", 5])
def test_a_rule_that_says_too_little_is_refused(rule: object) -> None:
    with pytest.raises(Uninterpretable) as refused:
        dates(rule)

    assert refused.value.values["field"] == "input.rule"
