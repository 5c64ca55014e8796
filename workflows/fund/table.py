"""The compensation fund: money in from the fiscal department, out to banks, and back.

It answers with its cash only: what it cannot pay waits in line (ZD-3.9.9). Beside each question
stands its rule: a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.fund import events, guards, records
from workflows.fund.decide import DECIDE
from workflows.fund.evolve import EVOLVE
from workflows.fund.postings import POSTINGS
from workflows.fund.states import FundState
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    commands_of,
    events_of,
    staying,
    two_persons,
)
from workflows.lifecycle.roles import Role

ACTIVE, WATCH, EXHAUSTED, TOPPED_UP = FundState
ANY = tuple(FundState)
UNEXHAUSTED = (ACTIVE, WATCH, TOPPED_UP)
FIN, FM_F, SYS = Role.FIN, Role.FM_F, Role.SYS
FIN_TWICE, FM_F_TWICE = two_persons(FIN), two_persons(FM_F)

# fmt: off
TO_ESTABLISH = (
    guards.amount_not_negative,  # FUND_RULES (ZD-3.12.1), assumed
)
TO_TAKE_IN = (
    guards.amount_positive,      # FUND_RULES (ZD-3.12.1), assumed
)
TO_PAY_OUT = (
    guards.amount_positive,      # FUND_RULES (ZD-3.12.1), assumed
    guards.cash_suffices,        # FUND_BALANCE (S16, S53, ZD-3.12.1), public
)

ROWS = (
    #    trigger                from                  to         who   only if       event                            two?
    Row("establish",            NEW,                  ACTIVE,    FIN,  TO_ESTABLISH, events.FundEstablished,          FIN_TWICE),
    *staying("commit_top_up",   ANY,                             FIN,  TO_TAKE_IN,   events.FundTopUpCommitted,       FIN_TWICE),
    *staying("top_up",          (ACTIVE, TOPPED_UP),             FIN,  TO_TAKE_IN,   events.FundToppedUp,             FIN_TWICE),
    Row("top_up",               (WATCH, EXHAUSTED),   TOPPED_UP, FIN,  TO_TAKE_IN,   events.FundToppedUp,             FIN_TWICE),
    Row("reactivate",           TOPPED_UP,            ACTIVE,    SYS,  (),           events.FundReactivated,          ALONE),
    *staying("credit_interest", ANY,                             (FM_F, SYS), TO_TAKE_IN,   events.FundInterestCredited,     FM_F_TWICE),
    *staying("charge_fee",      ANY,                             FM_F, TO_PAY_OUT,   events.FundFeeCharged,           FM_F_TWICE),
    *staying("debit",           ANY,                             SYS,  TO_PAY_OUT,   events.FundDebited,              ALONE),
    Row("watch",                ACTIVE,               WATCH,     SYS,  (),           events.FundTopUpRequested,       ALONE),
    Row("end_watch",            WATCH,                ACTIVE,    SYS,  (),           events.FundWatchEnded,           ALONE),
    Row("declare_exhausted",    UNEXHAUSTED,          EXHAUSTED, SYS,  (),           events.FundExhausted,            ALONE),
    *staying("take_back",       ANY,                             SYS,  TO_TAKE_IN,   events.FundCompensationReturned, ALONE),
    *staying("return_recovery", ANY,                             SYS,  TO_TAKE_IN,   events.FundRecoveryReturned,     ALONE),
)
# fmt: on

FUND = Lifecycle(
    noun="fund",
    record=records.Fund,
    states=FundState,
    final=(),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
)
