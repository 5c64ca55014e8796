"""Who decides on credit: others than who investigated, above a limit the committee. ZD-2.4."""

from __future__ import annotations

from workflows.application.records import Application, ApproveCredit
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against


def did_not_investigate(s: Situation[Application]) -> Refusal | None:
    """Who investigated a credit neither reviews nor approves it (商业银行法 35)."""
    investigated = s.it.investigated_by
    again = tuple(one.user for one in s.checkers if one.user in investigated)
    if not again:
        return None
    return refuse(s, "investigated_credit", clauses.SEPARATION, actual=again)


def for_the_credit_committee(s: Situation[Application, ApproveCredit]) -> Refusal | None:
    """Above credit_committee_limit the bank's committee decides (ZD-2.2)."""
    limit = s.policy.ceiling("credit_committee_limit")
    if limit.allows(s.act.amount):
        return None
    return against("credit_committee_required", limit.parameter, s.act.amount)
