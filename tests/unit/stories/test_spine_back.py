"""The spine run of ZD-4.2 from the drawing on, to the day and to the fen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

from policies.money import Money, total, yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    BK_A,
    BK_C,
    BK_L,
    BK_R,
    DUE,
    ENT,
    FM_A,
    FM_M,
    begin,
    claimed,
    compensated,
    covered,
    drawn,
    partly_repaid,
)
from workflows.claim.records import SettleClaim
from workflows.loan.records import RepayLoan
from workflows.recovery.records import (
    ApplyForEnforcement,
    BookRecovery,
    EndEnforcement,
    FileSuit,
    RealisePledge,
    RecordJudgment,
    RemitRecovery,
)
from workflows.write_off.records import ApproveWriteOff, ProposeWriteOff, ReviewWriteOff

EARLIER = ("asset", "pledge")  # begin before this half of the story


def whole_life() -> Lives:
    lives = compensated()
    lives.at(date(2027, 1, 15)).act(FileSuit("L1", "Court", "2027-1"), BK_R)
    lives.at(date(2027, 4, 30)).act(RecordJudgment("L1", "J-1"), BK_R)
    lives.at(date(2027, 6, 1)).act(ApplyForEnforcement("L1", "E-1"), BK_R)
    sale = RealisePledge("L1", "IP1", "AUCTION", yuan("1000000.00"))
    lives.at(date(2027, 8, 18)).act(sale, BK_R, BK_A)
    booking = BookRecovery("L1", "COURT-1", yuan("1000000.00"), yuan("40000.00"))
    lives.at(date(2027, 8, 23)).act(booking, BK_R, BK_L)
    lives.at(date(2027, 8, 27)).act(RemitRecovery("L1"), BK_L, FM_M)
    lives.at(date(2027, 9, 6)).act(EndEnforcement("L1", "R-1"), BK_R)
    lives.at(date(2027, 9, 16))
    papers = ("COLLECTION_REPORT", "LEGAL_OPINION", "RULING")
    lives.act(ProposeWriteOff("L1", "L1", "ENFORCEMENT_ENDED", papers), BK_R)
    lives.act(ReviewWriteOff("L1", ("a", "b", "c"), in_favour=3), BK_C)
    lives.act(ApproveWriteOff("L1"), BK_A)
    lives.at(date(2027, 9, 20)).act(SettleClaim("L1"), FM_M, FM_A)
    return lives


def days_of(lives: Lives, kind: str) -> list[date]:
    return [lived.business_date for lived in lives.events if type(lived.event).__name__ == kind]


def event(lives: Lives, kind: str) -> Any:
    return next(lived.event for lived in lives.events if type(lived.event).__name__ == kind)


def test_the_drawing_opens_a_filing_that_is_accepted_for_cover() -> None:
    lives = covered(drawn(begin()))

    loan, filing = lives.row("loan", "L1"), lives.row("filing", "L1")
    assert (loan.state, loan.due_on, loan.balance_after_draw) == ("ACTIVE", DUE, yuan("6000000.00"))
    assert (filing.state, filing.late) == ("COVERED", False)
    assert event(lives, "FilingAccepted").cover_from == date(2025, 8, 14)


def test_a_repayment_pays_interest_to_the_day_and_then_principal() -> None:
    lives = partly_repaid(covered(drawn(begin())))

    first, second = [
        e.event for e in lives.events if type(e.event).__name__ == "LoanPaymentAllocated"
    ]
    assert (first.interest, first.principal) == (yuan("108000.00"), yuan("1800000.00"))
    assert (second.interest, second.principal) == (yuan("77700.00"), Money.ZERO)
    assert lives.row("loan", "L1").outstanding == yuan("4200000.00")


def test_timers_carry_the_unpaid_loan_from_overdue_to_loss() -> None:
    lives = claimed(partly_repaid(covered(drawn(begin()))))
    lives.at(date(2027, 8, 23))

    assert days_of(lives, "LoanBecameOverdue") == [date(2026, 8, 15)]
    assert days_of(lives, "LoanBucketEntered") == [
        date(2026, 8, 15),
        date(2026, 8, 22),
        date(2026, 9, 14),
        date(2026, 10, 14),
        date(2026, 11, 13),
        date(2027, 2, 11),
        date(2027, 5, 12),
        date(2027, 8, 10),
    ]
    assert days_of(lives, "LoanNonAccrualStarted") == [date(2026, 11, 13)]
    classes = {
        lived.business_date: lived.event.classification
        for lived in lives.events
        if type(lived.event).__name__ == "LoanClassified"
    }
    assert classes == {
        date(2026, 8, 15): "SPECIAL_MENTION",
        date(2026, 11, 13): "SUBSTANDARD",
        date(2027, 5, 12): "DOUBTFUL",
        date(2027, 8, 10): "LOSS",
    }


def test_the_claim_states_the_loss_to_the_cut_off() -> None:
    lives = claimed(partly_repaid(covered(drawn(begin()))))

    claim = lives.row("claim", "L1")
    assert claim.principal == yuan("4200000.00")
    assert claim.bank_interest == yuan("63000.00")
    assert event(lives, "ClaimSubmitted").amount == yuan("4263000.00")
    assert lives.row("loan", "L1").interest_due == yuan("63000.00")


def test_the_fund_pays_its_share_and_the_debt_stands() -> None:
    lives = compensated()

    claim, loan, fund = (
        lives.row("claim", "L1"),
        lives.row("loan", "L1"),
        lives.row("fund", "JS-FUND"),
    )
    assert (claim.state, claim.paid) == ("PAID", yuan("3360000.00"))
    assert claim.bank_burden == yuan("903000.00")
    assert (loan.state, loan.compensated) == ("OVERDUE", yuan("3360000.00"))
    assert loan.outstanding == yuan("4200000.00")
    assert fund.cash == yuan("46640000.00")
    assert lives.row("recovery", "L1").state == "OPEN"


def test_the_spine_ends_written_off_and_settled_with_the_burdens_of_domain_4_2() -> None:
    lives = whole_life()

    loan, claim, fund = (
        lives.row("loan", "L1"),
        lives.row("claim", "L1"),
        lives.row("fund", "JS-FUND"),
    )
    assert (loan.state, loan.written_off) == ("WRITTEN_OFF", yuan("3240000.00"))
    assert (loan.outstanding, loan.recovered) == (Money.ZERO, yuan("960000.00"))
    assert (claim.state, claim.adjustment) == ("SETTLED", Money.ZERO)
    assert (claim.returned_fund, claim.returned_bank) == (yuan("768000.00"), yuan("192000.00"))
    assert (claim.fund_burden, claim.bank_burden) == (yuan("2592000.00"), yuan("711000.00"))
    assert fund.cash == yuan("47408000.00")
    assert event(lives, "FundRecoveryReturned").amount == yuan("768000.00")


def test_the_books_of_every_owner_tell_the_same_story() -> None:
    lives = whole_life()

    books: Counter[tuple[str, str]] = Counter()
    for line in lives.postings:
        books[(line.owner, line.account)] += line.amount.fen
    bank = {account: Money(fen) for (owner, account), fen in books.items() if owner == "bank:BK01"}
    assert bank["loans"] == Money.ZERO
    assert bank["compensation_received"] == bank["payable_to_fund"] == Money.ZERO
    assert bank["recoveries_in_transit"] == bank["interest_receivable"] == Money.ZERO
    assert bank["impairment_losses"] == yuan("648000.00")  # with 63,000.00 of interest: 711,000.00
    assert bank["loan_allowance"] == Money.ZERO
    assert bank["interest_income"] == yuan("-185700.00")
    assert Money(books[("fund:JS-FUND", "cash")]) == lives.row("fund", "JS-FUND").cash
    assert total(line.amount for line in lives.postings) == Money.ZERO


def test_the_happy_sibling_is_settled_on_the_due_date_and_frees_its_pledge() -> None:
    lives = covered(drawn(begin()))
    lives.at(date(2026, 2, 10)).act(RepayLoan("L1", yuan("1908000.00")), ENT)

    lives.at(DUE).act(RepayLoan("L1", yuan("4277700.00")), ENT)

    loan = lives.row("loan", "L1")
    assert (loan.state, loan.settled_on) == ("SETTLED", DUE)
    assert lives.row("filing", "L1").state == "CEASED"
    assert "Pledge.CancellationDue" in lives.told("pledge")
    assert not [key for key in lives.timers if key[0] == "loan"]


def test_folding_the_events_of_every_stream_gives_its_row_again() -> None:
    """Appendix C.10, for all rows of the whole life."""
    lives = whole_life()

    folded: dict[tuple[str, str], Any] = {}
    for lived in lives.events:
        if lived.noun in EARLIER:
            continue
        key, lifecycle = (lived.noun, lived.id), lives.registry.nouns[lived.noun].lifecycle
        row = folded.get(key)
        changed = lifecycle.evolve[type(lived.event)](row, lived.event)
        state = lives.row(*key).state
        fresh = {"id": lived.id, "state": state, **changed}
        folded[key] = lifecycle.record(**fresh) if row is None else replace(row, **changed)

    assert set(folded) == {key for key in lives.rows if key[0] not in EARLIER}
    assert folded == {key: row for key, row in lives.rows.items() if key[0] not in EARLIER}
