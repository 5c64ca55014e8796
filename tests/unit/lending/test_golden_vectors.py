"""The golden vectors of the dossier by their names (Appendix D and 0.4): V01-V05 and V27-V33.

tests/cases holds V06-V10 (jiangsu), V11 and V12 (guangdong), V13 and V14 (shanghai), V15 and V26
(boc), V18 and V20-V23 (ccb), V19 (ningbo), V24 and V25 (chengdu); V16 and V17: test_extension.py.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from policies.money import Money, total, yuan
from policies.reading.loader import load
from policies.reading.pack import Policy
from policies.sharing.cover import BANK, PRINCIPAL
from policies.sharing.division import share
from policies.sharing.loss import Assessment, Loss
from policies.sharing.recovery import Borne, return_by_shares
from workflows.fund.book import CoveredLoans
from workflows.lending.accrual import Balance, accrued, posted
from workflows.lending.arrears.unpaid import Due, arrears
from workflows.lending.days.due_dates import Settlement, settlement_days
from workflows.lending.interest import interest, penalty_rate
from workflows.lending.overdue import days_past_due, minimum_class
from workflows.lending.payments.allocation import Owed, allocate
from workflows.lending.penalty import penalty, uplift

DRAWN, DUE = date(2025, 8, 14), date(2026, 8, 14)
REPAID = date(2026, 2, 10)
CONTRACT, PENAL = Decimal("0.0360"), Decimal("0.0540")
B0 = (Balance(DRAWN, yuan("6000000.00")), Balance(REPAID, yuan("4200000.00")))
CLAIMED = date(2026, 11, 22)


TESTS = Path(__file__).parents[2]


def jiangsu() -> Policy:
    return load("jiangsu").on(DRAWN)


def percent(part: Money, whole: Money) -> Decimal:
    return round(Decimal(part.fen * 100) / whole.fen, 2)


@pytest.mark.parametrize("number", range(1, 34))
def test_every_vector_is_named_by_a_test(number: int) -> None:
    named = re.compile(rf"def test_v{number:02}_|\"V{number:02}\b|\(V{number:02}\)")
    files = [*TESTS.glob("unit/**/*.py"), *TESTS.glob("cases/*.json")]

    assert any(named.search(file.read_text("utf-8")) for file in files)


def test_v01_interest_on_six_million_for_180_days_is_108000() -> None:
    assert interest(yuan("6000000.00"), CONTRACT, 180, year_days=360) == yuan("108000.00")
    assert accrued(B0, CONTRACT, (DRAWN, REPAID), year_days=360) == 108_000_00


def test_v02_interest_on_what_is_left_for_185_days_is_77700() -> None:
    assert interest(yuan("4200000.00"), CONTRACT, 185, year_days=360) == yuan("77700.00")
    assert accrued(B0, CONTRACT, (REPAID, DUE), year_days=360) == 77_700_00


def test_v03_penalty_for_100_days_at_half_as_much_again_is_63000() -> None:
    rate = penalty_rate(CONTRACT, jiangsu()["penalty_uplift"].value)

    assert rate == PENAL
    assert penalty(yuan("4200000.00"), rate, 100, year_days=360) == yuan("63000.00")


def test_v04_one_day_on_4200000_is_420() -> None:
    assert interest(yuan("4200000.00"), CONTRACT, 1, year_days=360) == yuan("420.00")


def test_v05_12600_unpaid_compounds_to_56_70_in_30_days() -> None:
    assert penalty(yuan("12600.00"), PENAL, 30, year_days=360) == yuan("56.70")


def test_overdue_and_misuse_uplift_are_never_added() -> None:
    overdue, misuse = Decimal("0.50"), Decimal("1.00")

    assert uplift(overdue, misuse) == misuse
    assert uplift(overdue, None) == overdue
    assert uplift(None, None) == 0


def test_v27_statutory_order_pays_cost_interest_and_27000_of_principal() -> None:
    owed = Owed(yuan("10000.00"), yuan("63000.00"), yuan("4200000.00"))

    paid = allocate(yuan("100000.00"), owed, "STATUTORY")

    assert (paid.cost, paid.interest, paid.principal) == (
        yuan("10000.00"),
        yuan("63000.00"),
        yuan("27000.00"),
    )


def test_v28_principal_first_pays_cost_and_90000_of_principal() -> None:
    owed = Owed(yuan("10000.00"), yuan("63000.00"), yuan("4200000.00"))

    paid = allocate(yuan("100000.00"), owed, "PRINCIPAL_FIRST")

    assert (paid.cost, paid.principal, paid.interest) == (
        yuan("10000.00"),
        yuan("90000.00"),
        Money.ZERO,
    )


def test_v29_a_loan_due_in_august_is_100_days_past_due_and_substandard() -> None:
    found = arrears([Due(DUE, yuan("4200000.00"))], CLAIMED)

    assert found.days_past_due == days_past_due(DUE, CLAIMED) == 100
    assert minimum_class(found.days_past_due, jiangsu()) == "SUBSTANDARD"


def test_v30_ratios_of_the_mini_portfolio() -> None:
    """L1-L8 of 6.2: the ratios over the covered balance, and the breaker's own."""
    outstanding = [yuan(f"{m}00000.00") for m in (42, 100, 126, 50, 80, 10)]
    shares = [Decimal(share) for share in ("0.8", "0.8", "0.5", "0.8", "0.8", "0.8")]
    liability = total(a.share_floor(s) for a, s in zip(outstanding, shares, strict=True))
    covered, overdue, bad = total(outstanding), yuan("9200000.00"), yuan("4200000.00")
    net_assets = yuan("50000000.00") - yuan("1600000.00") + yuan("240000.00")

    book = CoveredLoans(balance=covered, bad=bad, compensated=yuan("1700000.00"))

    assert (covered, liability) == (yuan("40800000.00"), yuan("28860000.00"))
    assert percent(overdue, covered) == Decimal("22.55")
    assert percent(bad, covered) == Decimal("10.29")
    assert round(Decimal(liability.fen) / net_assets.fen, 2) == Decimal("0.59")
    assert round(book.bad_ratio * 100, 2) == Decimal("13.88")


def test_v31_penalty_posted_in_september_compounds_to_222_64() -> None:
    booked = penalty(yuan("4200000.00"), PENAL, 38, year_days=360)

    assert booked == yuan("23940.00")
    assert penalty(booked, PENAL, 62, year_days=360) == yuan("222.64")


def test_v32_quarterly_settlement_posts_five_times() -> None:
    days = (DRAWN, *settlement_days(DRAWN, DUE, Settlement.QUARTERLY_20))

    found = posted(B0, CONTRACT, days, year_days=360)

    assert [one.yuan for one in found] == [
        "22800.00",
        "54600.00",
        "46980.00",
        "38640.00",
        "22680.00",
    ]
    assert total(found) == yuan("185700.00") == yuan("108000.00") + yuan("77700.00")


def test_v33_principal_is_whole_before_interest_gets_100000() -> None:
    policy = jiangsu()
    lost = Loss(yuan("4200000.00"), yuan("63000.00"), yuan("6000000.00"))
    assessed = share(policy, lost)
    assert isinstance(assessed, Assessment)
    due = yuan("63000.00") + penalty(yuan("4200000.00"), PENAL, 273, year_days=360)

    borne = Borne(assessed.borne(PRINCIPAL), {BANK: due}, parts=assessed.parts)
    found = return_by_shares(policy, borne, yuan("4300000.00"))

    assert due == yuan("234990.00")
    assert total(found.returned.values()) == yuan("4200000.00")
    assert (found.bank_interest, found.surplus) == (yuan("100000.00"), Money.ZERO)
