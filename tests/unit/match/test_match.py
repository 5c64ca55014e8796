"""An application meets banks: ranked, shown, answered in time or shown again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policies.money import Money, yuan
from services.applications.queries import sought
from tests.unit.stories.front_story import (
    APPLICATION_PAPERS,
    FIRM,
    FUND_APPROVER,
    MANAGER,
    OFFER,
    OFFICER_A,
    QUIET_BOOK,
    SIGNATORY,
    appraised,
    refused,
    request,
    routed,
    selected,
    shown,
    under_review,
)
from workflows.application.records import SubmitApplication, TakeLead
from workflows.bank.records import SuspendAgreement
from workflows.lifecycle.roles import Actor, Role
from workflows.match.facts import BankOutstanding
from workflows.match.ranking import rank, room, speed, tie_break
from workflows.match.records import (
    DeclineMatch,
    ExpireMatch,
    ExpressInterest,
    LapseLead,
    RebroadcastMatch,
    ReopenMatch,
    SelectBank,
)

WEIGHTS = (Decimal("0.4"), Decimal("0.2"), Decimal("0.2"), Decimal("0.2"))
STRANGER = Actor("bk-m-9", Role.BK_M, "BK09")


def asked():
    return sought(routed().row("application", "A1"))


def test_only_an_invited_bank_answers_and_only_once():
    lives = routed()

    assert refused(lives, ExpressInterest("A1", "BK01"), MANAGER) == ()
    lives.act(ExpressInterest("A1", "BK01"), MANAGER)
    assert refused(lives, ExpressInterest("A1", "BK01"), MANAGER) == ("bank_not_invited",)
    assert lives.refusals(ExpressInterest("A1", "BK01"), STRANGER) == ("wrong_organisation",)


@pytest.mark.parametrize(
    ("used", "codes"), [("499999999.99", ()), ("500000000.00", ("bank_at_limit",))]
)
def test_a_bank_at_its_quota_offers_nothing(used, codes):
    lives = routed()
    lives.facts["ExpressInterest"] = (QUIET_BOOK, BankOutstanding(yuan(used)))

    assert refused(lives, ExpressInterest("A1", "BK01"), MANAGER) == codes


def test_a_suspended_bank_offers_nothing():
    lives = routed()
    lives.act(SuspendAgreement("BK01", "complaint"), FUND_APPROVER)

    codes = refused(lives, ExpressInterest("A1", "BK01"), MANAGER)

    assert codes == ("agreement_not_live",)


def test_a_bank_that_declines_says_why_and_is_lost():
    lives = routed()

    assert refused(lives, DeclineMatch("A1", "BK01", ""), MANAGER) == ("reason_missing",)
    row = lives.act(DeclineMatch("A1", "BK01", "sector"), MANAGER)
    assert (row.state, row.lost) == ("OPEN", ("BK01",))
    assert refused(lives, ExpressInterest("A1", "BK01"), MANAGER) == ("bank_not_invited",)


def test_silent_banks_are_asked_once_more_and_then_the_match_expires():
    lives = routed()

    assert refused(lives, RebroadcastMatch("A1")) == ("window_still_open",)
    again = lives.at(date(2025, 6, 20)).row("match", "A1")
    assert (again.state, again.rounds, again.due_by) == ("OPEN", 2, date(2025, 6, 25))
    assert refused(lives, RebroadcastMatch("A1")) == ("window_still_open", "rounds_used")
    assert lives.at(date(2025, 6, 26)).row("match", "A1").state == "EXPIRED"
    assert lives.told("match") == ("Match.Opened", "Match.ReBroadcast", "Match.Expired")


def test_the_second_showing_reaches_the_banks_next_in_rank():
    lives = routed()
    lives.facts["RebroadcastMatch"] = shown(OFFER, replace(OFFER, bank="BK02"))

    row = lives.at(date(2025, 6, 20)).row("match", "A1")

    assert row.banks == ("BK01", "BK02")


def test_an_expired_match_is_reopened_by_the_administration():
    lives = routed().at(date(2025, 6, 26))

    assert refused(lives, ReopenMatch("A1", ()), OFFICER_A) == ("bank_not_invited",)
    row = lives.act(ReopenMatch("A1", ("BK01",)), OFFICER_A)
    assert (row.state, row.banks) == ("OPEN", ("BK01",))


def test_the_firm_chooses_among_interested_banks_within_five_working_days():
    lives = routed()
    row = lives.act(ExpressInterest("A1", "BK01"), MANAGER)

    assert row.due_by == date(2025, 6, 23)
    assert refused(lives, SelectBank("A1", "BK09"), FIRM) == ("bank_not_interested",)
    assert refused(lives, ExpireMatch("A1")) == ("window_still_open",)
    assert lives.at(date(2025, 6, 24)).row("match", "A1").state == "EXPIRED"


def test_a_selected_bank_that_does_not_take_the_lead_is_passed_over():
    lives = selected()
    lives.facts["LapseLead"] = shown(OFFER, replace(OFFER, bank="BK02"))

    assert refused(lives, LapseLead("A1")) == ("window_still_open",)
    assert lives.at(date(2025, 6, 23)).row("match", "A1").state == "SELECTED"
    row = lives.at(date(2025, 6, 24)).row("match", "A1")
    assert (row.state, row.bank, row.banks, row.lost) == ("OPEN", None, ("BK02",), ("BK01",))
    codes = refused(lives, TakeLead("A1", "BK01", "P1"), MANAGER)
    assert codes == ("bank_not_selected",)


def test_a_lead_taken_in_time_is_not_passed_over():
    lives = under_review()

    assert lives.at(date(2025, 6, 30)).row("match", "A1").state == "SELECTED"


def test_at_most_three_banks_see_an_application():
    lives = appraised().at(date(2025, 6, 16))
    offers = tuple(replace(OFFER, bank=f"BK{n:02}") for n in range(1, 6))
    lives.facts["RouteApplication"] = shown(*offers)

    lives.act(request(), FIRM)
    lives.act(SubmitApplication("A1", APPLICATION_PAPERS), SIGNATORY)

    best = rank(offers, sought(lives.row("application", "A1")), weights=WEIGHTS)[:3]
    assert lives.row("match", "A1").banks == best


def test_equal_banks_come_in_an_order_fixed_by_the_application():
    offers = tuple(replace(OFFER, bank=bank) for bank in ("BK01", "BK02", "BK03"))
    application = asked()

    banks = rank(offers, application, weights=WEIGHTS)

    assert banks == tuple(sorted(banks, key=lambda bank: tie_break("A1", bank)))
    assert rank(offers[::-1], application, weights=WEIGHTS) == banks


@pytest.mark.parametrize(
    "better",
    [
        {"annual_rate": Decimal("0.0350")},
        {"days": Decimal(3)},
        {"quota": yuan("100.00"), "used": yuan("10.00")},
    ],
)
def test_a_cheaper_faster_or_roomier_bank_comes_first(better):
    plain = replace(OFFER, days=Decimal(9), quota=yuan("100.00"), used=yuan("50.00"))
    best = replace(plain, bank="BK02", **better)

    assert rank((plain, best), asked(), weights=WEIGHTS) == ("BK02", "BK01")


def test_a_product_that_covers_the_amount_comes_before_one_that_does_not():
    small = replace(OFFER, amount_cap=yuan("3000000.00"))
    large = replace(OFFER, bank="BK02")

    assert rank((small, large), asked(), weights=WEIGHTS) == ("BK02", "BK01")


def test_a_bank_without_the_purpose_is_not_shown_the_application():
    other = replace(OFFER, purposes=("FIXED_ASSETS",))

    assert rank((other,), asked(), weights=WEIGHTS) == ()


def test_room_and_speed_stay_between_nothing_and_one():
    over = replace(OFFER, quota=yuan("100.00"), used=yuan("150.00"))

    assert room(over) == 0
    assert room(replace(OFFER, quota=Money.ZERO)) == 1
    assert speed(replace(OFFER, days=Decimal(0)), (OFFER,)) == 1


def test_a_bank_is_the_faster_the_fewer_days_it_takes():
    quick, slow = replace(OFFER, days=Decimal(1)), replace(OFFER, days=Decimal(4))
    new = replace(OFFER, days=None)

    assert (speed(quick, ()), speed(slow, ())) == (Decimal("0.5"), Decimal("0.2"))
    assert speed(new, (quick, slow)) == Decimal("0.35")  # no history: as the others on average


def test_whoever_chooses_an_uninterested_bank_learns_what_must_come_first():
    [reason] = selectable().reasons(SelectBank("A1", "BK09"), FIRM)

    assert (reason.code, reason.needs) == ("bank_not_interested", "match.express_interest")


def selectable():
    lives = routed()
    lives.act(ExpressInterest("A1", "BK01"), MANAGER)
    return lives


def test_banks_that_decline_one_after_the_other_are_all_lost():
    lives = routed()
    lives.facts["RebroadcastMatch"] = shown(OFFER, replace(OFFER, bank="BK02"))
    lives.at(date(2025, 6, 20))
    other = Actor("bk-m-2", Role.BK_M, "BK02")

    lives.act(DeclineMatch("A1", "BK01", "sector"), MANAGER)

    assert lives.act(DeclineMatch("A1", "BK02", "size"), other).lost == ("BK01", "BK02")
