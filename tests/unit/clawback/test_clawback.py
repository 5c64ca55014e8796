"""The clawback: who orders it, what is owed, and how it ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from policies.money import Money, total, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    BK_L,
    FC,
    FIN,
    FM_A,
    FM_F,
    FM_F2,
    compensated,
)
from workflows.claim.facts import OtherClaim
from workflows.clawback.records import (
    ConfirmClawback,
    DemandClawback,
    DismissClawback,
    OffsetClawback,
    OpenClawback,
    ReferClawback,
    RepayClawback,
)
from workflows.lifecycle.roles import Actor, Role
from workflows.lifecycle.step import NotConfirmedYet

AUD = Actor("aud-1", Role.AUD, "AUDIT", "100000")
PAID_ON = date(2026, 12, 25)
OPENED = OpenClawback("L1", "L1", "CONCEALED_MONEY", "audit report 7")
CONFIRMED = ConfirmClawback("L1")


def opened() -> Lives:
    """On 2027-02-01, 38 days after the fund paid 3,360,000.00."""
    lives = compensated().at(date(2027, 2, 1))
    lives.act(OPENED, AUD)
    return lives


def demanded() -> Lives:
    lives = opened()
    lives.act(CONFIRMED, AUD, FC, FIN)
    lives.act(DemandClawback("L1"), FM_A)
    return lives


def overdue() -> Lives:
    lives = demanded()
    lives.at(lives.row("clawback", "L1").repay_by + timedelta(days=1))
    return lives


def test_a_diligent_bank_keeps_what_it_got() -> None:
    lives = compensated()

    assert lives.refusals(replace(OPENED, diligent=True), AUD) == ("safe_harbour",)
    assert lives.refusals(replace(OPENED, ground="BAD_LUCK"), AUD) == ("no_ground_of_clawback",)


def test_the_fiscal_department_confirms_from_a_million_on() -> None:
    lives = opened()
    with pytest.raises(NotConfirmedYet):
        lives.act(CONFIRMED, AUD, FC)
    small = opened()
    asked = replace(small.row("clawback", "L1"), amount=yuan("999999.99"))
    small.rows[("clawback", "L1")] = asked

    assert lives.act(CONFIRMED, AUD, FC, FIN).state == "CONFIRMED"
    assert small.act(CONFIRMED, AUD, FC).state == "CONFIRMED"


def test_what_is_given_back_bears_funding_cost_and_ends_the_claim() -> None:
    lives = demanded()
    assert lives.row("clawback", "L1").repay_by == date(2027, 3, 3)
    cash = lives.row("fund", "JS-FUND").cash

    clawback = lives.act(RepayClawback("L1"), BK_L, FM_F)

    # 3,360,000.00 x 3.00 % x 38 / 360
    assert (clawback.principal, clawback.interest) == (yuan("3360000.00"), yuan("10640.00"))
    claim, fund, loan = (
        lives.row("claim", "L1"),
        lives.row("fund", "JS-FUND"),
        lives.row("loan", "L1"),
    )
    assert (claim.state, claim.fund_burden) == ("CLAWED_BACK", Money.ZERO)
    assert fund.cash == cash + yuan("3370640.00")
    assert loan.returned_to_fund == yuan("3360000.00")
    assert loan.provision == yuan("1050000.00")  # 25 % of 4,200,000.00 again
    for owner in {line.owner for line in lives.postings}:
        assert total(x.amount for x in lives.postings if x.owner == owner) == Money.ZERO


def test_after_thirty_days_it_is_overdue() -> None:
    lives = demanded().at(date(2027, 3, 3))
    assert lives.row("clawback", "L1").state == "DEMANDED"

    lives.at(date(2027, 3, 4))

    assert lives.row("clawback", "L1").state == "OVERDUE"


def other_in_line(lives: Lives, unpaid: str) -> Lives:
    """Another claim of the bank that waits for that sum."""
    claim, loan = lives.row("claim", "L1"), lives.row("loan", "L1")
    lives.rows[("loan", "L2")] = replace(loan, id="L2", compensated=Money.ZERO)
    lives.rows[("claim", "L2")] = replace(
        claim,
        id="L2",
        loan="L2",
        state="PAYABLE",
        fund_share=yuan(unpaid),
        paid=Money.ZERO,
        paid_on=None,
    )
    lives.rows[("recovery", "L2")] = replace(lives.row("recovery", "L1"), id="L2", loan="L2")
    lives.facts["OffsetClawback"] = (OtherClaim(yuan(unpaid)),)
    return lives


def test_it_is_offset_against_a_larger_claim_only() -> None:
    lives = overdue()
    cash = lives.row("fund", "JS-FUND").cash
    act = OffsetClawback("L1", "L2")
    owed = yuan("3360000.00") + yuan("19320.00")  # 69 days

    assert other_in_line(lives, owed.yuan).refusals(act, FM_F) == ("not_enough_to_withhold",)
    other_in_line(lives, "3400000.00").act(act, FM_F, FM_F2)

    assert lives.row("clawback", "L1").state == "OFFSET"
    other = lives.row("claim", "L2")
    assert (other.state, other.paid) == ("PAYABLE", owed)
    assert lives.row("loan", "L2").compensated == owed
    assert lives.row("fund", "JS-FUND").cash == cash


def test_a_referral_names_the_authority_and_the_bank() -> None:
    lives = overdue()
    assert lives.refusals(ReferClawback("L1", ""), FM_A) == ("authority_missing",)
    lives.reactions = ()

    assert lives.act(ReferClawback("L1", "Public Security"), FM_A, FC).state == "REFERRED"


def test_a_dismissal_lets_the_compensation_stand() -> None:
    lives = opened()

    lives.act(DismissClawback("L1", "diligent"), AUD, FC)

    assert lives.row("claim", "L1").state == "PAID"
    assert lives.row("clawback", "L1").paid_on == PAID_ON
