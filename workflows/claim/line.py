"""The line of approved claims, oldest first: what one is owed, what is left for it. ZD-3.12."""

from __future__ import annotations

from typing import Any

from policies.money import Money
from workflows.claim.records import Claim
from workflows.claim.shares import shares_now
from workflows.fund.records import Fund
from workflows.lifecycle.machine import Situation
from workflows.loan.records import Loan

Asked = Situation[Any]


def unpaid_now(s: Asked) -> Money:
    """What the fund owes on the claim today."""
    claim: Claim = s.it
    return shares_now(claim, s.row(Loan), s.policy).fund - claim.paid


def cash_for(s: Asked) -> Money:
    """Fund cash that no older claim waits for. Fact: queued_ahead."""
    ahead: Money = s.facts["queued_ahead"]
    return max(Money.ZERO, s.row(Fund).cash - ahead)
