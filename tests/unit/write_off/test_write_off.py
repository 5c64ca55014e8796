"""The write-off: its grounds and papers, the committee, the allowance; and what follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

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
    compensated,
    covered,
    drawn,
    partly_repaid,
)
from workflows.claim.records import SettleClaim
from workflows.lifecycle.roles import Role
from workflows.loan.records import RepayLoan
from workflows.recovery.records import (
    BookRecovery,
    EndEnforcement,
    FileSuit,
    RecordJudgment,
    ServeDemand,
)
from workflows.write_off.records import (
    ApproveWriteOff,
    FindResponsibility,
    ProposeWriteOff,
    ReturnWriteOff,
    ReviewWriteOff,
)

RULED = ("COLLECTION_REPORT", "LEGAL_OPINION", "RULING")
PURSUED = ("COLLECTION_REPORT", "LEGAL_OPINION", "PURSUIT_RECORD")
PROPOSED = ProposeWriteOff("L1", "L1", "ENFORCEMENT_ENDED", RULED)
LOSS_ON = DUE + timedelta(days=361)


def of_account(lives: Lives, owner: str, account: str) -> Money:
    lines = (one for one in lives.postings if (one.owner, one.account) == (owner, account))
    return total(line.amount for line in lines)


def sued(lives: Lives) -> Lives:
    lives.act(FileSuit("L1", "Court", "2027-1"), BK_R)
    lives.act(RecordJudgment("L1", "J1"), BK_R)
    return lives


def lost(lives: Lives | None = None) -> Lives:
    """Sued, enforced without assets, and classed as loss by its days."""
    lives = sued(lives or compensated()).at(LOSS_ON)
    lives.act(EndEnforcement("L1", "R1"), BK_R)
    return lives


def written_off(lives: Lives) -> Lives:
    lives.act(PROPOSED, BK_R)
    lives.act(ReviewWriteOff("L1", ("a", "b", "c"), in_favour=2), BK_C)
    lives.act(ApproveWriteOff("L1"), BK_A)
    return lives


def test_days_past_due_and_the_class_are_no_ground() -> None:
    lives = sued(compensated()).at(LOSS_ON)

    for ground in ("DPD_OVER_360", "LOSS", ""):
        proposed = replace(PROPOSED, ground=ground)
        assert lives.refusals(proposed, BK_R) == ("no_ground_of_write_off",)
    assert lives.refusals(PROPOSED, BK_R) == ("enforcement_goes_on",)


def test_a_loan_that_is_not_classed_as_loss_is_not_written_off() -> None:
    lives = sued(compensated())
    lives.at(DUE + timedelta(days=360)).act(EndEnforcement("L1", "R1"), BK_R)
    assert lives.refusals(PROPOSED, BK_R) == ("class_not_loss",)

    lives.at(LOSS_ON)

    assert lives.refusals(PROPOSED, BK_R) == ()


@pytest.mark.parametrize("left_out", RULED)
def test_every_paper_is_asked_for(left_out: str) -> None:
    papers = tuple(paper for paper in RULED if paper != left_out)

    assert lost().refusals(replace(PROPOSED, papers=papers), BK_R) == ("write_off_papers_missing",)


def test_a_small_loan_is_written_off_after_a_year_of_pursuit_with_its_record() -> None:
    lives = compensated().at(LOSS_ON)  # opened 2026-08-15
    small = ProposeWriteOff("L1", "L1", "SMALL_AND_PURSUED", PURSUED)
    assert lives.refusals(small, BK_R) == ("pursued_too_short", "not_pursued")
    lives.act(ServeDemand("L1", "LETTER", "POST-1"), BK_R)

    lives.at(date(2027, 8, 14))
    assert lives.refusals(small, BK_R) == ("pursued_too_short",)
    lives.at(date(2027, 8, 15))

    assert lives.refusals(small, BK_R) == ()
    lives.rows[("loan", "L1")] = replace(
        lives.row("loan", "L1"), outstanding=yuan("10000000.01"), disbursed=yuan("20000000.00")
    )
    assert lives.refusals(small, BK_R) == ("not_a_small_loan",)


@pytest.mark.parametrize(
    ("members", "in_favour", "codes"),
    [
        (("a", "b"), 2, ("no_majority",)),
        (("a", "b", "b"), 2, ("no_majority",)),
        (("a", "b", "c", "d"), 2, ("no_majority",)),
        (("a", "b", "c", "d"), 3, ()),
        (("a", "b", "c"), 4, ("no_majority",)),
    ],
)
def test_a_committee_decides_by_majority(
    members: tuple[str, ...], in_favour: int, codes: tuple[str, ...]
) -> None:
    lives = lost()
    lives.act(PROPOSED, BK_R)

    assert lives.refusals(ReviewWriteOff("L1", members, in_favour), BK_C) == codes


def test_who_proposed_neither_reviews_nor_approves() -> None:
    lives = lost()
    lives.act(PROPOSED, BK_R)
    review = ReviewWriteOff("L1", ("a", "b", "c"), in_favour=3)
    same = BK_R.__class__(BK_R.user, Role.BK_C, "BK01")
    assert lives.refusals(review, same) == ("proposed_write_off",)
    lives.act(review, BK_C)

    approver = BK_R.__class__(BK_R.user, Role.BK_A, "BK01")
    assert lives.refusals(ApproveWriteOff("L1"), approver) == ("proposed_write_off",)


def test_a_proposal_sent_back_may_be_made_again() -> None:
    lives = lost()
    lives.act(PROPOSED, BK_R)
    lives.act(ReturnWriteOff("L1", "PAPERS"), BK_C)

    assert lives.act(PROPOSED, BK_R).state == "PROPOSED"


def test_the_bank_writes_off_its_own_loss_against_the_allowance_and_the_debt_stands() -> None:
    lives = lost()
    booking = BookRecovery("L1", "R0", yuan("1000000.00"), yuan("40000.00"))
    lives.act(booking, BK_R, BK_L)
    assert lives.row("loan", "L1").provision == yuan("648000.00")
    expense = of_account(lives, "bank:BK01", "impairment_losses")

    written_off(lives)

    one, loan = lives.row("write_off", "L1"), lives.row("loan", "L1")
    assert (one.state, one.amount, one.debt) == (
        "BOOKED",
        yuan("648000.00"),
        yuan("3240000.00"),
    )
    assert (loan.state, loan.unrecovered) == ("WRITTEN_OFF", yuan("3240000.00"))
    assert of_account(lives, "bank:BK01", "loan_allowance") == Money.ZERO
    assert of_account(lives, "bank:BK01", "impairment_losses") == expense == yuan("648000.00")
    assert of_account(lives, "enterprise:E1", "borrowings") == yuan("-3240000.00")


def test_the_fund_is_told_and_settles_within_30_days() -> None:
    lives = written_off(lost())

    claim = lives.row("claim", "L1")

    assert claim.final_loss_on == LOSS_ON
    assert claim.settle_by is not None
    assert claim.settle_by >= LOSS_ON + timedelta(days=30)


def test_responsibility_is_found_within_two_years() -> None:
    lives = written_off(lost())
    assert lives.row("write_off", "L1").answer_by >= date(2029, 8, 10)
    assert lives.refusals(FindResponsibility("L1", ""), BK_A) == ("finding_missing",)

    found = lives.act(FindResponsibility("L1", "DILIGENT"), BK_A)

    assert found.state == "CONCLUDED"


@pytest.mark.parametrize(
    ("days", "grade", "provision"),
    [
        (0, "NORMAL", "0.00"),
        (1, "SPECIAL_MENTION", "84000.00"),  # 2 % of 4,200,000.00
        (91, "SUBSTANDARD", "1050000.00"),
        (271, "DOUBTFUL", "2100000.00"),
        (361, "LOSS", "4200000.00"),
    ],
)
def test_the_allowance_follows_the_class(days: int, grade: str, provision: str) -> None:
    lives = partly_repaid(drawn(begin(), fund="")).at(DUE + timedelta(days=days))

    loan = lives.row("loan", "L1")

    assert (loan.classification, loan.provision) == (grade, yuan(provision))
    assert of_account(lives, "bank:BK01", "loan_allowance") == -yuan(provision)


def test_compensation_and_payment_take_the_allowance_back() -> None:
    lives = compensated()
    assert lives.row("loan", "L1").provision == yuan("210000.00")  # 25 % of 840,000.00

    paid = partly_repaid(covered(drawn(begin()))).at(DUE + timedelta(days=6))
    assert paid.row("loan", "L1").provision == yuan("84000.00")
    paid.act(RepayLoan("L1", yuan("4203780.00")), ENT)

    assert paid.row("loan", "L1").provision == Money.ZERO
    assert of_account(paid, "bank:BK01", "impairment_losses") == Money.ZERO


def test_too_much_that_was_paid_goes_back_to_the_fund_at_the_settlement() -> None:
    lives = written_off(lost())
    short = replace(lives.row("claim", "L1"), principal=yuan("4000000.00"))
    lives.rows[("claim", "L1")] = short
    cash = lives.row("fund", "JS-FUND").cash

    claim = lives.act(SettleClaim("L1"), FM_M, FM_A)

    assert claim.adjustment == yuan("-160000.00")  # 80 % of 4,000,000.00 - 3,360,000.00
    assert claim.fund_burden == yuan("3200000.00")
    assert lives.row("fund", "JS-FUND").cash == cash + yuan("160000.00")
    assert lives.row("loan", "L1").returned_to_fund == yuan("160000.00")


def test_too_little_that_was_paid_is_paid_at_the_settlement() -> None:
    lives = written_off(lost())
    paid = replace(lives.row("claim", "L1"), paid=yuan("3300000.00"))
    lives.rows[("claim", "L1")] = paid
    cash = lives.row("fund", "JS-FUND").cash

    claim = lives.act(SettleClaim("L1"), FM_M, FM_A)

    assert (claim.adjustment, claim.paid) == (yuan("60000.00"), yuan("3360000.00"))
    assert lives.row("fund", "JS-FUND").cash == cash - yuan("60000.00")
    assert lives.row("loan", "L1").compensated == yuan("3420000.00")


def test_costs_that_brought_nothing_are_shared_and_move_no_money_at_the_settlement() -> None:
    lives = lost()
    lives.act(BookRecovery("L1", "S1", yuan("1000.00"), yuan("2000.01")), BK_R, BK_L)
    written_off(lives)

    assert lives.act(SettleClaim("L1"), FM_M, FM_A).adjustment == Money.ZERO
