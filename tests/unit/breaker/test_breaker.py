"""The breaker: what trips it, what a trip stops, and the way back; the fund's watch beside it."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest

from policies.money import Money, yuan
from services.filings import reactions as filing_reactions
from services.funds import reactions as fund_reactions
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    BK_A,
    BK_M,
    FC,
    FIN,
    FIN2,
    FM_A,
    FM_M,
    begin,
    drawn,
)
from workflows.breaker.facts import BreakersOver, MonthlyVolume, Watched
from workflows.breaker.records import EvaluateBreaker, HalfOpenBreaker
from workflows.filing.records import AcceptFiling, FileLoan
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.fund.records import CommitTopUp, TopUpFund
from workflows.lifecycle.step import NotConfirmedYet

DAY = date(2026, 1, 5)
PROGRAMME = EvaluateBreaker("JS-FUND", "JS-FUND")
BANK = EvaluateBreaker("JS-FUND.BK01", "JS-FUND", "BK01")


def loans(bad: str, *, number: int = 10, balance: str = "100000000.00") -> Watched:
    return Watched(CoveredLoans(number, yuan(balance), yuan(bad)))


def seen(watched: Watched, day: date = DAY, lives: Lives | None = None) -> Lives:
    """The programme's breaker after it saw that book."""
    lives = lives or begin()
    lives.at(day).facts["EvaluateBreaker"] = (watched,)
    lives.act(PROGRAMME)
    return lives


def state(lives: Lives) -> str:
    found: str = lives.row("breaker", "JS-FUND").state
    return found


@pytest.mark.parametrize(
    ("bad", "found"),
    [
        ("4999999.99", "CLOSED"),
        ("5000000.00", "WARNING"),
        ("7999999.99", "WARNING"),
        ("8000000.00", "TRIPPED"),
    ],
)
def test_five_per_cent_warn_and_eight_trip(bad: str, found: str) -> None:
    assert state(seen(loans(bad))) == found


def test_a_small_sample_only_warns() -> None:
    few = loans("900000.00", number=9, balance="9999999.99")
    enough = loans("900000.00", number=9, balance="10000000.00")

    assert state(seen(few)) == "WARNING"
    assert state(seen(enough)) == "TRIPPED"


def test_a_warning_ends_below_its_line() -> None:
    lives = seen(loans("6000000.00"))

    assert state(seen(loans("4000000.00"), DAY + timedelta(days=1), lives)) == "CLOSED"


def test_paying_a_claim_betters_nothing() -> None:
    before = CoveredLoans(10, yuan("100000000.00"), yuan("8000000.00"))
    after = CoveredLoans(9, yuan("92000000.00"), Money.ZERO, yuan("8000000.00"))

    assert before.bad_ratio == after.bad_ratio == Decimal("0.08")


def tripped(lives: Lives | None = None, **stopped: tuple[str, ...]) -> Lives:
    book = CoveredLoans(10, yuan("100000000.00"), yuan("8000000.00"))
    return seen(Watched(book, **stopped), lives=lives)


def test_a_trip_names_what_it_stops_and_tells_the_filings() -> None:
    lives = drawn(begin())
    lives.reactions = (*filing_reactions.REACTIONS, *fund_reactions.REACTIONS[1:])

    tripped(lives, filings=("L1",))

    assert "Filing.RefusedByBreaker" in lives.told("filing")
    assert lives.row("filing", "L1").state == "LATE"


def test_while_it_is_tripped_nothing_is_filed_or_accepted_and_a_new_loan_is_told() -> None:
    against = (BreakersOver("JS-FUND", "0.08"), FundCash(yuan("50000000.00")))
    lives = begin()
    lives.facts |= {"OpenFiling": against, "FileLoan": against}
    drawn(lives)
    assert lives.told("filing") == ("Filing.Opened", "Filing.RefusedByBreaker")
    file = FileLoan("L1", "BK01-1")
    assert lives.refusals(file, BK_M) == ("breaker_tripped",)

    lives.facts["FileLoan"] = (BreakersOver(), FundCash(yuan("50000000.00")))
    lives.act(file, BK_M, BK_A)
    lives.facts["AcceptFiling"] = (FundBook(CoveredLoans()), *against)

    assert lives.refusals(AcceptFiling("L1"), FM_M) == ("breaker_tripped",)


def opened(lives: Lives, day: date) -> Lives:
    lives.at(day).facts["HalfOpenBreaker"] = (MonthlyVolume(yuan("30000000.00")),)
    lives.act(HalfOpenBreaker("JS-FUND", "plan of 2026-02"), FM_A, FC, FIN)
    return lives


def test_it_opens_half_after_thirty_low_days_on_a_rectification_by_three_offices() -> None:
    lives = seen(loans("3999999.99"), lives=tripped())
    plan = HalfOpenBreaker("JS-FUND", "plan of 2026-02")
    lives.facts["HalfOpenBreaker"] = (MonthlyVolume(yuan("30000000.00")),)
    lives.at(DAY + timedelta(days=29))
    assert lives.refusals(plan, FM_A) == ("ratio_low_too_short",)
    lives.at(DAY + timedelta(days=30))
    assert lives.refusals(HalfOpenBreaker("JS-FUND", ""), FM_A) == ("rectification_missing",)
    with pytest.raises(NotConfirmedYet):
        lives.act(plan, FM_A, FC)

    opened(lives, DAY + timedelta(days=30))

    assert state(lives) == "HALF_OPEN"
    assert lives.row("breaker", "JS-FUND").monthly_room == yuan("6000000.00")  # 20 %


def test_a_ratio_that_rises_in_between_starts_the_days_again() -> None:
    lives = seen(loans("3000000.00"), lives=tripped())
    seen(loans("4000000.00"), DAY + timedelta(days=20), lives)
    seen(loans("3000000.00"), DAY + timedelta(days=21), lives)

    lives.at(DAY + timedelta(days=30))

    assert lives.refusals(HalfOpenBreaker("JS-FUND", "plan"), FM_A) == ("ratio_low_too_short",)


def test_it_closes_after_ninety_days_without_a_new_trip() -> None:
    lives = opened(seen(loans("3000000.00"), lives=tripped()), DAY + timedelta(days=30))

    lives.at(DAY + timedelta(days=119))
    assert state(lives) == "HALF_OPEN"
    lives.at(DAY + timedelta(days=120))

    assert state(lives) == "CLOSED"


def test_a_new_trip_on_trial_starts_all_over() -> None:
    lives = opened(seen(loans("3000000.00"), lives=tripped()), DAY + timedelta(days=30))

    seen(loans("8000000.00"), DAY + timedelta(days=60), lives)
    lives.at(DAY + timedelta(days=200))

    assert state(lives) == "TRIPPED"


def test_on_trial_a_month_has_its_room() -> None:
    lives = drawn(begin())
    lives.act(FileLoan("L1", "BK01-1"), BK_M, BK_A)
    cash, book = FundCash(yuan("50000000.00")), FundBook(CoveredLoans())

    lives.facts["AcceptFiling"] = (book, cash, BreakersOver(room=yuan("5999999.99")))
    assert lives.refusals(AcceptFiling("L1"), FM_M) == ("no_room_on_trial",)
    lives.facts["AcceptFiling"] = (book, cash, BreakersOver(room=yuan("6000000.00")))

    assert lives.refusals(AcceptFiling("L1"), FM_M) == ()


def test_a_banks_breaker_stands_beside_the_programmes_and_does_not_watch_the_fund() -> None:
    lives = begin("1000000.00")
    lives.facts["EvaluateBreaker"] = (loans("9000000.00"),)

    lives.act(BANK)

    assert lives.row("breaker", "JS-FUND.BK01").state == "TRIPPED"
    assert lives.row("fund", "JS-FUND").state == "ACTIVE"


def test_low_water_asks_for_a_top_up_and_a_top_up_ends_the_watch() -> None:
    lives = begin("9999999.99")
    lives.reactions = fund_reactions.REACTIONS

    seen(loans("0.00"), lives=lives)
    assert lives.row("fund", "JS-FUND").state == "WATCH"
    asked = [one.event for one in lives.events if type(one.event).__name__ == "FundTopUpRequested"]
    assert asked[0].amount == yuan("0.01")
    lives.act(TopUpFund("JS-FUND", yuan("1000000.00")), FIN, FIN2)

    assert lives.row("fund", "JS-FUND").state == "ACTIVE"


def test_a_watch_ends_when_less_is_covered() -> None:
    lives = seen(loans("0.00"), lives=begin("9999999.99"))

    seen(loans("0.00", balance="99999999.90"), DAY + timedelta(days=1), lives)

    assert lives.row("fund", "JS-FUND").state == "ACTIVE"


def test_a_commitment_is_used_up_by_what_is_paid_in() -> None:
    lives = begin()
    lives.act(CommitTopUp("JS-FUND", yuan("20000000.00"), "D-1"), FIN, FIN2)

    lives.act(TopUpFund("JS-FUND", yuan("15000000.00")), FIN, FIN2)

    assert lives.row("fund", "JS-FUND").committed == yuan("5000000.00")


def test_an_exhausted_fund_takes_no_filing() -> None:
    lives = drawn(begin())
    lives.facts["FileLoan"] = (BreakersOver(), FundCash(Money.ZERO, exhausted=True))

    assert lives.refusals(FileLoan("L1", "BK01-1"), BK_M) == ("fund_exhausted",)
