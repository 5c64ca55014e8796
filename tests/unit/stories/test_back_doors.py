"""What a refusal after the approval says of the way on: from which day, by which act."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from policies.money import yuan
from policies.reading.pack import UNLIMITED, Policy
from services.kernel.memory import Lives
from tests.unit.stories.back_lives import (
    BK_L,
    BK_M,
    DUE,
    ENT,
    base_case,
    begin,
    covered,
    drawn,
    jiangsu,
    partly_repaid,
    registered_pledge,
)
from workflows.claim.records import ExpireClaim, NotifyRisk, OpenClaim
from workflows.filing.records import MarkFilingLate
from workflows.lifecycle.refusals import Refusal
from workflows.lifecycle.roles import PLATFORM, Actor
from workflows.loan.records import (
    DisburseLoan,
    MarkOverdue,
    PrepayLoan,
    SettleLoan,
)
from workflows.loan.table import LOAN

OVERDUE = date(2026, 8, 15)  # the day after the due date


def overdue() -> Lives:
    """The base case, not paid at maturity."""
    return partly_repaid(covered(drawn(begin()))).at(OVERDUE)


def at_risk() -> Lives:
    """The fund knows of it."""
    lives = overdue().at(date(2026, 9, 18))
    lives.act(NotifyRisk("L1", "L1", "BK01"), BK_M)
    return lives


def reason(lives: Lives, command: Any, actor: Actor, code: str) -> Refusal:
    return next(one for one in lives.reasons(command, actor) if one.code == code)


@pytest.mark.parametrize(
    ("begun", "command", "actor", "code", "legal_from"),
    [
        (lambda: drawn(begin()), MarkOverdue("L1"), PLATFORM, "not_yet_due", OVERDUE),
        (
            lambda: drawn(begin()),
            MarkFilingLate("L1"),
            PLATFORM,
            "window_still_open",
            date(2025, 8, 29),
        ),
        (
            overdue,
            NotifyRisk("L1", "L1", "BK01"),
            BK_M,
            "dpd_below_claim_notice",
            DUE + timedelta(days=31),
        ),
        (at_risk, OpenClaim("L1"), BK_M, "dpd_below_claim_minimum", DUE + timedelta(days=60)),
    ],
)
def test_the_reason_is_gone_on_the_day_it_names_and_not_before(
    begun: Callable[[], Lives], command: Any, actor: Actor, code: str, legal_from: date | None
) -> None:
    lives = begun()
    found = reason(lives, command, actor, code)

    named = found.legal_from
    assert named is not None
    assert legal_from in (named, None)
    lives.today = named - timedelta(days=1)
    assert code in lives.refusals(command, actor)
    lives.today = named
    assert code not in lives.refusals(command, actor)


def test_a_short_notice_of_prepayment_names_the_first_day() -> None:
    lives = drawn(begin()).at(date(2026, 2, 10))

    short = PrepayLoan("L1", yuan("10000.00"), date(2026, 2, 4))
    found = reason(lives, short, ENT, "prepayment_notice_short")

    assert found.legal_from == date(2026, 2, 11)


def test_an_open_claim_window_names_the_day_after_it() -> None:
    lives = at_risk().at(date(2026, 10, 13))
    lives.act(OpenClaim("L1"), BK_M)

    found = reason(lives, ExpireClaim("L1"), PLATFORM, "window_still_open")

    closes_on = lives.row("claim", "L1").closes_on
    assert (found.threshold, found.legal_from) == (closes_on, closes_on + timedelta(days=1))


def test_a_drawing_needs_the_registration_of_its_pledge() -> None:
    lives = begin()
    lives.act(base_case())
    lives.rows[("pledge", "P1")] = replace(registered_pledge(), state="FILED")

    draw = DisburseLoan("L1", yuan("6000000.00"))

    assert reason(lives, draw, BK_L, "pledge_not_registered").needs == "pledge.register"


def test_a_claim_needs_the_acceptance_of_its_filing_while_that_may_come() -> None:
    lives = partly_repaid(drawn(begin()))
    lives.rows[("filing", "L1")] = replace(lives.row("filing", "L1"), state="FILED")
    lives.at(date(2026, 9, 18)).act(NotifyRisk("L1", "L1", "BK01"), BK_M)
    lives.at(date(2026, 10, 13))

    assert reason(lives, OpenClaim("L1"), BK_M, "not_covered").needs == "filing.accept"
    lives.rows[("filing", "L1")] = replace(lives.row("filing", "L1"), state="REJECTED")
    assert reason(lives, OpenClaim("L1"), BK_M, "not_covered").needs == ""


def test_a_loan_that_is_owed_needs_its_repayment() -> None:
    found = reason(drawn(begin()), SettleLoan("L1"), PLATFORM, "still_owing")

    assert (found.actual, found.needs) == (yuan("6000000.00"), "loan.repay")


def unlimited(*names: str) -> Policy:
    """Jiangsu's policy with these parameters said to set no limit."""
    said = {name: replace(jiangsu()[name], said=UNLIMITED) for name in names}
    return replace(jiangsu(), parameters={**jiangsu().parameters, **said})


def test_a_case_that_sets_no_limit_lets_pass_and_says_so() -> None:
    lives = begin()
    lives.policy = unlimited("max_tenor_months", "min_ip_share", "rate_cap_spread")
    long = base_case(term_months=120)

    fired = LOAN.fire("open", lives.situation(long, PLATFORM))

    assert [(one.code, one.parameter) for one in fired.remarks] == [
        ("unlimited", "max_tenor_months"),
        ("unlimited", "rate_cap_spread"),
        ("unlimited", "min_ip_share"),
    ]
