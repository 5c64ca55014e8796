"""Money: whole fen, no float, and splits that sum exactly."""

from __future__ import annotations

import pickle
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money, NotMoney, rate_text, round_half_up, split, total, yuan

amounts = st.integers(min_value=-(10**15), max_value=10**15).map(Money)
cuts = st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=5).filter(
    lambda parts: sum(parts) > 0
)


def shares_of(parts: list[int]) -> dict[str, Decimal]:
    """Shares that sum to one at most, as a rule pack states them in basis points."""
    whole = max(sum(parts), 10_000)
    return {f"party_{n}": Decimal(part) / whole for n, part in enumerate(parts)}


def test_yuan_reads_two_decimals_into_fen() -> None:
    assert yuan("3360000.00").fen == 336_000_000
    assert yuan(10_000_000).fen == 1_000_000_000
    assert yuan(Decimal("-0.01")).fen == -1


@pytest.mark.parametrize("text", ["0.001", "ten", "", "NaN", "Infinity"])
def test_yuan_refuses_what_is_no_amount_of_whole_fen(text: str) -> None:
    with pytest.raises(NotMoney):
        yuan(text)


def test_a_binary_float_is_no_money() -> None:
    with pytest.raises(NotMoney):
        Money(0.1)  # type: ignore[arg-type]  # the claim is that this is refused


def test_an_amount_is_shown_as_a_banker_writes_it() -> None:
    amount = yuan("3360000.05")

    assert str(amount) == "3,360,000.05"
    assert amount.yuan == "3360000.05"
    assert amount.wire == "3360000.05 CNY"
    assert str(-amount) == "-3,360,000.05"


@pytest.mark.parametrize("text", ["3360000 CNY", "3360000.00", "3,360,000.00 CNY", "1.005 CNY"])
def test_the_wire_form_is_read_strictly(text: str) -> None:
    with pytest.raises(NotMoney):
        Money.of_wire(text)


@given(amounts)
def test_an_amount_survives_wire_and_pickle(amount: Money) -> None:
    assert Money.of_wire(amount.wire) == amount
    assert pickle.loads(pickle.dumps(amount)) == amount


def test_currencies_do_not_mix() -> None:
    with pytest.raises(NotMoney):
        yuan("1.00") + Money(100, "USD")
    with pytest.raises(NotMoney):
        assert yuan("1.00") < Money(100, "USD")
    assert yuan("1.00") != Money(100, "USD")


def test_money_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        yuan("1.00").fen = 1


def test_a_share_is_floored_and_a_negative_one_truncated_toward_zero() -> None:
    assert yuan("0.05").share_floor(Decimal("0.5")) == yuan("0.02")
    assert yuan("-0.05").share_floor(Decimal("0.5")) == yuan("-0.03")
    assert yuan("-0.05").share_toward_zero(Decimal("0.5")) == yuan("-0.02")


@pytest.mark.parametrize(
    ("exact", "posted"), [("0.49", 0), ("0.5", 1), ("1.5", 2), ("2.5", 3), ("-0.5", -1)]
)
def test_interest_is_posted_half_up(exact: str, posted: int) -> None:
    assert round_half_up(Decimal(exact)) == posted


def test_a_total_of_nothing_is_zero() -> None:
    assert total([]) == Money.ZERO
    assert total([yuan("1.10"), yuan("2.20")]) == yuan("3.30")


def test_v11_zhongshan_shares_are_floored_and_the_bank_takes_the_rest() -> None:
    shares = {"fund": Decimal("0.54"), "insurer": Decimal("0.16"), "valuer": Decimal("0.04")}

    parts = split(yuan("1234567.89"), shares, "bank")

    assert {party: part.yuan for party, part in parts.items()} == {
        "fund": "666666.66",
        "insurer": "197530.86",
        "valuer": "49382.71",
        "bank": "320987.66",
    }


@given(amounts, cuts)
def test_a_split_sums_exactly_whatever_its_sign(amount: Money, parts: list[int]) -> None:
    assert total(split(amount, shares_of(parts), "bank").values()) == amount


@given(amounts, cuts)
def test_only_the_residual_bearer_takes_more_than_its_exact_share(
    amount: Money, parts: list[int]
) -> None:
    shares = shares_of(parts)

    done = split(amount, shares, "bank")

    for party, share in shares.items():
        exact = abs(amount.fen) * share
        assert exact - 1 < abs(done[party].fen) <= exact


@given(amounts)
def test_a_residual_bearer_alone_takes_all(amount: Money) -> None:
    assert split(amount, {}, "bank") == {"bank": amount}


def test_a_rate_is_shown_in_per_cent() -> None:
    assert rate_text(Decimal("0.036")) == "3.60 %"
