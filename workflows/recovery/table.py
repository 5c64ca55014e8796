"""Recovery (追偿) after compensation: suit, enforcement, the pledge; who gets what came back.

Costs first, then principal by original shares, then the bank's interest; the pledgor has the rest.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, staying, two_persons
from workflows.lifecycle.roles import Role
from workflows.recovery.decide import DECIDE
from workflows.recovery.events import EVENTS
from workflows.recovery.evolve import EVOLVE
from workflows.recovery.guards import (
    fund_part_held,
    money_came_in,
    reason_given,
    source_is_new,
    terms_given,
)
from workflows.recovery.postings import POSTINGS
from workflows.recovery.records import COMMANDS, Recovery
from workflows.recovery.states import RecoveryState

OPEN, LITIGATION, ENFORCEMENT, ASSET_DISPOSAL, SETTLEMENT_AGREED, FULLY_RECOVERED, UNRECOVERABLE = (
    RecoveryState
)
PURSUED = (OPEN, LITIGATION, ENFORCEMENT, ASSET_DISPOSAL)
BOOKABLE = (*PURSUED, SETTLEMENT_AGREED, UNRECOVERABLE)
BK_A, BK_L, BK_R, SYS = Role.BK_A, Role.BK_L, Role.BK_R, Role.SYS
WITH_BK_L = two_persons(BK_L)
WITH_FM_M = two_persons(Role.FM_M, same_organisation=False)  # the fund confirms receipt
WITH_FM_A = two_persons(Role.FM_A, same_organisation=False)
WITH_FC = two_persons(Role.FC, same_organisation=False)

# fmt: off
ROWS = (
    #    trigger                 from                           to                 who   only if                         event                        two?
    Row("open",                  NEW,                           OPEN,              SYS,  (),                             "Recovery.Opened",           ALONE),
    Row("file_suit",             OPEN,                          LITIGATION,        BK_R, (),                             "Recovery.SuitFiled",        ALONE),
    Row("record_judgment",       LITIGATION,                    ENFORCEMENT,       BK_R, (),                             "Recovery.JudgmentObtained", ALONE),
    Row("realise_pledge",        (OPEN, ENFORCEMENT),           ASSET_DISPOSAL,    BK_R, (),                             "Recovery.AssetDisposed",    ALONE),
    Row("agree_compromise",      PURSUED,                       SETTLEMENT_AGREED, BK_A, (terms_given,),                 "Recovery.CompromiseAgreed", WITH_FM_A),
    *staying("book",             BOOKABLE,                                         BK_R, (money_came_in, source_is_new), "Recovery.Received",         WITH_BK_L),
    *staying("remit",            (*BOOKABLE, FULLY_RECOVERED),                     BK_L, (fund_part_held,),              "Recovery.Remitted",         WITH_FM_M),
    Row("close",                 BOOKABLE,                      FULLY_RECOVERED,   SYS,  (),                             "Recovery.Closed",           ALONE),
    Row("confirm_unrecoverable", (*PURSUED, SETTLEMENT_AGREED), UNRECOVERABLE,     BK_R, (reason_given,),                "Recovery.Closed",           WITH_FC),
)
# fmt: on

RECOVERY = Lifecycle(
    noun="recovery",
    record=Recovery,
    states=RecoveryState,
    final=(FULLY_RECOVERED,),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
    notes=("Recovery.Split",),
)
