"""Whatever the case: a default is shared whole, and a recovery goes back to who bore it.

The forms are those of policies/cases, an eleventh case included as soon as its file stands there.
"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money, total
from policies.reading.variants import forms, policy_of
from policies.sharing.assess import Default, assess
from policies.sharing.cover import BANK, divide
from policies.sharing.loss import Loss

DAY = date(2026, 11, 22)
FORMS = [form.ident for form in forms()]
fen = st.integers(min_value=0, max_value=5_000_000_000)


@st.composite
def losses(draw: st.DrawFn) -> Loss:
    """A loss of a loan: not more unpaid than was drawn, nor drawn beyond the balance."""
    drawn, other = draw(fen), draw(st.sampled_from([0, 1, 600_000_000]))
    unpaid = draw(st.integers(min_value=0, max_value=drawn))
    return Loss(Money(unpaid), Money(draw(fen)), Money(drawn + other), Money(drawn))


@pytest.mark.parametrize("ident", FORMS)
@given(loss=losses(), cash=st.none() | fen, net=st.none() | st.integers(-(10**8), 10**10))
def test_a_default_is_shared_whole_and_its_recovery_too(
    ident: str, loss: Loss, cash: int | None, net: int | None
) -> None:
    default = Default(
        loss, None if cash is None else Money(cash), None if net is None else Money(net)
    )

    found = assess(policy_of(ident, DAY), default)

    assert total(found.assessment.totals().values()) == loss.exposure
    assert all(one.amount >= Money.ZERO for one in found.assessment.shares)
    assert total(found.returned.values()) + found.surplus == found.net
    assert all(amount >= Money.ZERO for amount in found.burden.values())
    assert total(found.burden.values()) == max(loss.exposure - found.net, Money.ZERO)


@pytest.mark.parametrize("ident", FORMS)
@given(loss=losses(), cash=fen)
def test_a_fund_pays_no_more_than_it_holds(ident: str, loss: Loss, cash: int) -> None:
    policy = policy_of(ident, DAY)
    parts = policy.mechanisms["compensation"](policy).tiers[0].parts
    payers = {party for part in parts if part.from_cash for party, _ in part.holders}

    found = assess(policy, Default(loss, Money(cash)))

    paid = [m for party, m in found.assessment.totals().items() if party in payers]
    assert total(paid) <= Money(cash)


@pytest.mark.parametrize("ident", FORMS)
@given(loss=losses())
def test_a_book_is_divided_as_one_loan_is(ident: str, loss: Loss) -> None:
    policy = policy_of(ident, DAY)
    cover = policy.mechanisms["compensation"](policy)
    found = assess(policy, Default(loss))
    tier = cover.tier(loss.balance_after_draw.fen)

    if found.refused or tier is None:
        assert list(found.assessment.totals()) == [BANK]
        return
    lost = (loss.principal.fen, loss.interest.fen)
    lines = divide(cover, tier.parts, lost, drawn=loss.lent.fen, cash=None)
    sums = {party: sum(n for one, _, n in lines if one == party) for party, _, _ in lines}
    assert {p: m.fen for p, m in found.assessment.totals().items()} == sums


@pytest.mark.parametrize("ident", FORMS)
def test_every_step_of_a_working_says_whose_clause_it_is(ident: str) -> None:
    loss = Loss(Money(420_000_000), Money(6_300_000), Money(600_000_000))

    found = assess(policy_of(ident, DAY), Default(loss, net=Money(96_000_000)))

    assert found.working
    assert all(step.citation.clause and step.citation.source for step in found.working)
    assert {one.name for one in found.assumptions} <= set(found.policy.parameters)


def test_the_working_of_a_refusal_says_which_ceiling_and_who_bears_all() -> None:
    loss = Loss(Money(3_000_000_001), Money(100), Money(3_000_000_001))

    found = assess(policy_of("jiangsu", DAY), Default(loss))

    told = [(one.name, one.amount) for one in found.working]
    assert told == [("above_ceiling", None), ("unshared", loss.exposure)]
