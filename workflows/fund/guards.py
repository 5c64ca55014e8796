"""When a step of the fund may be taken: one question a function, the rule beside it."""

from __future__ import annotations

from policies.money import Money
from workflows.fund import clauses
from workflows.fund.records import (
    ChargeFee,
    CommitTopUp,
    CreditInterest,
    DebitFund,
    EstablishFund,
    Fund,
    ReturnRecovery,
    TakeBackCompensation,
    TopUpFund,
)
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal

Moving = Situation[
    Fund,
    TopUpFund
    | CommitTopUp
    | CreditInterest
    | ChargeFee
    | DebitFund
    | ReturnRecovery
    | TakeBackCompensation,
]
Paying = Situation[Fund, DebitFund | ChargeFee]


def amount_positive(s: Moving) -> Refusal | None:
    """Something moves."""
    if s.act.amount > Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.FUND_RULES, actual=s.act.amount)


def amount_not_negative(s: Situation[None, EstablishFund]) -> Refusal | None:
    """A fund may start with nothing, not with a debt."""
    if s.act.amount >= Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.FUND_RULES, actual=s.act.amount)


def cash_suffices(s: Paying) -> Refusal | None:
    """Fund cash is never negative (ZD-C.7; S16, S53)."""
    cash, needed = s.it.cash, s.act.amount
    if needed <= cash:
        return None
    return refuse(
        s,
        "fund_cash_short",
        clauses.FUND_BALANCE,
        actual=cash,
        threshold=needed,
        needs="fund.top_up",
    )
