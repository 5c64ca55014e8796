"""When a step of the fund may be taken: one question a function, the rule beside it."""

from __future__ import annotations

from typing import Any

from policies.money import Money
from workflows.fund import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal

Asked = Situation[Any]


def amount_positive(s: Asked) -> Refusal | None:
    """Something moves."""
    if s.act.amount > Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.FUND_RULES, actual=s.act.amount)


def amount_not_negative(s: Asked) -> Refusal | None:
    """A fund may start with nothing, not with a debt."""
    if s.act.amount >= Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.FUND_RULES, actual=s.act.amount)


def cash_suffices(s: Asked) -> Refusal | None:
    """Fund cash is never negative (ZD-C.7; S16, S53)."""
    if s.act.amount <= s.it.cash:
        return None
    return refuse(
        s, "fund_cash_short", clauses.FUND_BALANCE, actual=s.it.cash, threshold=s.act.amount
    )
