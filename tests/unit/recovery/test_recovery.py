"""Recovery after compensation: the split, what goes back to whom, and its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policies.money import Money, total, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    BK_A,
    BK_L,
    BK_M,
    BK_R,
    ENT,
    FC,
    FIN,
    FM_A,
    FM_M,
    begin,
    compensated,
    covered,
    drawn,
    partly_repaid,
)
from workflows.claim.events import ClaimSettled
from workflows.claim.records import NoteFinalLoss, NotifyRisk, OpenClaim, SettleClaim
from workflows.lifecycle.refusals import NotAllowed
from workflows.lifecycle.step import NotConfirmedYet
from workflows.loan.events import LoanInterestPosted
from workflows.loan.records import PostInterest, RepayLoan, WriteOffLoan
from workflows.recovery.records import (
    AgreeCompromise,
    ApplyForEnforcement,
    BookRecovery,
    CompromiseAlone,
    ConfirmUnrecoverable,
    DiscontinueRecovery,
    FileSuit,
    GiveUpAlone,
    NoteGuarantee,
    OpenRecovery,
    RealisePledge,
    RecordJudgment,
    RemitRecovery,
    ServeDemand,
    WriteOffRecourse,
)

DAY = date(2027, 8, 22)
YEAR_END = date(2027, 12, 31)


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
    lives.at(date(2027, 9, 15)).act(WriteOffLoan("L1", "ENFORCEMENT_ENDED"))

    book(lives, "500000.00", source="S2")

    loan, claim = lives.row("loan", "L1"), lives.row("claim", "L1")
    assert (loan.state, loan.late_recovered) == ("WRITTEN_OFF", yuan("500000.00"))
    assert claim.fund_burden == yuan("2192000.00")  # 2,592,000.00 - 400,000.00
    assert claim.bank_burden == yuan("611000.00")
    lost = [line.amount for line in lives.postings if line.account == "impairment_losses"]
    assert total(lost) == yuan("548000.00")


def test_pursuit_goes_from_suit_to_judgment_to_the_pledge() -> None:
    lives = compensated().at(date(2027, 1, 15))

    assert lives.row("recovery", "L1").suit_by == date(2027, 3, 25)
    assert lives.act(FileSuit("L1", "Court", "2027-1"), BK_R).state == "LITIGATION"
    assert lives.act(RecordJudgment("L1", "2027-J1"), BK_R).state == "ENFORCEMENT"
    lives.act(ApplyForEnforcement("L1", "2027-E1"), BK_R)
    sold = RealisePledge("L1", "IP1", "AUCTION", yuan("1000000.00"))
    assert lives.act(sold, BK_R, BK_A).state == "ASSET_DISPOSAL"


def test_the_last_right_sold_ends_the_pledge_and_the_right() -> None:
    lives = compensated().at(date(2027, 8, 18))

    lives.act(RealisePledge("L1", "IP1", "SALE", yuan("1000000.00")), BK_R, BK_A)

    assert lives.row("pledge", "P1").state == "REALISED"
    assert lives.row("asset", "IP1").state == "DISPOSED"
    again = RealisePledge("L1", "IP1", "SALE", yuan("1.00"))
    assert lives.refusals(again, BK_R) == ("right_not_pledged",)


def test_a_compromise_asks_bank_and_fund() -> None:
    lives = compensated().at(DAY)
    empty = AgreeCompromise("L1", yuan("2000000.00"), YEAR_END, "")
    assert lives.refusals(empty, BK_A) == ("reason_missing",)
    alone = CompromiseAlone("L1", yuan("2000000.00"), YEAR_END, "by year end")
    assert lives.refusals(alone, BK_R) == ("fund_must_consent",)

    recovery = compromised(lives).row("recovery", "L1")

    assert (recovery.state, recovery.agreed) == ("SETTLEMENT_AGREED", yuan("2000000.00"))


def compromised(lives: Lives) -> Lives:
    agreed = AgreeCompromise("L1", yuan("2000000.00"), YEAR_END, "2,000,000.00 by year end")
    lives.act(agreed, BK_A, FM_A)
    return lives


def test_a_compromise_that_is_kept_forgives_the_rest_in_every_book() -> None:
    lives = compromised(compensated().at(DAY))

    book(lives, "2000000.00")

    loan, recovery = lives.row("loan", "L1"), lives.row("recovery", "L1")
    assert (loan.state, recovery.state) == ("SETTLED", "FULLY_RECOVERED")
    assert recovery.reason == "COMPROMISE_KEPT"
    assert (loan.forgiven, loan.unrecovered) == (yuan("2200000.00"), yuan("2200000.00"))
    assert of_account(lives, "bank:BK01", "impairment_losses") == yuan("440000.00")  # 20 %
    assert of_account(lives, "bank:BK01", "loans") == Money.ZERO
    assert of_account(lives, "enterprise:E1", "borrowings") == Money.ZERO
    assert lives.act(SettleClaim("L1"), FM_M, FM_A).adjustment == Money.ZERO
    assert lives.row("claim", "L1").fund_burden == yuan("1760000.00")  # 80 % of 2,200,000.00


def test_a_compromise_that_is_not_kept_leaves_the_whole_debt() -> None:
    lives = compromised(compensated().at(DAY))
    book(lives, "500000.00")

    lives.at(date(2028, 1, 1))

    assert lives.row("recovery", "L1").state == "OPEN"
    assert lives.row("loan", "L1").unrecovered == yuan("3700000.00")


def of_account(lives: Lives, owner: str, account: str) -> Money:
    lines = (one for one in lives.postings if (one.owner, one.account) == (owner, account))
    return total(line.amount for line in lines)


def test_the_committee_confirms_that_nothing_more_will_come() -> None:
    lives = compensated().at(DAY)
    for reason, paper, told in (
        ("NO_MONEY", "R1", ("no_such_ground",)),
        ("ENFORCEMENT_ENDED", "", ("paper_missing",)),
        ("NO_ASSETS", "R1", ("pursued_too_short",)),
    ):
        assert lives.refusals(ConfirmUnrecoverable("L1", reason, paper), BK_R) == told

    recovery = lives.act(ConfirmUnrecoverable("L1", "ENFORCEMENT_ENDED", "R1"), BK_R, FC)

    assert (recovery.state, recovery.reason) == ("UNRECOVERABLE", "ENFORCEMENT_ENDED")
    assert recovery.ruling == "R1"


def test_three_years_without_assets_need_no_ruling() -> None:
    lives = compensated()
    lives.act(FileSuit("L1", "Court", "2027-1"), BK_R)
    given_up = ConfirmUnrecoverable("L1", "NO_ASSETS", "record of searches")

    lives.at(date(2029, 8, 14))
    assert lives.refusals(given_up, BK_R) == ("pursued_too_short",)  # opened 2026-08-15
    lives.at(date(2029, 8, 15))

    assert lives.refusals(given_up, BK_R) == ()


def test_the_fund_writes_its_recourse_off_by_three_offices() -> None:
    lives = compensated().at(DAY)
    book(lives, "1000000.00", "40000.00")
    lives.act(ConfirmUnrecoverable("L1", "BANKRUPTCY_ENDED", "R1"), BK_R, FC)
    with pytest.raises(NotConfirmedYet):
        lives.act(WriteOffRecourse("L1", "D1"), FM_A, FC)

    recovery = lives.act(WriteOffRecourse("L1", "D1"), FM_A, FC, FIN)

    assert recovery.recourse_written_off == yuan("2592000.00")
    assert of_account(lives, "fund:JS-FUND", "recourse_written_off") == yuan("2592000.00")
    assert lives.refusals(WriteOffRecourse("L1", "D2"), FM_A) == ("no_recourse_left",)


def test_a_loan_nobody_covers_is_sued_and_realised_for_the_bank_alone() -> None:
    lives = partly_repaid(drawn(begin(), fund=""))

    lives.at(date(2026, 11, 13))  # DPD 91
    assert lives.row("recovery", "L1").suit_by == date(2027, 5, 12)  # 180 days
    lives.act(FileSuit("L1", "Court", "2026-1"), BK_R)
    lives.act(RecordJudgment("L1", "J1"), BK_R)
    lives.at(date(2027, 2, 1))
    lives.act(RealisePledge("L1", "IP1", "SALE", yuan("1000000.00")), BK_R, BK_A)
    book(lives, "1000000.00", "40000.00")

    recovery, loan = lives.row("recovery", "L1"), lives.row("loan", "L1")
    assert (recovery.bank_part, recovery.fund_part) == (yuan("960000.00"), Money.ZERO)
    assert (recovery.remit_by, loan.outstanding) == (None, yuan("3240000.00"))
    alone = CompromiseAlone("L1", yuan("2000000.00"), YEAR_END, "by year end")
    assert lives.act(alone, BK_R, BK_A).state == "SETTLEMENT_AGREED"


def test_a_loan_whose_claim_expired_is_pursued_and_given_up_by_the_bank() -> None:
    lives = partly_repaid(covered(drawn(begin())))
    lives.at(date(2026, 9, 18)).act(NotifyRisk("L1", "L1", "BK01"), BK_M)
    lives.at(date(2026, 10, 13)).act(OpenClaim("L1"), BK_M)
    lives.at(date(2027, 4, 13))

    assert lives.row("claim", "L1").state == "EXPIRED"
    given_up = GiveUpAlone("L1", "BANKRUPTCY_ENDED", "R1")
    assert lives.act(given_up, BK_R, BK_A).state == "UNRECOVERABLE"


def test_a_demand_starts_the_limitation_again_and_its_end_bars_suit_and_pledge() -> None:
    lives = partly_repaid(drawn(begin(), fund=""))
    lives.at(date(2026, 8, 17))
    assert lives.row("recovery", "L1").limitation_on == date(2029, 8, 15)
    lives.at(date(2027, 3, 1)).act(ServeDemand("L1", "LETTER", "POST-1"), BK_M)
    assert lives.row("recovery", "L1").limitation_on == date(2030, 3, 1)

    lives.at(date(2030, 3, 1))
    assert not lives.row("recovery", "L1").barred
    lives.at(date(2030, 3, 2))

    assert lives.row("recovery", "L1").barred
    assert lives.refusals(FileSuit("L1", "C", "1"), BK_R) == ("limitation_over",)
    sale = RealisePledge("L1", "IP1", "SALE", yuan("1.00"))
    assert lives.refusals(sale, BK_R) == ("limitation_over",)


def test_a_suit_stops_the_limitation() -> None:
    lives = partly_repaid(drawn(begin(), fund=""))
    lives.at(date(2026, 8, 17)).act(FileSuit("L1", "C", "1"), BK_R)

    lives.at(date(2031, 1, 1))

    assert not lives.row("recovery", "L1").barred


@pytest.mark.parametrize(("kind", "kept_by_suit"), [("GENERAL", True), ("JOINT", False)])
def test_a_guarantee_is_kept_by_the_act_the_law_names(kind: str, kept_by_suit: bool) -> None:
    lives = partly_repaid(drawn(begin(), fund="")).at(date(2026, 8, 17))
    lives.act(NoteGuarantee("L1", "Guarantor", kind), BK_R)
    until = date(2027, 2, 22)  # 2027-02-14, in the Spring Festival's week off
    assert lives.row("recovery", "L1").guarantee_until in (until, date(2027, 2, 15))
    lives.act(FileSuit("L1", "C", "1"), BK_R)
    lives.act(ServeDemand("L1", "LETTER", "POST-1"), BK_M)  # interrupts nothing here

    lives.at(date(2027, 3, 1))

    assert lives.row("recovery", "L1").guarantee_lost is not kept_by_suit


def test_arrears_paid_discontinue_the_recovery() -> None:
    lives = partly_repaid(drawn(begin(), fund="")).at(date(2026, 8, 20))

    lives.act(DiscontinueRecovery("L1"))

    assert lives.row("recovery", "L1").limitation_on is None
    assert lives.refusals(OpenRecovery("L1", "L1")) == ()


def test_a_debt_paid_by_the_borrower_closes_the_recovery() -> None:
    lives = partly_repaid(covered(drawn(begin()))).at(date(2026, 8, 20))
    owed = yuan("4200000.00") + yuan("3780.00")  # six days of penalty

    lives.act(RepayLoan("L1", owed), ENT)

    assert lives.row("loan", "L1").state == "SETTLED"
    assert lives.row("recovery", "L1").state == "FULLY_RECOVERED"


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
    lives.act(WriteOffLoan("L1", "ENFORCEMENT_ENDED"))
    before = len(lives.postings)

    book(lives, "4300000.00")

    booked = lives.postings[before:]
    assert lives.row("recovery", "L1").bank_interest > Money.ZERO
    for owner in {line.owner for line in booked}:
        assert total(line.amount for line in booked if line.owner == owner) == Money.ZERO


def test_a_claim_is_to_be_settled_30_days_after_the_loss_is_known() -> None:
    lives = compensated().at(date(2027, 9, 15))
    lives.act(WriteOffLoan("L1", "ENFORCEMENT_ENDED"))

    lives.act(NoteFinalLoss("L1"))

    lives.at(date(2027, 9, 20)).act(SettleClaim("L1"), FM_M, FM_A)

    [settled] = [one.event for one in lives.events if isinstance(one.event, ClaimSettled)]
    assert settled.settle_by == date(2027, 10, 15)


def test_interest_to_the_write_off_is_noted_as_it_would_have_been_posted() -> None:
    day = date(2027, 9, 15)
    posted, written = compensated().at(day), compensated().at(day)

    posted.act(PostInterest("L1", day))
    written.act(WriteOffLoan("L1", "ENFORCEMENT_ENDED"))

    one, two = (
        next(x.event for x in reversed(lives.events) if isinstance(x.event, LoanInterestPosted))
        for lives in (posted, written)
    )
    assert two == replace(one, off_balance=True)
    assert two.penalty != two.compound


def test_what_comes_in_after_the_write_off_is_no_longer_lost() -> None:
    lives = compensated().at(date(2027, 9, 15))
    lives.act(WriteOffLoan("L1", "ENFORCEMENT_ENDED"))

    book(lives, "500000.00")

    assert lives.row("loan", "L1").unrecovered == yuan("3700000.00")  # of 4,200,000.00
