"""Judging rows: which loan is refused and why, and which odd one is boarded all the same."""

from __future__ import annotations

import pytest

from tests.unit.boarding.books import LOST, judged


def refused(changes: dict[str, str]) -> list[tuple[int, str, str, str]]:
    """Line, field, value and code of each reason against the second of two loans."""
    found = judged({}, changes)
    assert [line.line for line in found.boardable] == ([2] if found.refused else [2, 3])
    return [(r.line, r.field, r.value, r.code) for row in found.refused for r in row.reasons]


def test_no_more_principal_can_be_charged_off_than_was_drawn() -> None:
    assert refused({**LOST, "charged_off_principal": "3000000.00"}) == []
    assert refused({**LOST, "charged_off_principal": "3000000.01"}) == [
        (3, "charged_off_principal", "3000000.01", "charged_off_above_drawn")
    ]


def test_a_loan_may_reach_the_cap_per_borrower_and_not_exceed_it() -> None:
    assert refused({"amount_disbursed": "30000000.00"}) == []
    assert refused({"amount_disbursed": "30000000.01"}) == [
        (3, "amount_disbursed", "30000000.01", "drawn_above_cap")
    ]


def test_a_loan_may_be_charged_off_on_the_day_of_the_draw_and_not_before() -> None:
    assert refused({**LOST, "charged_off_on": "2024-02-01"}) == []
    assert refused({**LOST, "charged_off_on": "2024-01-31"}) == [
        (3, "charged_off_on", "2024-01-31", "charged_off_before_drawn")
    ]


def test_a_charge_off_without_a_date_is_refused() -> None:
    assert refused({**LOST, "charged_off_on": ""}) == [
        (3, "charged_off_on", "", "charged_off_without_date")
    ]


def test_a_loan_of_which_nothing_was_drawn_is_refused() -> None:
    assert refused({"amount_disbursed": "0.01"}) == []
    assert refused({"amount_disbursed": "0.00"}) == [
        (3, "amount_disbursed", "0.00", "nothing_drawn")
    ]


def test_paid_in_full_and_principal_lost_contradict_each_other() -> None:
    assert refused({"charged_off_principal": "0.00"}) == []
    assert refused({"charged_off_principal": "0.01"}) == [
        (3, "charged_off_principal", "0.01", "paid_yet_charged_off")
    ]


def test_a_refused_row_gives_all_its_reasons() -> None:
    changes = {**LOST, "charged_off_on": "", "charged_off_principal": "3000000.01"}

    assert [code for *_, code in refused(changes)] == [
        "charged_off_above_drawn",
        "charged_off_without_date",
    ]


def test_a_default_that_lost_no_principal_is_boarded() -> None:
    assert refused({**LOST, "charged_off_principal": "0.00"}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"approved_on": "2024-02-01"}, []),
        ({"approved_on": "2024-02-02"}, [(2, "disbursed_on", "disbursed_before_approval")]),
        ({"approved_on": ""}, []),
        ({"charged_off_on": "2024-12-20"}, [(2, "charged_off_on", "paid_with_charge_off_date")]),
        ({"industry": "", "state": "", "employees": ""}, []),
        ({"amount_approved": "1.00"}, []),
    ],
)
def test_what_is_odd_and_changes_no_figure_is_boarded_with_a_warning(
    changes: dict[str, str], expected: list[tuple[int, str, str]]
) -> None:
    found = judged(changes)

    assert len(found.boardable) == 1
    assert [(one.line, one.field, one.code) for one in found.warnings] == expected


def test_a_refused_row_is_not_warned_about_as_well() -> None:
    found = judged({"approved_on": "2024-02-02", "amount_disbursed": "30000000.01"})

    assert len(found.refused) == 1
    assert found.warnings == ()
