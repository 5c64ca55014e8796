"""An IP right is verified, appraised, encumbered; its fee is watched; it may be lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from policies.money import Money, yuan
from tests.unit.stories.front_story import (
    APPRAISER,
    APPROVER,
    FIRM,
    MANAGER,
    PATENT,
    REGISTRY,
    RISK,
    appraised,
    enrolled,
    feed,
    filed,
    pledged,
    refused,
    right,
)
from workflows.asset.facts import LiveRights
from workflows.asset.records import (
    AllowOpenLicence,
    AppraiseIp,
    ConsentDisposition,
    CureFee,
    DeclareInvalid,
    DisposeIp,
    DisputeIp,
    EncumberIp,
    FailVerification,
    LapseIp,
    MissFee,
    OpenInvalidation,
    PayFee,
    ReappraiseIp,
    RefuseDisposition,
    ReleaseIp,
    RemindFee,
    SettleDispute,
    TransferIp,
    ValueIpInternally,
)
from workflows.lifecycle.step import NotConfirmedYet
from workflows.pledge.records import CancelPledge

FEE_DUE = date(2027, 3, 18)


def declared():
    lives = enrolled()
    lives.act(right(), FIRM)
    return lives


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, ()),
        ({"ip_type": "TRADE_SECRET"}, ("ip_type_not_accepted", "ip_number_invalid")),
        ({"number": "ZL202010000001.2"}, ("ip_number_invalid",)),
        ({"owners": ("E1", "E7")}, ("owner_consent_missing",)),
        ({"owners": ("E1", "E7"), "consents": ("E7",)}, ()),
        ({"owners": ("association",), "consents": ("association",)}, ()),
        ({"owners": ()}, ("owner_consent_missing",)),
    ],
)
def test_a_declared_right_has_a_type_a_number_and_consenting_owners(changes, codes):
    assert refused(enrolled(), right(**changes), FIRM) == codes


@pytest.mark.parametrize(
    ("says", "codes"),
    [
        ({}, ()),
        ({"in_force": False}, ("right_not_in_force",)),
        ({"owner_matches": False}, ("not_recorded_owner",)),
        ({"fee_paid": False}, ("annual_fee_unpaid",)),
        ({"pledged_elsewhere": True}, ("already_pledged",)),
    ],
)
def test_verification_takes_the_registrys_word(says, codes):
    assert refused(declared(), feed(**says), REGISTRY) == codes


def test_a_right_is_verified_until_the_last_day_of_its_term():
    lives = declared()

    lives.today = date(2040, 3, 18)
    assert refused(lives, feed(), REGISTRY) == ()
    lives.today = date(2040, 3, 19)
    assert refused(lives, feed(), REGISTRY) == ("right_not_in_force",)


def test_a_failed_verification_says_why_and_may_be_repeated():
    lives = declared()

    assert refused(lives, FailVerification("IP1", ()), REGISTRY) == ("reason_missing",)
    row = lives.act(FailVerification("IP1", ("ALREADY_PLEDGED",)), REGISTRY)
    assert (row.state, row.failed_for) == ("DECLARED", ("ALREADY_PLEDGED",))
    assert lives.act(feed(), REGISTRY).failed_for == ()


def test_an_appraisal_names_a_known_method_and_a_value():
    lives = declared()
    lives.act(feed(), REGISTRY)

    guess = AppraiseIp("IP1", yuan("0.01"), "GUESS", "VAL01")
    assert refused(lives, guess, APPRAISER) == ("method_unknown",)
    nothing = AppraiseIp("IP1", yuan("0.00"), "INCOME", "VAL01")
    assert refused(lives, nothing, APPRAISER) == ("value_not_positive",)


def test_internal_valuation_takes_two_persons_of_the_bank():
    lives = declared()
    lives.act(feed(), REGISTRY)
    internal = ValueIpInternally("IP1", "BK01", yuan("8000000.00"), "SCORECARD")

    with pytest.raises(NotConfirmedYet):
        lives.act(internal, MANAGER)
    assert lives.act(internal, MANAGER, APPROVER).value == yuan("8000000.00")


def test_a_right_is_not_encumbered_before_registration():
    assert refused(filed(), EncumberIp("IP1", "PL1", "BK01")) == ("pledge_not_registered",)


def test_the_firm_is_reminded_of_the_fee_60_30_and_7_days_ahead():
    lives = pledged().at(FEE_DUE)

    reminders = [
        lived.business_date
        for lived in lives.events
        if type(lived.event).__name__ == "IpAssetFeeReminderSent"
    ]
    assert reminders == [date(2027, 1, 17), date(2027, 2, 16), date(2027, 3, 11)]
    assert lives.row("asset", "IP1").state == "ENCUMBERED"


def test_a_fee_paid_in_time_moves_the_watch_to_the_next():
    lives = pledged().at(date(2027, 3, 1))

    lives.act(PayFee("IP1", yuan("1200.00"), date(2028, 3, 18)), FIRM)

    assert lives.at(date(2027, 3, 19)).row("asset", "IP1").state == "ENCUMBERED"
    assert lives.at(date(2028, 3, 18)).row("asset", "IP1").state == "ENCUMBERED"
    assert lives.at(date(2028, 3, 19)).row("asset", "IP1").state == "LAPSING"


def test_a_missed_fee_cured_in_month_five_saves_the_right():
    lives = pledged().at(date(2027, 3, 19))
    assert lives.row("asset", "IP1").state == "LAPSING"

    lives.at(date(2027, 8, 18)).act(CureFee("IP1", yuan("1440.00"), date(2028, 3, 18)), FIRM)

    assert lives.at(date(2027, 9, 19)).row("asset", "IP1").state == "ENCUMBERED"


def test_a_fee_never_paid_ends_the_right_from_the_day_it_was_due():
    lives = pledged().at(date(2027, 9, 20))  # six months end on a Saturday
    cure = CureFee("IP1", yuan("1500.00"), date(2028, 3, 18))
    assert refused(lives, cure, FIRM) == ()
    assert refused(lives, LapseIp("IP1")) == ("grace_still_runs",)

    lives.at(date(2027, 9, 21))

    row = lives.row("asset", "IP1")
    assert (row.state, row.ended_on) == ("LAPSED", FEE_DUE)


def test_a_fee_cannot_be_cured_after_the_grace():
    lives = pledged().at(date(2027, 3, 19))

    lives.today = date(2027, 9, 21)

    cure = CureFee("IP1", yuan("1500.00"), date(2028, 3, 18))
    assert refused(lives, cure, FIRM) == ("grace_over",)


@pytest.mark.parametrize(
    ("paid_on", "total", "short"),
    [
        (date(2027, 4, 18), "1200.00", "1199.99"),
        (date(2027, 5, 18), "1260.00", "1200.00"),
        (date(2027, 6, 18), "1320.00", "1260.00"),
        (date(2027, 7, 18), "1380.00", "1320.00"),
        (date(2027, 8, 18), "1440.00", "1380.00"),
        (date(2027, 9, 18), "1500.00", "1440.00"),
    ],
)
def test_a_missed_fee_is_paid_with_the_surcharge_of_its_month(paid_on, total, short):
    lives = pledged().at(date(2027, 3, 19)).at(paid_on)
    pay = CureFee("IP1", yuan(total), date(2028, 3, 18))

    assert refused(lives, replace(pay, amount=yuan(short)), FIRM) == ("surcharge_missing",)
    lives.act(pay, FIRM)
    (cured,) = [e.event for e in lives.events if type(e.event).__name__ == "IpAssetFeeCured"]
    assert cured.surcharge == yuan(total) - yuan("1200.00")
    assert cured.advanced == Money.ZERO


def test_a_fee_not_on_file_is_told_with_the_payment():
    lives = pledged()
    lives.rows[("asset", "IP1")] = replace(lives.row("asset", "IP1"), annual_fee=Money.ZERO)
    lives.at(date(2027, 5, 18))
    bare = CureFee("IP1", yuan("1260.00"), date(2028, 3, 18))

    assert refused(lives, bare, FIRM) == ("surcharge_missing",)
    assert refused(lives, replace(bare, fee=yuan("1200.00")), FIRM) == ()


def test_the_bank_pays_the_fee_in_the_firms_place():
    lives = pledged()

    lives.act(PayFee("IP1", yuan("1200.00"), date(2028, 3, 18)), MANAGER)

    (paid,) = [e.event for e in lives.events if type(e.event).__name__ == "IpAssetFeePaid"]
    assert (paid.advanced, paid.pledge) == (yuan("1200.00"), "PL1")


@pytest.mark.parametrize(
    ("kind", "number", "ends", "codes"),
    [
        ("PATENT", "ZL202010000001.1", date(2040, 12, 31), ()),
        ("PATENT", "ZL202010000001.1", date(2041, 1, 1), ("term_not_as_law",)),
        ("PATENT", "ZL202020000001.7", date(2030, 3, 18), ()),
        ("PATENT", "ZL202020000001.7", date(2040, 3, 18), ("term_not_as_law",)),
        ("TRADEMARK", "12345678", date(2035, 12, 31), ()),
        ("TRADEMARK", "12345678", date(2036, 1, 1), ("term_not_as_law",)),
        ("COPYRIGHT", "2020SR0123456", date(2070, 1, 1), ()),
    ],
)
def test_a_right_ends_when_the_law_ends_it(kind, number, ends, codes):
    asked = right(ip_type=kind, number=number, term_ends_on=ends, fee_due_on=None)

    assert refused(enrolled(), asked, FIRM) == codes


def test_a_value_is_stated_anew_every_year_and_at_once_when_the_right_is_attacked():
    lives = pledged()
    assert lives.row("asset", "IP1").revalue_by == date(2026, 6, 15)  # the 13th is a Saturday

    lives.act(OpenInvalidation("IP1", "a competitor"), REGISTRY)
    assert lives.row("asset", "IP1").revalue_by == date(2025, 8, 14)

    lives.at(date(2025, 8, 15))
    assert lives.told("asset")[-1] == "IpAsset.DeadlineMissed"
    lives.act(ReappraiseIp("IP1", yuan("18000000.00"), "INCOME", "BK01"), RISK)
    assert lives.row("asset", "IP1").revalue_by == date(2026, 8, 17)  # the 15th is a Saturday


def test_a_fee_is_missed_only_after_its_day():
    lives = pledged()

    lives.today = FEE_DUE
    assert refused(lives, MissFee("IP1")) == ("fee_not_missed",)
    assert refused(lives, RemindFee("IP1")) == ()
    lives.today = date(2027, 3, 19)
    assert refused(lives, MissFee("IP1")) == ()
    assert refused(lives, RemindFee("IP1")) == ("no_fee_ahead",)


def test_a_right_without_annual_fee_is_not_watched():
    lives = enrolled()
    row = lives.act(right(fee_due_on=None), FIRM)

    assert row.fee_due_on is None
    assert not [key for key in lives.timers if key[0] == "asset"]


@pytest.mark.parametrize(("value", "shortfall"), [("14400000.00", False), ("14399999.99", True)])
def test_a_fall_in_value_beyond_20_percent_is_a_shortfall(value, shortfall):
    lives = pledged()

    lives.act(ReappraiseIp("IP1", yuan(value), "INCOME", "BK01"), RISK)

    (event,) = [e.event for e in lives.events if type(e.event).__name__ == "IpAssetReappraised"]
    assert event.shortfall is shortfall
    assert event.drop >= Decimal("0.20")
    assert event.pledge == "PL1"


def test_an_attack_raises_an_alert_and_a_final_decision_ends_the_right():
    lives = pledged()

    alerted = lives.act(OpenInvalidation("IP1", "a competitor"), REGISTRY)
    ended = lives.act(DeclareInvalid("IP1", "decision 12345"), REGISTRY)

    assert alerted.alerts == ("INVALIDATION 2025-07-31",)
    assert ended.state == "INVALIDATED"
    assert not [key for key in lives.timers if key[0] == "asset"]


def test_a_disputed_right_is_not_watched_until_the_dispute_is_settled():
    lives = pledged()

    lives.act(DisputeIp("IP1", "court order 7"), REGISTRY)
    assert not [key for key in lives.timers if key[0] == "asset"]
    lives.act(SettleDispute("IP1", "order lifted"), REGISTRY)
    assert [key[2] for key in lives.timers if key[0] == "asset"] == [
        "fee_due",
        "fee_reminder",
        "revaluation",
    ]


def test_a_licence_needs_the_pledgee_and_binds_its_proceeds():
    lives = pledged()
    licence = ConsentDisposition("IP1", "LICENCE", "PREPAY")

    loose = ConsentDisposition("IP1", "LICENCE", "KEEP")
    assert refused(lives, loose, FIRM) == ("proceeds_not_bound",)
    with pytest.raises(NotConfirmedYet):
        lives.act(licence, FIRM)
    assert lives.act(licence, FIRM, APPROVER).state == "ENCUMBERED"


def test_a_transferred_right_has_its_new_owner_and_nobody_watches_its_fee():
    lives = pledged()

    row = lives.act(TransferIp("IP1", "E8", "DEPOSIT"), FIRM, APPROVER)

    assert (row.state, row.owners) == ("TRANSFERRED", ("E8",))
    assert not [key for key in lives.timers if key[0] == "asset"]


def test_the_pledgee_refuses_with_a_reason_and_consents_in_writing():
    lives = pledged()

    silent = RefuseDisposition("IP1", "TRANSFER", "")
    assert refused(lives, silent, APPROVER) == ("reason_missing",)
    assert refused(lives, AllowOpenLicence("IP1", ""), FIRM) == ("pledgee_consent_missing",)
    assert refused(lives, AllowOpenLicence("IP1", "letter 3"), FIRM) == ()


def test_only_the_pledge_that_rests_on_a_right_frees_it():
    lives = pledged()

    assert refused(lives, ReleaseIp("IP1", "PL9")) == ("other_pledge",)
    assert refused(lives, ReleaseIp("IP1", "PL1")) == ()


def test_a_pledge_is_realised_in_a_lawful_way_by_two_persons():
    lives = pledged()
    sale = DisposeIp("IP1", "AUCTION", yuan("1000000.00"))

    forfeit = DisposeIp("IP1", "FORFEIT", yuan("0.00"))
    assert refused(lives, forfeit, RISK) == ("way_not_allowed",)
    row = lives.act(sale, RISK, APPROVER)
    assert (row.state, row.ended_on) == ("DISPOSED", date(2025, 7, 31))


def test_a_lost_right_lets_its_pledge_go_without_coming_back():
    lives = pledged()
    lives.act(DeclareInvalid("IP1", "decision 12345"), REGISTRY)

    lives.act(CancelPledge("PL1", "SUBSTITUTED"), MANAGER)

    row = lives.row("asset", "IP1")
    assert (row.state, row.pledge) == ("INVALIDATED", "")


def test_a_released_right_is_verified_anew():
    lives = pledged()
    lives.act(CancelPledge("PL1", "settled"), MANAGER)

    assert lives.act(feed(), REGISTRY).state == "VERIFIED"


def test_another_firm_cannot_pay_or_declare_for_this_one():
    lives = appraised()

    assert lives.refusals(right(asset="IP2", enterprise="E2"), FIRM) == ("wrong_organisation",)
    assert lives.row("asset", "IP1").number == PATENT


def test_a_disputed_right_may_be_realised_too():
    lives = pledged()
    lives.act(DisputeIp("IP1", "ownership"), REGISTRY)

    assert refused(lives, DisposeIp("IP1", "AUCTION", yuan("1000000.00")), RISK) == ()


@pytest.mark.parametrize(
    "written",
    [
        "ZL202010000001.1",
        "ZL２０２０１００００００１.1",
        "ZL٢٠٢٠١٠٠٠٠٠٠١.١",
        "zl202010000001.1",
        " ZL 2020 1 0000001．1 ",
        "ＺＬ２０２０１００００００１．１",
    ],
)
def test_a_number_is_kept_with_its_digits_folded(written):
    lives = enrolled()

    assert lives.act(right(number=written), FIRM).number == "ZL202010000001.1"


@pytest.mark.parametrize(
    ("ip_type", "written", "kept"),
    [
        ("TRADEMARK", "００１２３４５６Ａ", "123456A"),
        ("COPYRIGHT", "软著登字第０１２３４５６号", "软著登字第0123456号"),
        ("COPYRIGHT", "国作登字－2020－F－00000001", "国作登字-2020-F-00000001"),
        ("GI", "agi2020—01—0001", "AGI2020-01-0001"),
    ],
)
def test_numbers_of_other_rights_are_folded_too(ip_type, written, kept):
    named = right(ip_type=ip_type, number=written, term_ends_on=date(2034, 3, 18))
    assert enrolled().act(named, FIRM).number == kept


def test_a_right_that_is_live_is_neither_declared_nor_verified_again():
    lives = declared()
    lives.facts["DeclareIp"] = lives.facts["VerifyIp"] = (LiveRights(1),)

    assert refused(lives, right(asset="IP2"), FIRM) == ("right_declared_twice",)
    assert refused(lives, feed(), REGISTRY) == ("right_declared_twice",)
