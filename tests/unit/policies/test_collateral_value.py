"""Values, haircuts and limits: what must hold for any figures, beside the golden files."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy_financial
import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money, yuan
from policies.reading.pack import Policy
from policies.reading.variants import policy_of
from policies.valuing.annual_fee import late_fee, months_late
from policies.valuing.collateral import Right, collateral_cap
from policies.valuing.credit_limit import limit_by_value
from policies.valuing.internal_valuation import internal_valuation
from policies.valuing.valuation import RoyaltyRelief, income_value
from services.kernel.i18n import catalogue as words

POLICIES = Path(__file__).resolve().parents[3] / "policies"
DUE = date(2026, 3, 10)
amounts = st.integers(min_value=0, max_value=10**12).map(Money)


def ccb() -> Policy:
    return policy_of("ccb", date(2025, 8, 14))


def relief(*revenues: str, royalty: str, discount: str) -> RoyaltyRelief:
    rate = Decimal(discount)
    return RoyaltyRelief(
        tuple(yuan(r) for r in revenues), Decimal(royalty), Decimal("0.15"), rate, 15, 8
    )


V20 = relief(
    "20000000.00",
    "22000000.00",
    "24000000.00",
    "24000000.00",
    "20000000.00",
    royalty="0.03",
    discount="0.15",
)


def test_present_value_agrees_with_a_library() -> None:
    saved = [float(revenue.fen) * 0.03 * 0.85 for revenue in V20.revenues]

    reference = numpy_financial.npv(0.15, [0.0, *saved])

    assert abs(income_value(ccb(), V20).amount.fen - reference) < 1


def test_rounded_parts_would_give_another_fen() -> None:
    found = income_value(ccb(), V20)

    parts = [step.amount for step in found.working]
    assert [part.yuan for part in parts if part] == [
        "443478.26",
        "424196.60",
        "402399.93",
        "349912.99",
        "253560.14",
    ]
    assert sum(part.fen for part in parts if part) == found.amount.fen + 1


def test_the_path_of_an_internal_value_shows_every_step() -> None:
    told = relief("160000000.00", royalty="0.04", discount="0.14")

    found = internal_valuation(ccb(), told, kind="INVENTION", score=Decimal("86.0"))

    names = [step.name for step in found.working]
    assert names == ["present_value", "base_value", "score_factor", "haircut", "pledge_rate"]
    assert found.working[-1].amount == found.cap


kinds = st.sampled_from(["INVENTION", "UTILITY_MODEL", "DESIGN", "TRADEMARK", "COPYRIGHT", "GI"])
years = st.none() | st.integers(min_value=0, max_value=20).map(Decimal)
rights = st.builds(Right, kinds, amounts, years)


@given(st.lists(rights, min_size=1, max_size=5))
def test_no_more_is_lent_than_the_collateral_is_worth(pledged: list[Right]) -> None:
    found = collateral_cap(ccb(), pledged)

    assert Money.ZERO <= found.cap <= found.value
    assert found.value.fen <= sum(one.value.fen for one in pledged)


@given(amounts, amounts, st.sampled_from(["0.00", "0.60", "1.00", "1.20"]))
def test_a_pure_pledge_is_never_lent_more_than_its_cap(
    cap: Money, need: Money, multiplier: str
) -> None:
    found = limit_by_value(ccb(), cap, need, multiplier=Decimal(multiplier))

    assert found.amount <= cap
    assert found.amount.fen % yuan("10000.00").fen == 0


@given(st.integers(min_value=-30, max_value=400))
def test_a_fee_is_either_paid_with_its_surcharge_or_the_right_is_lost(days: int) -> None:
    paid_on = DUE + timedelta(days=days)

    found = late_fee(ccb(), yuan("1200.00"), due_on=DUE, paid_on=paid_on)

    assert (found.lapsed_from is None) == (paid_on <= date(2026, 9, 10))
    assert found.surcharge <= yuan("300.00")


def test_a_month_without_the_due_day_ends_on_its_last() -> None:
    assert months_late(date(2026, 8, 31), date(2026, 9, 30)) == 1
    assert months_late(date(2026, 8, 31), date(2026, 10, 1)) == 2


def test_the_weights_of_the_dimensions_are_those_of_their_indicators() -> None:
    weights, sums, start = ccb()["scorecard_weights"].value, [], 0
    for size in ccb()["scorecard_dimension_sizes"].value:
        sums.append(sum(weights[start : start + size]))
        start += size

    assert tuple(sums) == ccb()["scorecard_dimension_weights"].value
    assert start == ccb()["standard_indicators"].value[1]


def test_every_grade_of_the_technology_flow_has_its_multiplier_and_none_is_above_a_better() -> None:
    multipliers = ccb()["flow_multipliers"].value

    assert len(multipliers) == len(ccb()["flow_tops"].value) + 1
    assert list(multipliers) == sorted(multipliers, reverse=True)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_step_and_every_unmet_condition_has_words(lang: str) -> None:
    texts = [path.read_text("utf-8") for path in sorted(POLICIES.rglob("*.py"))]
    steps = {f"step.{name}" for text in texts for name in re.findall(r'Step\(\s*"(\w+)"', text)}
    unmet = {f"refusal.{n}" for text in texts for n in re.findall(r'unmet\(\s*"(\w+)"', text)}

    assert len(steps) > 30
    assert (steps | unmet) - set(words(lang)) == set()
