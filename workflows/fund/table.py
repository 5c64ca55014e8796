"""The compensation fund: money in from the fiscal department, out to banks, and back.

It answers with its cash only: what it cannot pay waits in line (ZD-3.12).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from policies.money import Money
from workflows.fund.records import (
    COMMANDS,
    EVENTS,
    Fund,
    FundDebited,
    FundEstablished,
    FundExhausted,
    FundRecoveryReturned,
    FundToppedUp,
)
from workflows.lifecycle import accounts as ac
from workflows.lifecycle.accounts import Entry, entry
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.evolution import Decide, Evolve
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, staying, two_persons
from workflows.lifecycle.refusals import Refusal
from workflows.lifecycle.roles import Role
from workflows.loan import clauses

__all__ = ["FUND", "Fund", "FundState"]


class FundState(Enum):
    """Whether the fund meets its claims."""

    ACTIVE = "ACTIVE"
    EXHAUSTED = "EXHAUSTED"  # a claim was not met in full; waits for a contribution


ACTIVE, EXHAUSTED = FundState
BOTH = (ACTIVE, EXHAUSTED)
FIN, SYS = Role.FIN, Role.SYS
FIN_TWICE = two_persons(FIN)
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


# fmt: off
ROWS = (
    #    trigger             from       to         who  only if                           event                    two?
    Row("establish",         NEW,       ACTIVE,    FIN, (amount_not_negative,),           "Fund.Established",      FIN_TWICE),
    Row("top_up",            BOTH,      ACTIVE,    FIN, (amount_positive,),               "Fund.ToppedUp",         FIN_TWICE),
    *staying("debit",        BOTH,                 SYS, (amount_positive, cash_suffices), "Fund.Debited",          ALONE),
    Row("declare_exhausted", ACTIVE,    EXHAUSTED, SYS, (),                               "Fund.Exhausted",        ALONE),
    *staying("return_recovery", BOTH,              SYS, (amount_positive,),               "Fund.RecoveryReturned", ALONE),
)

DECIDE: Mapping[str, Decide] = {
    "establish":         lambda s: (FundEstablished(s.act.name, s.policy.ref, s.act.amount),),
    "top_up":            lambda s: (FundToppedUp(s.act.amount),),
    "debit":             lambda s: (FundDebited(s.act.amount, s.act.claim),),
    "declare_exhausted": lambda s: (FundExhausted(s.act.claim),),
    "return_recovery":   lambda s: (FundRecoveryReturned(s.act.amount, s.act.recovery),),
}
# fmt: on


def _established(_fund: None, e: FundEstablished) -> dict[str, Any]:
    return {"name": e.name, "policy": e.policy, "cash": e.amount, "contributed": e.amount}


def _topped_up(fund: Fund, e: FundToppedUp) -> dict[str, Any]:
    return {"cash": fund.cash + e.amount, "contributed": fund.contributed + e.amount}


def _debited(fund: Fund, e: FundDebited) -> dict[str, Any]:
    return {"cash": fund.cash - e.amount, "paid_out": fund.paid_out + e.amount}


def _returned(fund: Fund, e: FundRecoveryReturned) -> dict[str, Any]:
    return {"cash": fund.cash + e.amount, "returned": fund.returned + e.amount}


def _moved(fund: Fund, amount: Money, *, debit: str, credit: str) -> Entry:
    return entry("fund", fund.id, debit=((debit, amount),), credit=((credit, amount),))


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    FundEstablished:      _established,
    FundToppedUp:         _topped_up,
    FundDebited:          _debited,
    FundExhausted:        lambda _fund, _e: {},
    FundRecoveryReturned: _returned,
}
POSTINGS: Mapping[type, Callable[[Any, Any], Entry]] = {
    FundEstablished:      lambda f, e: _moved(f, e.amount, debit=ac.CASH, credit=ac.CONTRIBUTIONS),
    FundToppedUp:         lambda f, e: _moved(f, e.amount, debit=ac.CASH, credit=ac.CONTRIBUTIONS),
    FundDebited:          lambda f, e: _moved(f, e.amount, debit=ac.COMPENSATION_EXPENDITURE, credit=ac.CASH),
    FundRecoveryReturned: lambda f, e: _moved(f, e.amount, debit=ac.CASH, credit=ac.RECOVERIES),
}
# fmt: on

FUND = Lifecycle(
    noun="fund",
    record=Fund,
    states=FundState,
    final=(),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
)
