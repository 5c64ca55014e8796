"""When a step of a clawback may be taken: one question a function, the rule beside it."""

from __future__ import annotations

from policies.money import Money
from workflows.claim.records import Claim
from workflows.clawback import clauses
from workflows.clawback.owed import owed, unpaid_elsewhere
from workflows.clawback.records import (
    GROUNDS,
    Clawback,
    DismissClawback,
    OffsetClawback,
    OpenClawback,
    ReferClawback,
)
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against

Opening = Situation[None, OpenClawback]
OnClawback = Situation[Clawback]  # whatever is asked of it


def ground_named(s: Opening) -> Refusal | None:
    """One of the grounds, with the finding that shows it (ZD-3.11)."""
    if s.act.ground in GROUNDS and s.act.finding:
        return None
    return refuse(
        s, "no_ground_of_clawback", clauses.CLAWBACK, actual=s.act.ground, threshold=GROUNDS
    )


def compensation_paid(s: Opening) -> Refusal | None:
    """The fund has paid and still bears something (ZD-3.11)."""
    bears = s.row(Claim).fund_burden
    if bears > Money.ZERO:
        return None
    return refuse(s, "nothing_to_claw_back", clauses.CLAWBACK, actual=bears)


def bank_at_fault(s: Opening) -> Refusal | None:
    """Where the borrower alone cheated a diligent bank keeps the compensation (ZD-3.11)."""
    if not s.act.diligent:
        return None
    return refuse(s, "safe_harbour", clauses.SAFE_HARBOUR)


def reason_given(s: Situation[Clawback, DismissClawback]) -> Refusal | None:
    """Why the compensation stands."""
    return None if s.act.reason else refuse(s, "reason_missing", REASONS)


def authority_named(s: Situation[Clawback, ReferClawback]) -> Refusal | None:
    """To whom it is referred."""
    return None if s.act.authority else refuse(s, "authority_missing", clauses.CLAWBACK)


def deadline_over(s: OnClawback) -> Refusal | None:
    """The last day to repay is past."""
    last = given(s.it.repay_by)
    if s.today > last:
        return None
    return refuse(s, "window_still_open", clauses.CLAWBACK, actual=s.today, threshold=last)


def enough_to_withhold(s: Situation[Clawback, OffsetClawback]) -> Refusal | None:
    """The other claim is of the same bank and fund, in line, and larger (ZD-3.11)."""
    due, unpaid = total_owed(s), unpaid_elsewhere(s)
    if unpaid > due:
        return None
    return refuse(s, "not_enough_to_withhold", clauses.CLAWBACK, actual=unpaid, threshold=due)


def total_owed(s: OnClawback) -> Money:
    """Principal and funding cost to today."""
    found = owed(s)
    return found.principal + found.interest


def from_fiscal_limit(s: OnClawback) -> Refusal | None:
    """From clawback_fiscal_limit on the fiscal department confirms too (ZD-2.2)."""
    limit, amount = s.policy.ceiling("clawback_fiscal_limit"), s.it.amount
    if limit.unlimited or amount < limit.value:
        return None
    return against("fiscal_department_required", limit.parameter, amount)
