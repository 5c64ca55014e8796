"""What follows from an act on a clawback that may happen: its events and the next steps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.claim.records import Claim, ClawBackClaim, SetOffClaim
from workflows.clawback.events import (
    ClawbackConfirmed,
    ClawbackDemanded,
    ClawbackDismissed,
    ClawbackOffset,
    ClawbackOpened,
    ClawbackOverdue,
    ClawbackReferred,
    ClawbackRepaid,
)
from workflows.clawback.owed import AskedBack, owed
from workflows.clawback.records import (
    BY_BORROWER,
    Clawback,
    ConfirmClawback,
    DismissClawback,
    OffsetClawback,
    OpenClawback,
    ReferClawback,
)
from workflows.fund.records import CreditInterest, TakeBackCompensation
from workflows.lifecycle.deadlines import days_from
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.loan.records import ReturnCompensation

OnClawback = Situation[Clawback]  # whatever is asked of it
Outcome = tuple[Any, ...]


def open_clawback(s: Situation[None, OpenClawback]) -> Outcome:
    """The claim's own parties and policy."""
    claim = s.row(Claim)
    return (
        ClawbackOpened(
            claim=claim.id,
            loan=claim.loan,
            bank=claim.bank,
            fund=claim.fund,
            enterprise=claim.enterprise,
            policy=s.policy.ref,
            ground=s.act.ground,
            finding=s.act.finding,
            amount=claim.fund_burden,
            opened_on=s.today,
            paid_on=given(claim.paid_on),
        ),
    )


def dismiss(s: Situation[Clawback, DismissClawback]) -> Outcome:
    """The reason is kept."""
    return (ClawbackDismissed(s.act.reason),)


def confirm(s: Situation[Clawback, ConfirmClawback]) -> Outcome:
    """Funding cost at the one-year LPR of the day."""
    it = s.it
    barred = it.ground in BY_BORROWER
    rate = s.policy["lpr_1y"].value
    return (ClawbackConfirmed(it.enterprise, it.fund, it.ground, rate, barred),)


def demand(s: OnClawback) -> Outcome:
    """Repaid within clawback_days."""
    return (ClawbackDemanded(owed(s).principal, days_from(s, "clawback_days")),)


def fall_overdue(s: OnClawback) -> Outcome:
    """Offset or referred next."""
    return (ClawbackOverdue(given(s.it.repay_by)),)


def _given_back(s: OnClawback, found: AskedBack) -> tuple[Then, ...]:
    it = s.it
    cost = (Then(CreditInterest(it.fund, found.interest)),) if found.interest else ()
    return (
        Then(ReturnCompensation(it.loan, it.claim, found.principal)),
        Then(ClawBackClaim(it.claim, found.principal)),
        Then(TakeBackCompensation(it.fund, it.claim, found.principal)),
        *cost,
    )


def repay(s: OnClawback) -> Outcome:
    """To the fund, with cost to today."""
    found = owed(s)
    return (ClawbackRepaid(found.principal, found.interest, s.today), *_given_back(s, found))


def offset(s: Situation[Clawback, OffsetClawback]) -> Outcome:
    """The fund keeps from the other claim what it is owed here."""
    found, other = owed(s), s.act.against
    told = ClawbackOffset(found.principal, found.interest, other, s.today)
    whole = found.principal + found.interest
    return (told, *_given_back(s, found), Then(SetOffClaim(other, s.it.id, whole)))


def refer(s: Situation[Clawback, ReferClawback]) -> Outcome:
    """The authority is named."""
    return (ClawbackReferred(s.it.bank, s.act.authority),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "open":         open_clawback,
    "dismiss":      dismiss,
    "confirm":      confirm,
    "demand":       demand,
    "fall_overdue": fall_overdue,
    "repay":        repay,
    "offset":       offset,
    "refer":        refer,
}
# fmt: on
