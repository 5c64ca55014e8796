"""The compensation fund: money in from the fiscal department, out to banks, and back.

It answers with its cash only: what it cannot pay waits in line (ZD-3.12).
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.fund.decide import DECIDE
from workflows.fund.events import EVENTS
from workflows.fund.evolve import EVOLVE
from workflows.fund.guards import amount_not_negative, amount_positive, cash_suffices
from workflows.fund.postings import POSTINGS
from workflows.fund.records import COMMANDS, Fund
from workflows.fund.states import FundState
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, staying, two_persons
from workflows.lifecycle.roles import Role

ACTIVE, EXHAUSTED = FundState
BOTH = (ACTIVE, EXHAUSTED)
FIN, SYS = Role.FIN, Role.SYS
FIN_TWICE = two_persons(FIN)

# fmt: off
ROWS = (
    #    trigger             from       to         who  only if                           event                    two?
    Row("establish",         NEW,       ACTIVE,    FIN, (amount_not_negative,),           "Fund.Established",      FIN_TWICE),
    Row("top_up",            BOTH,      ACTIVE,    FIN, (amount_positive,),               "Fund.ToppedUp",         FIN_TWICE),
    *staying("debit",        BOTH,                 SYS, (amount_positive, cash_suffices), "Fund.Debited",          ALONE),
    Row("declare_exhausted", ACTIVE,    EXHAUSTED, SYS, (),                               "Fund.Exhausted",        ALONE),
    *staying("return_recovery", BOTH,              SYS, (amount_positive,),               "Fund.RecoveryReturned", ALONE),
)
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
