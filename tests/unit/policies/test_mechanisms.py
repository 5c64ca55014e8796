"""Sharing a loss and returning a recovery: what must hold for any amounts, and each setting."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money, total, yuan
from policies.reading.agreement import contradictions
from policies.reading.loader import load, of_text
from policies.reading.override import with_values
from policies.reading.pack import Grade, Policy
from policies.reading.variants import policy_of
from policies.sharing.cover import BANK, Part
from policies.sharing.division import share
from policies.sharing.loss import Assessment, Loss, NotAssessed, Returned
from policies.sharing.recovery import Borne, return_by_shares

DRAW = date(2025, 8, 14)
fen = st.integers(min_value=0, max_value=3_000_000_000)
amounts = fen.map(Money)


def jiangsu(**settings: str) -> Policy:
    """The Jiangsu policy, with choices replaced for teaching: jiangsu(WHOLE="MARGINAL")."""
    text = load("jiangsu").text
    for before, after in settings.items():
        text = text.replace(f'value = "{before}"', f'value = "{after}"')
    return of_text(text).on(DRAW)


def given_back(
    policy: Policy,
    *,
    paid: dict[str, Money],
    net: Money,
    interest_due: Money,
    already_returned: dict[str, Money] | None = None,
) -> Returned:
    """A recovery in the ratio of what was paid, the interest being the bank's."""
    return return_by_shares(policy, Borne(paid, {BANK: interest_due}, already_returned or {}), net)


def totals(policy: Policy, loss: Loss) -> dict[str, str]:
    found = share(policy, loss)
    assert isinstance(found, Assessment)
    return {party: amount.yuan for party, amount in found.totals().items()}


def loss_of(principal: str, *, interest: str = "0.00", balance: str) -> Loss:
    return Loss(yuan(principal), yuan(interest), yuan(balance))


@given(amounts, amounts, fen)
def test_shares_sum_to_the_loss(principal: Money, interest: Money, balance: int) -> None:
    for policy in (jiangsu(), jiangsu(WHOLE="MARGINAL")):
        found = share(policy, Loss(principal, interest, Money(balance)))

        assert isinstance(found, Assessment)
        assert total(found.totals().values()) == principal + interest
        assert all(share.amount >= Money.ZERO for share in found.shares)


@given(st.integers(min_value=3_000_000_001))
def test_no_balance_above_the_top_tier_is_assessed(balance: int) -> None:
    found = share(jiangsu(), Loss(Money(100), Money.ZERO, Money(balance)))

    assert isinstance(found, NotAssessed)
    assert found.parameter.citation.grade is Grade.PUBLIC


def test_marginal_tiers_have_no_cliff() -> None:
    marginal = jiangsu(WHOLE="MARGINAL")

    at = loss_of("10000000.00", balance="10000000.00")
    above = loss_of("10000000.01", balance="10000000.01")

    assert totals(marginal, at) == {"fund": "8000000.00", "bank": "2000000.00"}
    assert totals(marginal, above) == {"fund": "8000000.00", "bank": "2000000.01"}


def test_a_marginal_loss_lies_in_the_bands_in_proportion_to_the_balance() -> None:
    # 18 million at the draw: 10 million at 80 % and 8 million at 50 % make two thirds
    loss = loss_of("12600000.00", interest="189000.00", balance="18000000.00")

    assert totals(jiangsu(WHOLE="MARGINAL"), loss) == {"fund": "8400000.00", "bank": "4389000.00"}


def test_the_fund_shares_interest_only_where_the_case_says_so() -> None:
    loss = loss_of("4200000.00", interest="63000.00", balance="6000000.00")

    principal_only = totals(jiangsu(), loss)
    both = totals(jiangsu(PRINCIPAL_ONLY="PRINCIPAL_AND_INTEREST"), loss)

    assert principal_only == {"fund": "3360000.00", "bank": "903000.00"}
    assert both == {"fund": "3410400.00", "bank": "852600.00"}


def test_the_working_names_every_step_with_its_grade() -> None:
    found = share(jiangsu(), loss_of("4200000.00", balance="6000000.00"))

    assert isinstance(found, Assessment)
    assert [(step.name, step.citation.grade) for step in found.working] == [
        ("tier", Grade.SEED),
        ("share", Grade.SEED),
        ("borne", Grade.SEED),
        ("left", Grade.PUBLIC),
        ("left", Grade.PUBLIC),
    ]
    assert found.working[0].inputs["ceiling"] == "10000000.00"
    assert found.working[2].amount == yuan("3360000.00")


@given(amounts, amounts, st.integers(min_value=-(10**9), max_value=10**10), amounts)
def test_a_recovery_is_distributed_whole_and_nobody_gets_more_than_it_paid(
    fund: Money, bank: Money, net: int, interest: Money
) -> None:
    paid = {"fund": fund, "bank": bank}

    for policy in (jiangsu(), jiangsu(PRINCIPAL_FIRST="STATUTORY")):
        done = given_back(policy, paid=paid, net=Money(net), interest_due=interest)

        parts = (*done.returned.values(), done.bank_interest, done.surplus)
        assert total(parts) == Money(net)
        assert all(done.returned[party] <= paid[party] for party in paid)
        assert Money.ZERO <= done.bank_interest <= interest
        assert net < 0 or all(part >= Money.ZERO for part in parts)


@given(amounts, amounts, st.lists(amounts, min_size=1, max_size=5), amounts)
def test_the_surplus_starts_when_all_are_whole(
    fund: Money, bank: Money, nets: list[Money], interest: Money
) -> None:
    paid = {"fund": fund, "bank": bank}
    before = dict.fromkeys(paid, Money.ZERO)

    for net in nets:
        done = given_back(
            jiangsu(), paid=paid, net=net, interest_due=interest, already_returned=before
        )
        before = {party: before[party] + done.returned[party] for party in paid}

        assert not done.bank_interest or before == paid
        assert not done.surplus or done.bank_interest == interest


@given(amounts, amounts, fen)
def test_the_fund_is_returned_its_original_share(fund: Money, bank: Money, net: int) -> None:
    borne = fund.fen + bank.fen
    pool = min(net, borne)

    done = given_back(
        jiangsu(), paid={"fund": fund, "bank": bank}, net=Money(net), interest_due=Money.ZERO
    )

    exact = Fraction(pool * fund.fen, borne or 1)
    assert abs(done.returned["fund"].fen - exact) < 1


def test_a_statutory_order_pays_the_banks_interest_first() -> None:
    paid = {"fund": yuan("3360000.00"), "bank": yuan("840000.00")}

    done = given_back(
        jiangsu(PRINCIPAL_FIRST="STATUTORY"),
        paid=paid,
        net=yuan("960000.00"),
        interest_due=yuan("60000.00"),
    )

    assert done.bank_interest == yuan("60000.00")
    assert done.returned == {"fund": yuan("720000.00"), "bank": yuan("180000.00")}


def test_a_party_that_paid_in_part_is_returned_in_part() -> None:
    # V15: the fund could pay 500,000.00 of 3,360,000.00 only
    paid = {"fund": yuan("500000.00"), "bank": yuan("3700000.00")}

    done = given_back(jiangsu(), paid=paid, net=yuan("4200.00"), interest_due=Money.ZERO)

    assert done.returned == {"fund": yuan("500.00"), "bank": yuan("3700.00")}


@pytest.mark.parametrize("net", ["0.00", "-0.01", "-40000.00"])
def test_what_costs_more_than_it_brings_pays_no_interest(net: str) -> None:
    paid = {"fund": yuan("3360000.00"), "bank": yuan("840000.00")}

    done = given_back(jiangsu(), paid=paid, net=yuan(net), interest_due=yuan("63000.00"))

    assert (done.bank_interest, done.surplus) == (Money.ZERO, Money.ZERO)
    assert total(done.returned.values()) == yuan(net)


def futian() -> Policy:
    return load("futian").on(DRAW)


def test_a_guarantor_that_bears_the_interest_gets_principal_back_before_it() -> None:
    # the half of a fen lies with the guarantor once, not once for principal and once for interest
    paid = {"city_pool": Money(1_513_808), "guarantor": Money(1_513_808), "noteholders": Money.ZERO}
    halves = (("city_pool", Fraction(1, 2)), ("guarantor", Fraction(1, 2)))
    part = Part(Fraction(1), halves, (futian()["guarantee_cover"],))
    owed = {"city_pool": Money.ZERO, "guarantor": Money(1)}
    borne = Borne(paid, owed, parts=(part,), creditor="noteholders")

    done = return_by_shares(futian(), borne, Money(3_027_616))

    assert done.returned == paid
    assert total(done.interest.values()) == Money.ZERO


def test_a_creditor_is_made_whole_with_its_own_interest_and_no_other() -> None:
    # Civil Code 700: the guarantor of 80 % bears interest as well, and waits with all of it
    paid = {"guarantor": yuan("80.00"), "noteholders": yuan("20.00")}
    owed = {"guarantor": yuan("8.00"), "noteholders": yuan("2.00")}
    borne = Borne(paid, owed, creditor="noteholders")

    done = return_by_shares(futian(), borne, yuan("103.00"))

    assert done.returned == paid
    assert done.interest == {"guarantor": yuan("1.00"), "noteholders": yuan("2.00")}


def test_a_first_loan_bonus_raises_a_share_to_the_whole_at_most() -> None:
    chosen = {"fund_share": "0.98", "first_loan_bonus_applies": "true"}
    policy = with_values(policy_of("shanghai:pre_compensation", DRAW), chosen)

    assert totals(policy, loss_of("100.00", balance="100.00")) == {"fund": "100.00", "bank": "0.00"}


@pytest.mark.parametrize(("fund", "fits"), [("0.80", True), ("0.81", False)])
def test_shares_come_to_no_more_than_the_whole(fund: str, fits: bool) -> None:
    # Zhongshan: insurer 16 %, appraiser 4 %
    values = {"fund_share": Decimal(fund), "insurer_share": Decimal("0.16")}
    told = list(contradictions({**values, "appraiser_share": Decimal("0.04")}))

    assert told == [] if fits else "no more than the whole" in told[0]
