"""Recovery after compensation: the split, what goes back to whom, and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.money import Money, total, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import BK_A, BK_L, BK_R, FC, FM_A, FM_M, compensated
from workflows.claim.events import ClaimSettled
from workflows.claim.records import SettleClaim
from workflows.lifecycle.refusals import NotAllowed
from workflows.loan.events import LoanInterestPosted
from workflows.loan.records import PostInterest, WriteOffLoan
from workflows.recovery.records import (
    AgreeCompromise,
    BookRecovery,
    ConfirmUnrecoverable,
    FileSuit,
    RealisePledge,
    RecordJudgment,
    RemitRecovery,
)

DAY = date(2027, 8, 22)


def book(lives: Lives, gross: str, cost: str = "0.00", source: str = "S1") -> Lives:
    lives.act(BookRecovery("L1", source, yuan(gross), yuan(cost)), BK_R, BK_L)
    return lives


def test_v33_principal_comes_first_and_the_bank_has_the_rest_as_interest() -> None:
    lives = book(compensated().at(DAY), "4300000.00")

    claim, recovery = lives.row("claim", "L1"), lives.row("recovery", "L1")
    assert (claim.returned_fund, claim.returned_bank) == (yuan("3360000.00"), yuan("840000.00"))
    assert (recovery.bank_interest, recovery.surplus) == (yuan("100000.00"), Money.ZERO)
    assert lives.row("loan", "L1").interest_due == yuan("134990.00")  # of 234,990.00


def test_a_recovery_above_the_whole_debt_leaves_the_surplus_to_the_pledgor_and_closes_all() -> None:
    lives = book(compensated().at(DAY), "4500000.00")

    recovery, loan = lives.row("recovery", "L1"), lives.row("loan", "L1")
    assert recovery.surplus == yuan("65010.00")  # 4,500,000.00 - 4,434,990.00
    assert (loan.state, recovery.state) == ("SETTLED", "FULLY_RECOVERED")
    assert lives.row("filing", "L1").state == "CEASED"
    assert lives.refusals(RemitRecovery("L1"), BK_L) == ()
    assert lives.act(SettleClaim("L1"), FM_M, FM_A).adjustment == Money.ZERO


def test_costs_above_the_gross_are_borne_by_the_same_shares() -> None:
    lives = book(compensated().at(DAY), "1000.00", "2000.01")

    recovery = lives.row("recovery", "L1")
    assert recovery.fund_part == yuan("-800.00")  # 80 % of -1,000.01, toward zero
    assert recovery.bank_part == yuan("-200.01")
    assert lives.row("loan", "L1").outstanding == yuan("4200000.00")
    assert lives.refusals(RemitRecovery("L1"), BK_L) == ("nothing_to_remit",)


def test_the_same_money_is_booked_once() -> None:
    lives = book(compensated().at(DAY), "1000.00")

    again = BookRecovery("L1", "S1", yuan("1000.00"), Money.ZERO)
    assert lives.refusals(again, BK_R) == ("source_already_booked",)
    nothing = BookRecovery("L1", "S2", Money.ZERO, Money.ZERO)
    assert lives.refusals(nothing, BK_R) == ("amount_not_positive",)


def test_the_fund_confirms_what_it_receives() -> None:
    lives = book(compensated().at(DAY), "1000000.00", "40000.00")
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        lives.act(RemitRecovery("L1"), BK_L, FM_M.__class__("x", FM_M.role, "ZJ-FUND"))

    lives.act(RemitRecovery("L1"), BK_L, FM_M)

    assert lives.row("fund", "JS-FUND").returned == yuan("768000.00")
    assert lives.refusals(RemitRecovery("L1"), BK_L) == ("nothing_to_remit",)


def test_money_that_comes_after_the_write_off_is_shared_too() -> None:
    lives = book(compensated().at(date(2027, 8, 23)), "1000000.00", "40000.00")
    lives.at(date(2027, 9, 15)).act(WriteOffLoan("L1", "NO_ASSETS"), BK_R, BK_A)

    book(lives, "500000.00", source="S2")

    loan, claim = lives.row("loan", "L1"), lives.row("claim", "L1")
    assert (loan.state, loan.late_recovered) == ("WRITTEN_OFF", yuan("500000.00"))
    assert claim.fund_burden == yuan("2192000.00")  # 2,592,000.00 - 400,000.00
    assert claim.bank_burden == yuan("611000.00")
    lost = [line.amount for line in lives.postings if line.account == "loan_losses"]
    assert total(lost) == yuan("548000.00")


def test_pursuit_goes_from_suit_to_judgment_to_the_pledge() -> None:
    lives = compensated().at(date(2027, 1, 15))

    assert lives.row("recovery", "L1").suit_by == date(2027, 3, 25)
    assert lives.act(FileSuit("L1"), BK_R).state == "LITIGATION"
    assert lives.act(RecordJudgment("L1"), BK_R).state == "ENFORCEMENT"
    assert lives.act(RealisePledge("L1"), BK_R).state == "ASSET_DISPOSAL"


def test_a_compromise_asks_bank_and_fund() -> None:
    lives = compensated().at(DAY)
    assert lives.refusals(AgreeCompromise("L1", ""), BK_A) == ("reason_missing",)

    recovery = lives.act(AgreeCompromise("L1", "2,000,000.00 by year end"), BK_A, FM_A)

    assert recovery.state == "SETTLEMENT_AGREED"


def test_the_committee_confirms_that_nothing_more_will_come() -> None:
    lives = compensated().at(DAY)

    recovery = lives.act(ConfirmUnrecoverable("L1", "ENFORCEMENT_ENDED"), BK_R, FC)

    assert (recovery.state, recovery.reason) == ("UNRECOVERABLE", "ENFORCEMENT_ENDED")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 300_000_000), min_size=1, max_size=4), st.integers(0, 1_000_000))
def test_no_party_gets_back_more_than_it_bore_and_every_split_sums(
    amounts: list[int], cost: int
) -> None:
    """Appendix C.1 and C.8."""
    lives = compensated().at(DAY)
    for number, fen in enumerate(amounts):
        if lives.row("recovery", "L1").state == "FULLY_RECOVERED":
            break
        booking = BookRecovery("L1", f"S{number}", Money(fen), Money(cost))
        lives.act(booking, BK_R, BK_L)

    one, claim = lives.row("recovery", "L1"), lives.row("claim", "L1")
    parts = (one.cost, one.fund_part, one.bank_part, one.bank_interest, one.surplus)
    assert total(parts) == one.gross
    assert claim.returned_fund <= claim.paid
    assert claim.returned_bank <= claim.bank_principal
    assert total(line.amount for line in lives.postings) == Money.ZERO


def test_interest_that_comes_after_the_write_off_balances_in_the_books_of_the_bank() -> None:
    lives = compensated().at(date(2027, 9, 15))
    lives.act(WriteOffLoan("L1", "NO_ASSETS"), BK_R, BK_A)
    before = len(lives.postings)

    book(lives, "4300000.00")

    booked = lives.postings[before:]
    assert lives.row("recovery", "L1").bank_interest > Money.ZERO
    for owner in {line.owner for line in booked}:
        assert total(line.amount for line in booked if line.owner == owner) == Money.ZERO


def test_a_claim_is_to_be_settled_30_days_after_the_loss_is_known() -> None:
    lives = compensated().at(date(2027, 9, 15))
    lives.act(WriteOffLoan("L1", "NO_ASSETS"), BK_R, BK_A)

    lives.at(date(2027, 9, 20)).act(SettleClaim("L1"), FM_M, FM_A)

    [settled] = [one.event for one in lives.events if isinstance(one.event, ClaimSettled)]
    assert settled.settle_by == date(2027, 10, 15)


def test_interest_to_the_write_off_is_noted_as_it_would_have_been_posted() -> None:
    day = date(2027, 9, 15)
    posted, written = compensated().at(day), compensated().at(day)

    posted.act(PostInterest("L1", day))
    written.act(WriteOffLoan("L1", "NO_ASSETS"), BK_R, BK_A)

    one, two = (
        next(x.event for x in reversed(lives.events) if isinstance(x.event, LoanInterestPosted))
        for lives in (posted, written)
    )
    assert two == replace(one, off_balance=True)
    assert two.penalty != two.compound


def test_what_comes_in_after_the_write_off_is_no_longer_lost() -> None:
    lives = compensated().at(date(2027, 9, 15))
    lives.act(WriteOffLoan("L1", "NO_ASSETS"), BK_R, BK_A)

    book(lives, "500000.00")

    assert lives.row("loan", "L1").unrecovered == yuan("3700000.00")  # of 4,200,000.00
