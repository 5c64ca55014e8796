"""Notes, quotas and points: what must hold for any amounts, beside the golden files."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money, money_half_up, total, yuan
from policies.rating.points import points_score
from policies.reading.loader import load
from policies.reading.pack import Grade, Policy
from policies.reading.variants import policy_of
from policies.sharing.envelope import Quota, consume, opened, release, repaid, reserve
from policies.sharing.gate import Unmet
from policies.sharing.waterfall import distribute, loss_on_notes, tranches

B0 = date(2025, 8, 14)
CAMPAIGN = date(2023, 6, 1)
amounts = st.integers(min_value=0, max_value=10**12).map(Money)
STEPS = ("TAXES_AND_FEES", "SENIOR_INTEREST", "SENIOR_PRINCIPAL", "GUARANTOR_FEE")
claims = st.dictionaries(st.sampled_from(STEPS), amounts)


def policy(case: str, on: date = B0) -> Policy:
    return policy_of(case, on)


@given(amounts, claims, st.none() | amounts)
def test_a_payment_date_pays_what_came_in_and_what_the_guarantor_added(
    cash: Money, due: dict[str, Money], guarantor: Money | None
) -> None:
    done = distribute(policy("futian"), cash, claims=due, guarantor=guarantor)

    assert total(done.paid.values()) == cash + done.called
    assert all(paid >= Money.ZERO for paid in done.paid.values())
    assert guarantor is None or done.called <= guarantor


@given(amounts, claims)
def test_nothing_ahead_of_the_guarantor_stays_unpaid_while_it_stands(
    cash: Money, due: dict[str, Money]
) -> None:
    done = distribute(policy("futian"), cash, claims=due)

    assert set(done.unpaid) <= {"GUARANTOR_FEE"}


@given(amounts, st.data())
def test_the_senior_notes_lose_only_what_the_subordinated_cannot_bear(
    pool: Money, data: st.DataObject
) -> None:
    loss = Money(data.draw(st.integers(min_value=0, max_value=pool.fen)))
    notes = tranches(policy("futian"), pool)

    found = loss_on_notes(policy("futian"), pool, loss, guarantor=Money.ZERO)

    assert found.subordinated + found.senior == loss
    assert not found.senior or found.subordinated == notes.subordinated


def test_the_working_of_a_loss_cites_assumptions_as_such() -> None:
    found = loss_on_notes(policy("futian"), yuan("42000000.00"), yuan("3303000.00"))

    assert {step.citation.grade for step in found.working} == {Grade.ASSUMED}


acts = st.lists(st.tuples(st.sampled_from(["reserve", "consume", "release"]), amounts))


@given(acts)
def test_reserved_and_consumed_never_exceed_the_envelope(told: list[tuple[str, Money]]) -> None:
    boc = policy("boc", CAMPAIGN)
    envelope = opened(boc)

    for act, amount in told:
        if act == "reserve":
            answer = reserve(boc, envelope, amount)
            envelope = envelope if isinstance(answer, Unmet) else answer
        elif amount <= envelope.reserved:
            envelope = (consume if act == "consume" else release)(envelope, amount)

        assert envelope.reserved + envelope.consumed <= envelope.size
        assert envelope.free >= Money.ZERO


def test_an_approval_of_six_million_leaves_2354_million_free_and_its_lapse_gives_them_back() -> (
    None
):
    boc = policy("boc", CAMPAIGN)
    before = Quota(yuan("10000000000.00"), consumed=yuan("7640000000.00"))

    after = reserve(boc, before, yuan("6000000.00"))

    assert isinstance(after, Quota)
    assert before.free == yuan("2360000000.00")
    assert after.free == yuan("2354000000.00")
    assert release(after, yuan("6000000.00")).free == yuan("2360000000.00")


def test_a_repayment_leaves_the_quota_used() -> None:
    used = Quota(yuan("10.00"), consumed=yuan("6.00"))

    assert repaid(policy("boc", CAMPAIGN), used, yuan("6.00")).free == yuan("4.00")


def test_a_campaign_joined_to_a_fund_keeps_its_own_quota() -> None:
    joined, alone = policy_of("boc:jiangsu", B0), policy_of("boc", B0)

    assert joined.mechanisms["quota"] is alone.mechanisms["quota"]
    assert joined.mechanisms["compensation"] is policy("jiangsu").mechanisms["compensation"]


scores = st.integers(min_value=0, max_value=100).map(Decimal)


@pytest.mark.parametrize("stage", ["START_UP", "GROWTH", "STABLE"])
@given(data=st.data())
def test_a_score_lies_between_its_worst_and_its_best_indicator(
    stage: str, data: st.DataObject
) -> None:
    chengdu = policy("chengdu")
    names = [
        name
        for one in ("points_technology", "points_growth", "points_auxiliary")
        for name in chengdu[one].value
    ]
    told = {name: data.draw(scores) for name in names}

    found = points_score(chengdu, stage, told)

    assert min(told.values()) <= found.points <= max(told.values())
    assert found.missing == ()


def test_the_pack_names_as_many_indicators_as_the_national_model() -> None:
    chengdu = policy("chengdu")
    names = ("points_technology", "points_growth", "points_auxiliary")

    assert len(names) == chengdu["points_first_level"].value
    assert sum(len(chengdu[n].value) for n in names) == chengdu["points_second_level"].value


def test_every_band_has_its_limit_and_its_spread_and_a_better_score_pays_less() -> None:
    chengdu = policy("chengdu")
    spreads = chengdu["points_band_spreads"].value

    assert list(spreads) == sorted(spreads, reverse=True)
    assert len(spreads) == len(chengdu["points_band_floors"].value)


@pytest.mark.parametrize("case", ["futian", "chengdu", "boc", "ccb"])
def test_every_gap_names_a_document_to_look_in(case: str) -> None:
    assert all(gap.document for gap in load(case).gaps)


@given(st.fractions(min_value=-(10**6), max_value=10**6))
def test_an_exact_amount_is_rounded_to_the_nearest_fen(exact: Fraction) -> None:
    assert abs(money_half_up(exact).fen - exact) * 2 <= 1


def test_half_a_fen_is_rounded_away_from_zero() -> None:
    half = Fraction(1, 2)

    assert (money_half_up(half), money_half_up(-half)) == (Money(1), Money(-1))
