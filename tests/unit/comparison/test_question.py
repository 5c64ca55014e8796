"""A question as people write it: amounts read, contradictions told in a sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from policies.money import Money, yuan
from services.comparison.question import ToldDefault, amount, question, rate_of, with_sample
from services.kernel.problems import Unusable


def key_of(told: ToldDefault) -> str:
    with pytest.raises(Unusable) as fault:
        question(told)
    return fault.value.key


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("4200000", "4200000.00"),
        ("4200000.5", "4200000.50"),
        ("4,200,000.00", "4200000.00"),
        ("4，200，000", "4200000.00"),
        (" 0.01 ", "0.01"),
        ("0", "0.00"),
    ],
)
def test_an_amount_may_be_grouped_by_thousands(written: str, read: str) -> None:
    assert amount("principal", written) == yuan(read)


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("-1", "comparison.negative"),
        ("-0.01", "comparison.negative"),
        ("1.001", "comparison.too_many_decimals"),
        ("1.", "comparison.no_amount"),
        ("", "comparison.no_amount"),
        ("4,20,000", "comparison.no_amount"),
        ("4,200,00", "comparison.no_amount"),
        ("1e6", "comparison.no_amount"),
        ("NaN", "comparison.no_amount"),
        ("420万", "comparison.no_amount"),
        ("9" * 17, "comparison.too_large"),
        ("9" * 5000, "comparison.too_large"),
    ],
)
def test_what_is_no_amount_is_refused_by_its_flag(written: str, key: str) -> None:
    with pytest.raises(Unusable) as fault:
        amount("balance_after_draw", written)

    assert fault.value.key == key
    assert "--balance-after-draw" in str(fault.value)


def test_what_is_not_told_follows_from_the_principal() -> None:
    asked = question(ToldDefault("4200000.00", "63000.00"))

    assert asked.loss.lent == asked.loss.balance_after_draw == yuan("4200000.00")
    assert asked.loss.exposure == yuan("4263000.00")
    assert (asked.cash, asked.net) == (None, None)


def test_the_balance_is_what_was_drawn_where_it_is_not_told() -> None:
    asked = question(ToldDefault("4200000.00", "0", drawn="6000000"))

    assert asked.loss.balance_after_draw == yuan("6000000.00")


def test_a_recovery_is_net_of_its_cost_even_below_zero() -> None:
    asked = question(ToldDefault("100", "0", recovery="10.00", cost="12.50"))

    assert asked.net == yuan("-2.50")


def test_an_empty_fund_is_not_a_fund_that_is_not_asked_about() -> None:
    assert question(ToldDefault("100", "0", fund_cash="0")).cash == Money.ZERO


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (ToldDefault("6000000.01", "0", drawn="6000000"), "comparison.above"),
        (
            ToldDefault("1", "0", drawn="6000000.01", balance_after_draw="6000000"),
            "comparison.above",
        ),
        (ToldDefault("1", "0", balance_after_draw="0.99"), "comparison.above"),
        (ToldDefault("1", "0", cost="1"), "comparison.cost_without_recovery"),
        (ToldDefault("1", "", drawn="1"), "comparison.no_amount"),
        (ToldDefault("1", "0", recovery="-5"), "comparison.negative"),
        (ToldDefault("1", "0", fund_cash="x"), "comparison.no_amount"),
    ],
)
def test_figures_that_contradict_each_other_are_refused(told: ToldDefault, key: str) -> None:
    assert key_of(told) == key


def test_principal_drawing_and_balance_may_be_the_same() -> None:
    asked = question(ToldDefault("5", "0", drawn="5", balance_after_draw="5"))

    assert asked.loss.lent == yuan("5.00")


def test_without_figures_the_sample_is_asked() -> None:
    asked = question(with_sample(ToldDefault()))

    assert asked.loss.exposure == yuan("4263000.00")
    assert asked.loss.lent == yuan("6000000.00")
    assert asked.net == yuan("960000.00")


def test_a_principal_of_ones_own_leaves_the_sample_aside() -> None:
    asked = question(with_sample(ToldDefault("1000000")))

    assert (asked.loss.lent, asked.loss.interest) == (yuan("1000000.00"), Money.ZERO)
    assert asked.net is None


@pytest.mark.parametrize(
    "told", [ToldDefault(drawn="12000000"), ToldDefault(balance_after_draw="12000000")]
)
def test_a_larger_loan_keeps_the_rest_of_the_sample(told: ToldDefault) -> None:
    asked = question(with_sample(told))

    assert asked.loss.balance_after_draw == yuan("12000000.00")
    assert asked.loss.principal == yuan("4200000.00")
    assert asked.net == yuan("960000.00")


def test_a_recovery_of_ones_own_has_no_cost_of_the_samples() -> None:
    assert question(with_sample(ToldDefault(recovery="5000"))).net == yuan("5000.00")


@pytest.mark.parametrize(("written", "rate"), [("3.60", "0.036"), ("3.6%", "0.036"), ("0", "0")])
def test_a_rate_is_told_in_per_cent(written: str, rate: str) -> None:
    assert rate_of(written) == Decimal(rate)


@pytest.mark.parametrize("written", ["", "-1", "101", "three", "3.6 per cent"])
def test_what_is_no_rate_is_refused(written: str) -> None:
    with pytest.raises(Unusable):
        rate_of(written)
