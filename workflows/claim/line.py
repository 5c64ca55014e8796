"""The line of approved claims, oldest first: what one is owed, what is left for it. ZD-3.12."""

from __future__ import annotations

from policies.money import Money
from workflows.claim.facts import QueuedAhead
from workflows.claim.records import Claim
from workflows.claim.shares import shares_now
from workflows.fund.records import Fund
from workflows.lifecycle.machine import Situation
from workflows.loan.records import Loan

OnClaim = Situation[Claim]


def unpaid_now(s: OnClaim) -> Money:
    """What the fund owes on the claim today."""
    return shares_now(s.it, s.row(Loan), s.policy).fund - s.it.paid


def cash_for(s: OnClaim) -> Money:
    """Fund cash that no older claim waits for."""
    return max(Money.ZERO, s.row(Fund).cash - s.fact(QueuedAhead).amount)
