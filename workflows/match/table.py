"""An application meets banks: shown to the best few, offered, one chosen, or nobody took it.

LOST is what happens to a bank, not to the match: such banks stand in `lost`.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.filing.guards import breaker_not_tripped
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, staying
from workflows.lifecycle.roles import Role
from workflows.match.decide import DECIDE
from workflows.match.events import EVENTS
from workflows.match.evolve import EVOLVE, TIMERS
from workflows.match.guards import (
    agreement_signed,
    bank_below_quota,
    bank_invited,
    bank_offered,
    banks_named,
    reason_given,
    rounds_left,
    window_over,
)
from workflows.match.records import COMMANDS, Match
from workflows.match.states import MatchState

(OPEN, OFFERED, SELECTED, CLOSED, EXPIRED, WITHDRAWN) = MatchState
ENT, BK_M, IPA, SYS = Role.ENT, Role.BK_M, Role.IPA, Role.SYS
MAY_OFFER = (bank_invited, agreement_signed, bank_below_quota, breaker_not_tripped)

# fmt: off
ROWS = (
    #    trigger              from                       to         who    unless / only if                     event                      two?
    Row("open",               NEW,                       OPEN,      SYS,   (),                                  "Match.Opened",            ALONE),
    Row("assign",             NEW,                       SELECTED,  SYS,   (),                                  "Match.Assigned",          ALONE),
    Row("express_interest",   (OPEN, OFFERED),           OFFERED,   BK_M,  MAY_OFFER,                           "Match.InterestExpressed", ALONE),
    *staying("decline",       (OPEN, OFFERED),                      BK_M,  (bank_invited, reason_given),        "Match.Declined",          ALONE),
    Row("rebroadcast",        OPEN,                      OPEN,      SYS,   (window_over, rounds_left),          "Match.ReBroadcast",       ALONE),
    Row("expire",             (OPEN, OFFERED),           EXPIRED,   SYS,   (window_over,),                      "Match.Expired",           ALONE),
    Row("reopen",             EXPIRED,                   OPEN,      IPA,   (banks_named,),                      "Match.Reopened",          ALONE),
    Row("select_bank",        OFFERED,                   SELECTED,  ENT,   (bank_offered,),                     "Match.BankSelected",      ALONE),
    Row("note_lead",          SELECTED,                  SELECTED,  SYS,   (),                                  "Match.LeadTaken",         ALONE),
    Row("lapse_lead",         SELECTED,                  OPEN,      SYS,   (window_over,),                      "Match.LeadLapsed",        ALONE),
    Row("close",              SELECTED,                  CLOSED,    SYS,   (),                                  "Match.Closed",            ALONE),
    Row("withdraw",           (OPEN, OFFERED, SELECTED, EXPIRED), WITHDRAWN, SYS, (),                           "Match.Withdrawn",         ALONE),
)
# fmt: on

MATCH = Lifecycle(
    noun="match",
    record=Match,
    states=MatchState,
    final=(CLOSED, EXPIRED, WITHDRAWN),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
