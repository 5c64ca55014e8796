"""Filing for cover: its window, what the fund can carry, and the breaker."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policies.money import yuan
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    ACCOUNT,
    BK_A,
    BK_M,
    EMPTY_BOOK,
    FM_A,
    FM_M,
    begin,
    drawn,
    jiangsu,
)
from workflows.filing.records import AcceptFiling, FileLoan, RejectFiling, ReturnFiling
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.fund.breaker import warnings
from workflows.lifecycle.refusals import NotAllowed, NotPossible, Refusal

FILE, ACCEPT = FileLoan("L1", ACCOUNT), AcceptFiling("L1")
LAST_DAY = date(2025, 8, 28)  # ten working days after 2025-08-14
LAST_LATE_DAY = date(2025, 9, 25)  # thirty


def filed() -> Lives:
    lives = drawn(begin()).at(date(2025, 8, 20))
    lives.act(FILE, BK_M, BK_A)
    return lives


def book(**figures: Any) -> tuple[FundBook, FundCash]:
    _, cash = EMPTY_BOOK
    return FundBook(CoveredLoans(**figures)), cash


def test_a_loan_without_a_fund_is_not_filed() -> None:
    lives = drawn(begin(), fund="")

    assert ("filing", "L1") not in lives.rows


def test_a_filing_not_made_in_ten_working_days_is_late() -> None:
    lives = drawn(begin())

    assert lives.row("filing", "L1").file_by == LAST_DAY
    assert lives.at(LAST_DAY).row("filing", "L1").state == "PENDING"
    assert lives.at(date(2025, 8, 29)).row("filing", "L1").state == "LATE"


@pytest.mark.parametrize(
    ("day", "codes"),
    [(LAST_LATE_DAY, ()), (date(2025, 9, 26), ("filing_window_closed",))],
)
def test_a_late_filing_is_possible_for_thirty_working_days(
    day: date, codes: tuple[str, ...]
) -> None:
    assert drawn(begin()).at(day).refusals(FILE, BK_M) == codes


def test_a_late_filing_covers_from_acceptance_only() -> None:
    lives = drawn(begin()).at(date(2025, 9, 1))
    lives.act(FILE, BK_M, BK_A)

    lives.at(date(2025, 9, 3)).act(ACCEPT, FM_M, FM_A)

    assert lives.row("filing", "L1").late
    assert lives.events[-1].event.cover_from == date(2025, 9, 3)


def test_a_returned_filing_may_be_filed_again() -> None:
    lives = filed()
    lives.act(ReturnFiling("L1", "CONTRACT_COPY"), FM_M)

    filing = lives.act(FILE, BK_M, BK_A)

    assert (filing.state, filing.returns, filing.late) == ("FILED", 1, False)


def test_a_rejected_filing_is_final() -> None:
    lives = filed()
    assert lives.refusals(RejectFiling("L1", ""), FM_M) == ("reason_missing",)

    lives.act(RejectFiling("L1", "INELIGIBLE"), FM_M, FM_A)

    with pytest.raises(NotPossible):
        lives.act(FILE, BK_M, BK_A)


def test_only_the_funds_own_manager_accepts() -> None:
    with pytest.raises(NotAllowed, match="wrong_organisation"):
        filed().act(ACCEPT, replace(FM_M, organisation="ZJ-FUND"), FM_A)


@pytest.mark.parametrize(
    ("covered", "codes"),
    [("494000000.00", ()), ("494000000.01", ("leverage_exceeded",))],
)
def test_covered_balance_stays_within_ten_times_the_funds_cash(
    covered: str, codes: tuple[str, ...]
) -> None:
    lives = filed()
    lives.facts["AcceptFiling"] = book(balance=yuan(covered))

    assert lives.refusals(ACCEPT, FM_M) == codes


@pytest.mark.parametrize(
    ("bad", "codes"),
    [("799999.99", ()), ("800000.00", ("breaker_tripped",))],
)
def test_the_breaker_trips_at_eight_percent(bad: str, codes: tuple[str, ...]) -> None:
    lives = filed()
    lives.facts["AcceptFiling"] = book(loans=10, balance=yuan("10000000.00"), bad=yuan(bad))

    assert lives.refusals(ACCEPT, FM_M) == codes


@pytest.mark.parametrize(
    ("loans", "balance", "codes"),
    [
        (9, "9999999.99", ()),
        (10, "9999999.99", ("breaker_tripped",)),
        (9, "10000000.00", ("breaker_tripped",)),
    ],
)
def test_a_small_book_trips_nothing(loans: int, balance: str, codes: tuple[str, ...]) -> None:
    lives = filed()
    lives.facts["AcceptFiling"] = book(loans=loans, balance=yuan(balance), bad=yuan("5000000.00"))

    assert lives.refusals(ACCEPT, FM_M) == codes


def test_the_mini_portfolio_of_6_2_trips_with_what_was_compensated() -> None:
    lives = filed()
    lives.facts["AcceptFiling"] = book(
        loans=6,
        balance=yuan("40800000.00"),
        bad=yuan("4200000.00"),
        compensated=yuan("1700000.00"),
    )

    situation = lives.situation(ACCEPT, FM_M)
    (row,) = [r for r in lives.lifecycle(ACCEPT).rows if r.trigger == "accept"]
    (refusal,) = [found for guard in row.guards if (found := guard(situation))]
    assert isinstance(refusal, Refusal)
    assert (refusal.code, refusal.actual) == ("breaker_tripped", Decimal("0.1388"))


def test_paying_a_claim_does_not_improve_the_ratio() -> None:
    """4,200,000.00 of bad principal, before and after the fund has paid on it (3.12)."""
    before = book(loans=10, balance=yuan("42500000.00"), bad=yuan("4200000.00"))
    after = book(
        loans=9,
        balance=yuan("38300000.00"),
        compensated=yuan("4200000.00"),
    )
    answers = []
    for facts in (before, after):
        lives = filed()
        lives.facts["AcceptFiling"] = facts
        answers.append(lives.refusals(ACCEPT, FM_M))

    assert answers == [("breaker_tripped",)] * 2


def test_a_bank_may_trip_by_itself() -> None:
    lives = filed()
    bank = CoveredLoans(loans=10, balance=yuan("22200000.00"), bad=yuan("4200000.00"))
    programme, cash = book(loans=50, balance=yuan("400000000.00"), bad=yuan("4200000.00"))
    lives.facts["AcceptFiling"] = (programme, cash)
    assert lives.refusals(ACCEPT, FM_M) == ()

    lives.facts["AcceptFiling"] = (replace(programme, bank=bank), cash)

    assert lives.refusals(ACCEPT, FM_M) == ("breaker_tripped",)


@pytest.mark.parametrize(("bad", "told"), [("499999.99", ()), ("500000.00", ("BREAKER_WARNED",))])
def test_an_acceptance_warns_from_five_percent_of_bad_loans(
    bad: str, told: tuple[str, ...]
) -> None:
    facts = book(loans=9, balance=yuan("10000000.00"), bad=yuan(bad))

    assert warnings(*facts, jiangsu()) == told


@pytest.mark.parametrize(("cash", "told"), [("1000000.00", ()), ("999999.99", ("FUND_LOW",))])
def test_an_acceptance_warns_when_cash_is_below_a_tenth_of_the_covered_balance(
    cash: str, told: tuple[str, ...]
) -> None:
    covered, _ = book(balance=yuan("10000000.00"))

    assert warnings(covered, FundCash(yuan(cash)), jiangsu()) == told


def test_the_warnings_stand_in_the_acceptance() -> None:
    lives = filed()
    lives.facts["AcceptFiling"] = book(loans=9, balance=yuan("9000000.00"), bad=yuan("600000.00"))

    lives.act(ACCEPT, FM_M, FM_A)

    assert lives.events[-1].event.warnings == ("BREAKER_WARNED",)
