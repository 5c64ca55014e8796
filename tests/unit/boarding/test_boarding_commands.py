"""A boarded life against the lifecycles themselves: no guard but the waivable ones says no."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from policies.money import Money, yuan
from services.boarding.commands import (
    Users,
    claim_commands,
    keys_of,
    life_commands,
    opening_commands,
)
from services.boarding.plan import Plan
from services.claims import reactions as claims
from services.filings import reactions as filings
from services.kernel.memory import Lives
from services.kernel.unit import Envelope
from services.loans import reactions as loans
from services.wiring import registry
from tests.unit.boarding.books import LOST, POLICY_ON, planned
from workflows.bank.table import BANK
from workflows.claim.table import CLAIM
from workflows.enterprise.table import ENTERPRISE
from workflows.filing.table import FILING
from workflows.fund.records import TopUpFund
from workflows.fund.table import FUND
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.roles import Actor
from workflows.lifecycle.rows import by_class
from workflows.loan.table import LOAN
from workflows.recovery.table import RECOVERY

USERS = Users("BK-BOOK", "BOOK-FUND", "jiangsu")
NOUNS = (BANK, ENTERPRISE, LOAN, FILING, CLAIM, RECOVERY, FUND)

REACTIONS = (*loans.REACTIONS, *filings.REACTIONS, *claims.REACTIONS)


@dataclass
class Boarding(Lives):
    """Lives that take envelopes: their date, facts and waivable rules count."""

    envelope: Envelope | None = None
    drawn_on: date | None = None
    waived: list[str] = field(default_factory=list)

    def situation(self, command: Any, actor: Actor, *checkers: Actor) -> Situation[Any]:
        given = self.envelope
        assert given is not None
        asked = replace(super().situation(command, actor, *checkers), waivable=given.waivable)
        if command is given.command:
            asked = replace(asked, facts=by_class(given.facts or ()))
        return asked

    def carry_out(self, envelopes: Iterable[Envelope]) -> Boarding:
        for given in envelopes:
            self.envelope, self.today = given, given.business_date
            self.policy = POLICY_ON(self.drawn_on or given.business_date)
            lifecycle = self.lifecycle(given.command)
            asked = self.situation(given.command, given.actor, *given.checkers)
            fired = lifecycle.fire(lifecycle.commands[type(given.command)], asked)
            self.waived += [refusal.code for refusal in fired.waived]
            self.act(given.command, given.actor, *given.checkers)
        return self


def boarded(plan: Plan) -> Boarding:
    """The whole plan carried out: lives first, then the payments in order."""
    first = plan.first_date
    assert first is not None
    world = Boarding(registry(), POLICY_ON(first), first, REACTIONS)
    world.carry_out(opening_commands(USERS, plan.fund, first, known=()))
    for life in plan.lives:
        world.drawn_on = life.disbursed_on
        world.carry_out(life_commands(life, plan.standings[life.loan_id], USERS))
    for life in sorted(plan.lives, key=lambda one: (one.ended_on, one.line)):
        world.drawn_on = life.disbursed_on
        world.carry_out(claim_commands(life, USERS))
    return world


def rated(rate: str, changes: Mapping[str, str]) -> Plan:
    """One loan planned, at a yearly rate."""
    plan = planned(dict(changes))
    (life,) = plan.lives
    return replace(plan, lives=(replace(life, annual_rate=Decimal(rate)),))


def lost(principal: str, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    return {**LOST, "charged_off_principal": principal, **(changes or {})}


def test_a_loan_paid_in_full_is_covered_repaid_and_settled() -> None:
    world = boarded(planned({}, fund="1000000.00"))

    assert world.told("loan") == (
        "Loan.Opened",
        "Loan.Disbursed",
        "Loan.RepaymentReceived",
        "Loan.PaymentAllocated",
        "Loan.Settled",
    )
    assert world.row("loan", "L1").settled_on == date(2025, 2, 1)
    assert world.row("filing", "L1").state == "CEASED"
    assert set(world.waived) == {"ip_share_too_low", "pledge_not_registered"}


def test_interest_is_derived_and_paid_once_with_the_principal() -> None:
    world = boarded(rated("0.0360", {"disbursed_on": "2024-02-01", "term_months": "6"}))

    paid = [one.event for one in world.events if hasattr(one.event, "order")]
    assert [event.interest for event in paid] == [yuan("54600.00")]  # 182 days on 3,000,000.00
    assert world.row("loan", "L1").outstanding == yuan("0")
    assert world.row("loan", "L1").state == "SETTLED"


@pytest.mark.parametrize("rate", ["0", "0.0360"])
@pytest.mark.parametrize("off_on", ["2024-02-01", "2024-12-20", "2025-02-01", "2027-06-30"])
def test_a_charge_off_at_any_time_ends_in_a_claim_for_exactly_what_was_lost(
    off_on: str, rate: str
) -> None:
    plan = rated(rate, lost("1000000.01", {"charged_off_on": off_on}))

    world = boarded(plan)

    loan, claim = world.row("loan", "L1"), world.row("claim", "L1")
    assert (loan.state, loan.outstanding) == ("OVERDUE", yuan("1000000.01"))
    assert loan.compensated == yuan("800000.00")
    assert (claim.state, claim.principal) == ("PAID", yuan("1000000.01"))
    assert (claim.paid, claim.bank_principal) == (yuan("800000.00"), yuan("200000.01"))
    assert claim.paid_on == claim.submitted_on == date.fromisoformat(off_on)
    assert world.row("fund", "BOOK-FUND").cash == yuan("0")


@pytest.mark.parametrize("rate", ["0", "0.0360"])
@pytest.mark.parametrize("off_on", ["2024-02-01", "2024-12-20", "2025-02-01", "2027-06-30"])
def test_a_charge_off_that_lost_nothing_is_a_default_without_a_claim(
    off_on: str, rate: str
) -> None:
    world = boarded(rated(rate, lost("0.00", {"charged_off_on": off_on})))

    assert "Loan.BecameOverdue" in world.told("loan")
    assert world.told("claim") == ()
    assert world.row("loan", "L1").state == "SETTLED"


def test_a_loan_lost_whole_repays_nothing() -> None:
    world = boarded(rated("0.0360", lost("3000000.00")))

    assert "Loan.RepaymentReceived" not in world.told("loan")
    assert world.row("claim", "L1").paid == yuan("2400000.00")


def test_every_rule_that_an_old_loan_breaks_is_waived_by_name() -> None:
    old = lost(
        "1000.00",
        {
            "approved_on": "2003-05-01",
            "disbursed_on": "2003-06-01",
            "charged_off_on": "2003-12-01",
            "term_months": "84",
            "amount_approved": "2999999.99",
        },
    )

    world = boarded(rated("0.0381", old))

    assert set(world.waived) == {
        "tenor_too_long",
        "rate_above_cap",
        "ip_share_too_low",
        "policy_not_in_force",
        "amount_over_approved",
        "pledge_not_registered",
        "leverage_exceeded",
        "not_yet_due",
        "dpd_below_claim_minimum",
        "evidence_incomplete",
    }


def test_a_claim_long_after_the_due_date_waives_the_claim_window() -> None:
    inside = boarded(planned(lost("1000.00", {"charged_off_on": "2025-09-29"})))  # DPD 240
    outside = boarded(planned(lost("1000.00", {"charged_off_on": "2025-09-30"})))

    assert "claim_window_closed" not in inside.waived
    assert "claim_window_closed" in outside.waived


def test_the_committee_decides_from_its_limit_on() -> None:
    below = planned(lost("6249999.99", {"amount_disbursed": "7000000.00"}))
    at = planned(lost("6250000.00", {"amount_disbursed": "7000000.00"}))

    assert "boarding-approver" in boarded(below).row("claim", "L1").decided_by
    assert "boarding-committee" in boarded(at).row("claim", "L1").decided_by
    assert at.lives[0].compensation == yuan("5000000.00")


def test_what_the_fund_cannot_pay_waits_in_line_and_the_fund_is_exhausted() -> None:
    plan = planned(lost("1000.00"), lost("1000.00"), lost("1000.00"), fund="1000.00")

    world = boarded(plan)

    states = [world.row("claim", name).state for name in ("L1", "L2", "L3")]
    assert states == ["PAID", "PARTIALLY_PAID", "PAYABLE"]
    assert world.row("claim", "L2").paid == yuan("200.00")
    assert world.row("fund", "BOOK-FUND").state == "EXHAUSTED"


@pytest.mark.parametrize("fund", ["0.00", "800.00"])
def test_a_fund_that_ends_even_is_exhausted_by_the_next_claim_once(fund: str) -> None:
    plan = planned(lost("1000.00"), lost("1000.00"), lost("1000.00"), fund=fund)

    world = boarded(plan)

    assert world.told("fund").count("Fund.Exhausted") == 1
    assert world.row("fund", "BOOK-FUND").cash == Money.ZERO


def test_a_loss_of_which_the_fund_bears_less_than_a_fen_is_approved_and_not_paid() -> None:
    world = boarded(planned(lost("0.01")))

    assert world.row("claim", "L1").state == "PAYABLE"
    assert world.row("claim", "L1").unpaid == yuan("0")


def test_a_second_book_tops_up_the_fund_it_finds() -> None:
    both = {("bank", "BK-BOOK"), ("fund", "BOOK-FUND")}
    on = date(2024, 1, 1)

    fresh = opening_commands(USERS, yuan("5.00"), on, known=())
    again = opening_commands(USERS, yuan("5.00"), on, known=both)
    nothing = opening_commands(USERS, yuan("0.00"), on, known=both)

    assert [type(one.command).__name__ for one in fresh] == ["BoardBank", "EstablishFund"]
    assert [one.command for one in again] == [TopUpFund("BOOK-FUND", yuan("5.00"))]
    assert nothing == ()


def test_every_row_a_life_touches_is_known_beforehand() -> None:
    plan = planned({}, lost("1000.00"))

    world = boarded(plan)

    known = {key for life in plan.lives for key in keys_of(life)}
    known |= {("bank", "BK-BOOK"), ("fund", "BOOK-FUND")}
    assert set(world.rows) <= known


def test_all_of_a_loan_end_carries_one_date() -> None:
    world = boarded(planned(lost("1000.00", {"charged_off_on": "2024-11-11"})))

    end = [one.business_date for one in world.events if one.business_date > date(2024, 2, 1)]
    assert set(end) == {date(2024, 11, 11)}
