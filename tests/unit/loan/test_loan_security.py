"""What becomes of a pledged right reaches the loan: shortfall, substitution, breach. ZD-3.3.4."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policies.money import Money, yuan
from services.kernel.memory import Lives
from services.loans import reactions as loan_reactions
from tests.unit.stories.front_story import (
    APPRAISER,
    FIRM,
    LOAN_OFFICER,
    MANAGER,
    PLEDGE_PAPERS,
    REGISTRY,
    RISK,
    SIGNATORY,
    feed,
    pledged,
    refused,
    right,
)
from tests.unit.stories.secured import rights_registered
from workflows.application.records import ConvertToLoan
from workflows.asset.records import (
    AppraiseIp,
    CureFee,
    DeclareInvalid,
    DisputeIp,
    OpenInvalidation,
    ReappraiseIp,
    SettleDispute,
)
from workflows.asset.watch import RejectInvalidation
from workflows.lifecycle.roles import Actor, Role
from workflows.loan.facts import EarlierLoans, ProgrammeBalance
from workflows.loan.records import AccelerateLoan, DisburseLoan, RepayLoan
from workflows.loan.security import RestoreCollateral
from workflows.pledge.records import (
    CancelPledge,
    FilePledge,
    PrepareSubstitute,
    RegisterPledge,
    RevokePledge,
)

SECOND = Actor("bk-l-2", Role.BK_L, "BK01")
DRAWN = date(2025, 8, 14)
BY = date(2025, 8, 28)  # ten working days after the 14th
TWIN = "ZL202110000002.0"


def drawn() -> Lives:
    """6,000,000.00 on one invention of 18,000,000.00 that carries 6,480,000.00."""
    lives = pledged()
    lives.reactions = (*lives.reactions, *loan_reactions.REACTIONS)
    for name in ("ExamineCollateral", "RestoreCollateral", "BreachCollateral"):
        lives.facts[name] = rights_registered

    def may_draw(told, command):
        return (ProgrammeBalance(Money.ZERO), EarlierLoans(1), *rights_registered(told, command))

    lives.facts["DisburseLoan"] = may_draw
    lives.at(DRAWN).act(ConvertToLoan("A1", "PL1"), LOAN_OFFICER)
    return lives


def paid_out() -> Lives:
    lives = drawn()
    lives.act(DisburseLoan("A1", yuan("6000000.00")), LOAN_OFFICER, SECOND)
    return lives


def loan(lives: Lives):
    return lives.row("loan", "A1")


def raised(lives: Lives) -> list[tuple[str, Money]]:
    """Grounds and amounts of the shortfalls so far."""
    kind = "LoanCollateralShortfallRaised"
    return [
        (one.event.ground, one.event.shortfall)
        for one in lives.events
        if type(one.event).__name__ == kind
    ]


@pytest.mark.parametrize(
    ("act", "actor", "ground"),
    [
        (DeclareInvalid("IP1", "decision 12345"), REGISTRY, "RIGHT_INVALID"),
        (DisputeIp("IP1", "court order 7"), REGISTRY, "IN_DISPUTE"),
        (RevokePledge("PL1", "OTHER"), REGISTRY, "PLEDGE_STRUCK"),
    ],
)
def test_a_right_that_is_lost_leaves_the_whole_debt_unsecured(act, actor, ground):
    lives = paid_out()

    lives.act(act, actor)

    assert raised(lives) == [(ground, yuan("6000000.00"))]
    assert (loan(lives).shortfall, loan(lives).shortfall_by) == (yuan("6000000.00"), BY)


def test_a_right_lapses_after_the_grace_and_its_loan_is_told():
    lives = paid_out().at(date(2027, 9, 21))

    assert raised(lives)[0][0] == "RIGHT_LAPSED"


@pytest.mark.parametrize(
    ("value", "told", "lacks"),
    [
        ("16666666.67", [], "0.00"),
        ("16000000.00", [("REVALUED", yuan("240000.00"))], "240000.00"),
        ("14399999.99", [("VALUE_DROP", yuan("816000.00"))], "816000.00"),
    ],
)
def test_a_lower_value_is_made_good_by_what_it_lacks(value, told, lacks):
    lives = paid_out()

    lives.act(ReappraiseIp("IP1", yuan(value), "INCOME", "BK01"), RISK)

    assert raised(lives) == told
    assert loan(lives).shortfall == yuan(lacks)


def test_a_loss_that_leaves_enough_is_told_and_asks_for_nothing():
    lives = paid_out()
    lives.rows[("loan", "A1")] = replace(loan(lives), outstanding=yuan("2000000.00"))

    lives.act(ReappraiseIp("IP1", yuan("14000000.00"), "INCOME", "BK01"), RISK)

    assert raised(lives) == [("VALUE_DROP", Money.ZERO)]
    assert loan(lives).shortfall_by is None


def test_a_pending_invalidation_halves_the_value_and_the_firm_that_wins_has_it_whole():
    lives = paid_out()

    lives.act(OpenInvalidation("IP1", "a competitor"), REGISTRY)
    assert raised(lives) == [("INVALIDATION_PENDING", yuan("2760000.00"))]

    lives.act(RejectInvalidation("IP1", "decision 777"), REGISTRY)
    assert (loan(lives).shortfall, loan(lives).shortfall_by) == (Money.ZERO, None)
    assert refused(lives, RejectInvalidation("IP1", "again"), REGISTRY) == (
        "no_invalidation_pending",
    )


def test_a_dispute_that_is_settled_restores_the_security():
    lives = paid_out()
    lives.act(DisputeIp("IP1", "court order 7"), REGISTRY)

    lives.act(SettleDispute("IP1", "order lifted"), REGISTRY)

    assert loan(lives).shortfall_by is None
    assert lives.told("loan")[-1] == "Loan.CollateralRestored"


def test_nothing_is_drawn_on_a_right_that_missed_its_fee():
    lives = drawn()
    draw = DisburseLoan("A1", yuan("6000000.00"))
    assert refused(lives, draw, LOAN_OFFICER) == ()
    right_1 = lives.row("asset", "IP1")

    lives.rows[("asset", "IP1")] = replace(right_1, state="LAPSING")
    assert refused(lives, draw, LOAN_OFFICER) == ("undrawn_frozen",)


def test_the_shortfall_is_made_good_by_a_new_right_and_the_old_pledge_ends():
    lives = paid_out()
    lives.act(DisputeIp("IP1", "court order 7"), REGISTRY)
    out = CancelPledge("PL1", "SUBSTITUTED")
    lives.act(
        right(asset="IP2", number=TWIN, term_ends_on=date(2041, 5, 20), fee_due_on=None), FIRM
    )
    lives.act(feed(asset="IP2"), REGISTRY)
    lives.act(AppraiseIp("IP2", yuan("17000000.00"), "INCOME", "VAL01"), APPRAISER)
    assert refused(lives, RestoreCollateral("A1"), RISK) == ("secured_over_collateral",)
    assert "secured_over_collateral" in refused(lives, out, MANAGER)

    contract = PrepareSubstitute(
        "PL2", "A1", "E1", "BK01", ("IP2",), "ZY-0002", yuan("6000000.00"), date(2026, 8, 14)
    )
    lives.act(contract, MANAGER)
    lives.act(FilePledge("PL2", PLEDGE_PAPERS), MANAGER, SIGNATORY)
    lives.act(RegisterPledge("PL2", "DJ-0002"), REGISTRY)

    assert lives.row("asset", "IP2").state == "ENCUMBERED"
    assert loan(lives).shortfall_by is None
    assert refused(lives, out, MANAGER) == ()
    lives.act(out, MANAGER)
    assert lives.row("pledge", "PL1").state == "CANCELLED"
    assert lives.row("asset", "IP1").state == "RELEASED"


def test_a_substitute_secures_a_drawn_loan_of_that_bank():
    lives = drawn()
    contract = PrepareSubstitute(
        "PL2", "A1", "E1", "BK01", ("IP1",), "ZY-0002", yuan("6000000.00"), date(2026, 8, 14)
    )

    assert "no_loan_to_secure" in refused(lives, contract, MANAGER)


def test_prepayment_makes_the_security_carry_the_debt_again():
    lives = paid_out()
    lives.act(ReappraiseIp("IP1", yuan("16000000.00"), "INCOME", "BK01"), RISK)
    assert refused(lives, RestoreCollateral("A1"), RISK) == ("secured_over_collateral",)

    lives.act(RepayLoan("A1", yuan("240000.00")), FIRM)
    lives.act(RestoreCollateral("A1"), RISK)

    assert loan(lives).shortfall_by is None
    assert refused(lives, RestoreCollateral("A1"), RISK) == ("no_shortfall",)


def test_what_was_repaid_in_time_is_no_breach():
    lives = paid_out()
    lives.act(ReappraiseIp("IP1", yuan("16000000.00"), "INCOME", "BK01"), RISK)
    lives.act(RepayLoan("A1", yuan("240000.00")), FIRM)

    lives.at(date(2025, 8, 29))

    assert lives.told("loan")[-1] == "Loan.CollateralRestored"
    assert loan(lives).breached_on is None


def test_a_shortfall_not_made_good_in_ten_working_days_is_a_breach():
    lives = paid_out()
    lives.act(DeclareInvalid("IP1", "decision 12345"), REGISTRY)

    assert loan(lives.at(BY)).breached_on is None
    lives.at(date(2025, 8, 29))

    assert loan(lives).breached_on == date(2025, 8, 29)
    call = AccelerateLoan("A1", "COLLATERAL_LOST")
    assert lives.refusals(call, RISK) == ()
    assert lives.told("loan")[-1] == "Loan.CollateralBreached"


def test_a_fee_paid_late_gives_the_draw_free_again():
    lives = paid_out().at(date(2027, 3, 19))
    grounds = [
        one.event.ground
        for one in lives.events
        if type(one.event).__name__ == "LoanCollateralExamined"
    ]
    assert grounds[-1] == "FEE_OVERDUE"

    lives.act(CureFee("IP1", yuan("1200.00"), date(2028, 3, 18)), FIRM)

    assert lives.events[-1].event.ground == "IN_ORDER_AGAIN"
