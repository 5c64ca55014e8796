"""A fund's money beside compensation: interest, fees, and the line that a top-up pays on."""

from __future__ import annotations

from datetime import date

import pytest

from policies.money import Money, total, yuan
from services.funds import reactions as fund_reactions
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    FIN,
    FIN2,
    FM_F,
    FM_F2,
    approved,
    begin,
    claimed,
    covered,
    drawn,
    partly_repaid,
)
from workflows.claim.records import PayClaimPartly
from workflows.fund.facts import Reached
from workflows.fund.records import ChargeFee, CreditInterest, TopUpFund
from workflows.lifecycle.refusals import Refused


def test_interest_comes_in_and_fees_go_out_by_two_persons_of_finance() -> None:
    lives = begin()

    lives.act(CreditInterest("JS-FUND", yuan("125000.00")), FM_F, FM_F2)
    lives.act(ChargeFee("JS-FUND", yuan("25000.00"), "INV-1"), FM_F, FM_F2)

    fund = lives.row("fund", "JS-FUND")
    assert (fund.cash, fund.interest, fund.fees) == (
        yuan("50100000.00"),
        yuan("125000.00"),
        yuan("25000.00"),
    )
    booked = [one.amount for one in lives.postings if one.owner == "fund:JS-FUND"]
    assert total(booked) == Money.ZERO


def test_a_fee_is_never_beyond_the_cash() -> None:
    with pytest.raises(Refused, match="fund_cash_short"):
        begin("100.00").act(ChargeFee("JS-FUND", yuan("100.01"), "INV-1"), FM_F, FM_F2)


def short_of_cash() -> Lives:
    """500,000.00 of 3,360,000.00 is paid; the fund is exhausted."""
    lives = approved(claimed(partly_repaid(covered(drawn(begin("500000.00"))))))
    lives.reactions = (*fund_reactions.REACTIONS, *lives.reactions)
    lives.at(date(2026, 12, 25))
    account = lives.row("filing", "L1").account
    lives.act(PayClaimPartly("L1", account), FM_F, FM_F2)
    lives.facts["TopUpFund"] = (Reached(("L1",)),)
    lives.facts["ResumeClaim"] = lives.facts["PayClaim"]
    return lives


def test_a_top_up_pays_on_by_itself_what_was_paid_in_part() -> None:
    lives = short_of_cash()
    assert lives.row("fund", "JS-FUND").state == "EXHAUSTED"

    lives.act(TopUpFund("JS-FUND", yuan("3000000.00")), FIN, FIN2)

    claim, fund = lives.row("claim", "L1"), lives.row("fund", "JS-FUND")
    assert (claim.state, claim.paid) == ("PAID", yuan("3360000.00"))
    assert (fund.state, fund.cash) == ("ACTIVE", yuan("140000.00"))
    assert lives.row("loan", "L1").compensated == yuan("3360000.00")


def test_a_top_up_that_is_too_small_pays_as_far_as_it_goes() -> None:
    lives = short_of_cash()

    lives.act(TopUpFund("JS-FUND", yuan("1000000.00")), FIN, FIN2)

    claim = lives.row("claim", "L1")
    assert (claim.state, claim.paid) == ("PARTIALLY_PAID", yuan("1500000.00"))
    assert lives.row("fund", "JS-FUND").cash == Money.ZERO
