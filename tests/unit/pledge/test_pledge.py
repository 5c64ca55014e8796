"""A pledge is prepared, filed, corrected, registered or refused, and cancelled at the end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from policies.money import Money, yuan
from tests.unit.stories.front_story import (
    FIRM,
    LOAN_OFFICER,
    MANAGER,
    PLEDGE_PAPERS,
    REGISTRY,
    SIGNATORY,
    approved,
    contract,
    feed,
    filed,
    pledged,
    refused,
    right,
    signed,
)
from workflows.lifecycle.refusals import NotAllowed
from workflows.lifecycle.step import NotConfirmedYet
from workflows.pledge.facts import Rights, SecuredLoans, UnpaidDebt
from workflows.pledge.grounds import Ground
from workflows.pledge.records import (
    CallCancellation,
    CancelPledge,
    ChangePledge,
    CorrectPledge,
    FilePledge,
    LapseFiling,
    RefusePledge,
    RegisterPledge,
    RequestCorrection,
    RevokePledge,
)


@pytest.mark.parametrize(
    "changes",
    [
        {"contract": ""},
        {"debt": Money.ZERO},
        {"debt_due_on": date(2025, 7, 21)},
    ],
)
def test_the_contract_names_debt_amount_term_and_assets(changes):
    lives = signed()

    assert refused(lives, contract(), MANAGER) == ()
    codes = refused(lives, contract(**changes), MANAGER)
    assert codes == ("pledge_contract_incomplete",)


NO_LOANS = SecuredLoans((), Money.ZERO, ())


def test_the_contracts_refusal_cites_civil_code_427():
    (reason,) = signed().reasons(contract(contract=""), MANAGER)

    assert reason.citation is not None
    assert "427" in reason.citation.clause


def test_no_pledge_before_the_loan_contract():
    assert refused(approved(), contract(), MANAGER) == ("offer_not_signed",)


def test_only_rights_of_the_application_are_pledged():
    lives = signed()
    lives.act(right(asset="IP2"), FIRM)

    foreign = contract(assets=("IP1", "IP2"))

    assert "asset_not_in_application" in refused(lives, foreign, MANAGER)


def test_the_debt_ends_six_months_before_the_right_does():
    lives = signed()

    assert refused(lives, contract(debt_due_on=date(2039, 9, 18)), MANAGER) == ()
    late = contract(debt_due_on=date(2040, 3, 18))
    assert refused(lives, late, MANAGER) == ("right_ends_too_early",)
    beyond = contract(debt_due_on=date(2040, 3, 19))
    codes = ("debt_beyond_right_term", "right_ends_too_early")
    assert refused(lives, beyond, MANAGER) == codes


@pytest.mark.parametrize("paper", PLEDGE_PAPERS)
def test_every_paper_of_the_registrys_list_is_needed(paper):
    lives = signed()
    lives.act(contract(), MANAGER)
    without = tuple(one for one in PLEDGE_PAPERS if one != paper)

    assert refused(lives, FilePledge("PL1", PLEDGE_PAPERS), MANAGER) == ()
    (reason,) = lives.reasons(FilePledge("PL1", without), MANAGER)
    assert (reason.code, reason.actual) == ("papers_missing", (paper,))


def test_both_sides_sign_the_filing():
    lives = signed()
    lives.act(contract(), MANAGER)
    filing = FilePledge("PL1", PLEDGE_PAPERS)

    with pytest.raises(NotConfirmedYet):
        lives.act(filing, MANAGER)
    with pytest.raises(NotAllowed, match="wrong_role"):
        lives.act(filing, MANAGER, LOAN_OFFICER)
    assert lives.act(filing, MANAGER, SIGNATORY).state == "FILED"


def test_a_defect_fixed_on_day_four_starts_the_registrys_clock_anew():
    lives = filed()
    lives.act(RequestCorrection("PL1", ("mandate",)), REGISTRY)

    row = lives.at(date(2025, 8, 1)).act(CorrectPledge("PL1", PLEDGE_PAPERS), MANAGER, SIGNATORY)

    assert (row.state, row.due_by) == ("FILED", date(2025, 8, 6))  # three working days


def test_a_filing_never_corrected_is_withdrawn_after_ten_working_days():
    lives = filed()
    assert refused(lives, RequestCorrection("PL1", ()), REGISTRY) == ("reason_missing",)
    lives.act(RequestCorrection("PL1", ("mandate",)), REGISTRY)

    last = lives.at(date(2025, 8, 11))
    assert refused(last, CorrectPledge("PL1", PLEDGE_PAPERS), MANAGER) == ()
    assert refused(last, LapseFiling("PL1")) == ("window_still_open",)
    assert lives.at(date(2025, 8, 12)).row("pledge", "PL1").state == "WITHDRAWN"


def test_a_correction_after_its_last_day_is_refused():
    lives = filed()
    lives.act(RequestCorrection("PL1", ("mandate",)), REGISTRY)

    lives.today = date(2025, 8, 12)

    late = CorrectPledge("PL1", PLEDGE_PAPERS)
    assert refused(lives, late, MANAGER) == ("correction_too_late",)


def test_there_are_twelve_grounds_and_two_may_be_waived():
    waivable = [ground for ground in Ground if ground.waivable]

    assert len(Ground) == 12
    assert waivable == [Ground.SAME_DAY_INVENTION_FILED, Ground.INVALIDATION_STARTED]


@pytest.mark.parametrize("ground", Ground)
def test_a_ground_stops_registration_unless_waivable_and_insisted_on(ground):
    lives = filed()
    found = RegisterPledge("PL1", "DJ-1", grounds=(ground.name,))
    insisted = RegisterPledge("PL1", "DJ-1", (ground.name,), insisted=(ground.name,))

    assert refused(lives, found, REGISTRY) == ("registration_ground",)
    expected = () if ground.waivable else ("registration_ground",)
    assert refused(lives, insisted, REGISTRY) == expected


def test_a_waived_ground_stands_on_the_registered_pledge():
    lives = filed()
    same_day = ("SAME_DAY_INVENTION_FILED",)

    row = lives.act(RegisterPledge("PL1", "DJ-1", same_day, insisted=same_day), REGISTRY)

    assert (row.state, row.insisted) == ("REGISTERED", same_day)


def test_a_right_pledged_to_another_is_not_registered_again():
    lives = pledged()
    lives.act(contract(pledge="PL2"), MANAGER)
    lives.act(FilePledge("PL2", PLEDGE_PAPERS), MANAGER, SIGNATORY)

    again = RegisterPledge("PL2", "DJ-2")

    assert refused(lives, again, REGISTRY) == ("asset_not_appraised",)


def test_refusing_and_striking_cite_a_listed_ground():
    lives = filed()
    assert refused(lives, RefusePledge("PL1", "NO_MOOD"), REGISTRY) == ("ground_not_listed",)
    assert lives.act(RefusePledge("PL1", "ALREADY_PLEDGED"), REGISTRY).state == "REFUSED"
    registered = pledged()
    unlisted = RevokePledge("PL1", "NO_MOOD")
    assert refused(registered, unlisted, REGISTRY) == ("ground_not_listed",)
    registered.act(RevokePledge("PL1", "RIGHT_TERMINATED_OR_VOID"), REGISTRY)
    assert registered.row("asset", "IP1").state == "RELEASED"


def test_a_change_rests_on_an_agreement_and_stays_within_the_rights_term():
    lives = pledged()
    more = yuan("6500000.00")

    silent = ChangePledge("PL1", "", more, date(2026, 8, 14))
    assert refused(lives, silent, MANAGER) == ("agreement_missing",)
    long = ChangePledge("PL1", "B-1", more, date(2040, 3, 19))
    assert refused(lives, long, MANAGER) == ("debt_beyond_right_term",)
    row = lives.act(ChangePledge("PL1", "B-1", more, date(2026, 8, 14)), MANAGER, SIGNATORY)
    assert (row.state, row.debt) == ("REGISTERED", more)


def test_a_pledge_is_not_cancelled_while_a_fen_is_owed():
    lives = pledged()

    lives.facts["CancelPledge"] = (UnpaidDebt(yuan("0.01")), NO_LOANS)
    assert refused(lives, CancelPledge("PL1", "PAID"), MANAGER) == ("debt_not_paid",)
    assert refused(lives, CancelPledge("PL1", "SUBSTITUTED"), MANAGER) == ()
    lives.facts["CancelPledge"] = (UnpaidDebt(Money.ZERO), NO_LOANS)
    assert refused(lives, CancelPledge("PL1", ""), MANAGER) == ("debt_not_paid",)
    assert refused(lives, CancelPledge("PL1", "PAID"), MANAGER) == ()


def test_the_bank_has_ten_working_days_to_cancel_and_then_the_platform_does():
    lives = pledged().at(date(2026, 8, 14))

    row = lives.act(CallCancellation("PL1"))

    assert row.due_by == date(2026, 8, 28)
    assert lives.at(date(2026, 8, 28)).row("pledge", "PL1").state == "REGISTERED"
    assert lives.at(date(2026, 8, 29)).row("pledge", "PL1").state == "CANCELLED"


def test_a_pledge_the_bank_cancelled_in_time_awaits_nothing():
    lives = pledged().at(date(2026, 8, 14))
    lives.act(CallCancellation("PL1"))

    lives.at(date(2026, 8, 28)).act(CancelPledge("PL1", "settled L1"), MANAGER)

    assert not [key for key in lives.timers if key[0] == "pledge"]


def test_a_right_that_failed_after_filing_stops_registration():
    lives = filed()
    lives.act(right(asset="IP2"), FIRM)
    lives.act(feed(asset="IP2"), REGISTRY)
    lives.facts["RegisterPledge"] = (
        Rights(
            ("APPRAISED", "VERIFIED"),
            unappraised=("VERIFIED",),
            value=yuan("9000000.00"),
            appraised_on=None,
            term_ends_on=date(2040, 3, 18),
        ),
    )

    codes = refused(lives, RegisterPledge("PL1", "DJ-1"), REGISTRY)

    assert codes == ("asset_not_appraised",)


@pytest.mark.parametrize(
    ("ip_type", "number", "ends", "channel", "due"),
    [
        ("PATENT", "ZL202010000001.1", date(2040, 3, 18), "PAPER", date(2025, 7, 31)),
        ("PATENT", "ZL202010000001.1", date(2040, 3, 18), "ONLINE", date(2025, 7, 30)),
        ("TRADEMARK", "12345678", date(2034, 3, 18), "PAPER", date(2025, 7, 30)),
        ("COPYRIGHT", "2020SR0123456", date(2070, 1, 1), "PAPER", date(2025, 8, 7)),
    ],
)
def test_the_registry_has_its_time_by_type_and_channel(ip_type, number, ends, channel, due):
    lives = signed().at(date(2025, 7, 28))
    row = lives.row("asset", "IP1")
    value = yuan("25000000.00")
    lives.rows[("asset", "IP1")] = replace(
        row, ip_type=ip_type, number=number, term_ends_on=ends, value=value
    )
    lives.act(contract(), MANAGER)

    unknown = FilePledge("PL1", PLEDGE_PAPERS, "FAX")
    assert refused(lives, unknown, MANAGER) == ("channel_unknown",)
    lives.act(FilePledge("PL1", PLEDGE_PAPERS, channel), MANAGER, SIGNATORY)
    assert lives.row("pledge", "PL1").due_by == due
