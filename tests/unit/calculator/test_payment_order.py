"""Orders of payment read from a sentence, and rules for instalments that are not due yet."""

from __future__ import annotations

from typing import Any

import pytest

from services.calculator.allocations import NoOrder, answer, order_of
from services.calculator.reading import Uninterpretable
from workflows.lending.payments.waterfall import Bucket

LP = "due: penalty, fee, interest, principal; in advance: principal, penalty, fee, interest"
LAST = "surplus goes to the last instalment and walks backwards"
EVENLY = "surplus is spread evenly over all future instalments (re-amortisation)"


def components(order: str, owed: list[tuple[str, str, str]], *payments: str) -> dict[str, Any]:
    return {
        "kind": "component_order",
        "order": order,
        "outstanding": [{"when": w, "component": c, "amount": a} for w, c, a in owed],
        "payments": [{"amount": amount} for amount in payments],
    }


def instalments(order: str, paid: list[str], *payments: tuple[str, str]) -> dict[str, Any]:
    dues = ("2023-09-16", "2023-10-01", "2023-10-16")
    return {
        "kind": "future_instalment_rule",
        "order": order,
        "instalments": [
            {"due": due, "amount": "100.00", "paid_before": before}
            for due, before in zip(dues, paid, strict=True)
        ],
        "payments": [{"date": on, "amount": amount} for on, amount in payments],
    }


def test_an_order_is_read_section_by_section() -> None:
    assert order_of("past due: interest; due: cost, interest; in advance: principal") == (
        Bucket("past due", "interest"),
        Bucket("due", "cost"),
        Bucket("due", "interest"),
        Bucket("in advance", "principal"),
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "",
        "penalty, fee",
        "due penalty",
        "due: penalty, penalty",
        "due: penalty; due: penalty",
        "due: gold",
        "tomorrow: penalty",
        "due:",
    ],
)
def test_an_order_that_names_a_place_twice_or_wrongly_is_refused(sentence: str) -> None:
    with pytest.raises(NoOrder):
        order_of(sentence)


def test_what_the_payment_exceeds_the_debt_by_is_left_over() -> None:
    found = answer(components(LP, [("due", "principal", "100.00")], "130.00", "1.00"))

    assert found[0]["principal"] == "100.00"
    assert (found[0]["rest"], found[1]["rest"]) == ("30.00", "1.00")


@pytest.mark.parametrize(
    ("order", "on", "amount", "expected"),
    [
        pytest.param(LAST, "2023-09-16", "150.00", "100.00 0.00 50.00", id="last, on the due day"),
        pytest.param(LAST, "2023-09-20", "150.00", "100.00 0.00 50.00", id="last, after it"),
        pytest.param(EVENLY, "2023-09-16", "150.00", "100.00 25.00 25.00", id="evenly, on it"),
        pytest.param(EVENLY, "2023-09-10", "150.00", "50.00 50.00 50.00", id="evenly, before it"),
        pytest.param(EVENLY, "2023-09-10", "0.02", "0.01 0.01 0.00", id="evenly, two fen"),
        pytest.param(EVENLY, "2023-09-10", "100.00", "33.33 33.33 33.34", id="evenly, a third"),
        pytest.param("NEXT_INSTALLMENT", "2023-09-10", "150.00", "100.00 50.00 0.00", id="next"),
    ],
)
def test_a_surplus_goes_where_the_rule_says(
    order: str, on: str, amount: str, expected: str
) -> None:
    found = answer(instalments(order, ["0.00"] * 3, (on, amount)))

    assert found == [expected.split()]


def test_an_even_spread_goes_on_when_one_instalment_is_full() -> None:
    asked = instalments(EVENLY, ["95.00", "0.00", "0.00"], ("2023-09-10", "90.00"))

    assert answer(asked) == [["100.00", "42.50", "42.50"]]


@pytest.mark.parametrize(
    ("asked", "key"),
    [
        (components("due: fee", [("due", "principal", "1")], "1"), "calc.allocation.no_place"),
        (components("due: gold", [("due", "fee", "1")], "1"), "calc.allocation.order"),
        (components(LP, [("soon", "fee", "1")], "1"), "calc.unknown_word"),
        (components(LP, [("due", "gold", "1")], "1"), "calc.unknown_word"),
        (components(LP, [("due", "fee", "-1")], "1"), "calc.out_of_range"),
        (components(LP, [("due", "fee", "1")]), "calc.wrong.objects"),
        (instalments("to anybody", ["0"] * 3, ("2023-09-10", "1")), "calc.allocation.order"),
        (instalments(LAST, ["101.00", "0", "0"], ("2023-09-10", "1")), "calc.out_of_range"),
        (instalments(LAST, ["0"] * 3, ("2023-09-10", "301")), "calc.allocation.beyond"),
        ({"kind": "lottery"}, "calc.unknown_word"),
        ({}, "calc.missing_field"),
    ],
)  # fmt: skip
def test_what_cannot_be_interpreted_is_refused(asked: dict[str, Any], key: str) -> None:
    with pytest.raises(Uninterpretable) as refused:
        answer(asked)

    assert refused.value.key == key
