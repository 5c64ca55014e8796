"""The spine run's front, dates and events as ZD-4.2 tells them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from policies.money import yuan
from tests.unit.stories.front_story import FRONT, MANAGER, converted, pledged
from workflows.pledge.records import CancelPledge


def test_every_lifecycle_of_the_front_builds_and_names_itself():
    assert [one.noun for one in FRONT] == [
        "bank", "enterprise", "product", "asset", "pledge", "application", "match",
    ]  # fmt: skip


def test_the_spine_reaches_the_converted_application_with_its_agreed_terms():
    lives = converted()

    application = lives.row("application", "A1")
    assert application.state == "CONVERTED"
    assert application.bank == "BK01"
    assert application.approved_amount == yuan("6000000.00")
    assert application.annual_rate == Decimal("0.0360")
    assert application.term_months == 12
    assert application.ip_share == Decimal("1.00")
    assert application.pledge == "PL1"


def test_events_of_the_application_follow_the_order_of_the_spine():
    lives = converted()

    assert lives.told("application") == (
        "Application.Started",
        "Application.Submitted",
        "Application.Accepted",
        "Application.Routed",
        "Application.LeadTaken",
        "Credit.Queried",
        "Application.NeedComputed",
        "DueDiligence.Reported",
        "Application.Approved",
        "Application.CapacityReserved",
        "Application.OfferAccepted",
        "Contract.Signed",
        "Application.Converted",
    )
    assert lives.told("match") == (
        "Match.Opened",
        "Match.InterestExpressed",
        "Match.BankSelected",
        "Match.LeadTaken",
        "Match.Closed",
    )


def test_deadlines_of_the_spine_fall_on_its_days():
    lives = converted()

    due = {
        (lived.noun, type(lived.event).__name__): lived.event.due_by
        for lived in lives.events
        if getattr(lived.event, "due_by", None)
    }
    assert due["enterprise", "EnterpriseEnrolmentSubmitted"] == date(2025, 6, 10)
    assert due["application", "ApplicationApproved"] == date(2025, 8, 6)
    assert due["application", "ApplicationOfferAccepted"] == date(2025, 9, 19)
    assert due["pledge", "PledgeFiled"] == date(2025, 7, 31)


def test_a_registered_pledge_encumbers_its_right_and_a_cancelled_one_frees_it():
    lives = pledged()
    encumbered = lives.row("asset", "IP1")

    lives.at(date(2026, 8, 28)).act(CancelPledge("PL1", "settled L1"), MANAGER)

    assert (encumbered.state, encumbered.pledge, encumbered.bank) == ("ENCUMBERED", "PL1", "BK01")
    released = lives.row("asset", "IP1")
    assert (released.state, released.pledge, released.bank) == ("RELEASED", "", None)


def test_the_firms_place_expires_without_touching_its_signed_application():
    lives = pledged().at(date(2025, 8, 14))

    lives.at(date(2026, 6, 11))

    assert lives.row("enterprise", "E1").state == "EXPIRED"
    assert lives.row("asset", "IP1").state == "ENCUMBERED"
