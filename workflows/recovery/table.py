"""Recovery (追偿) after compensation: suit, enforcement, the pledge; who gets what came back.

Costs first, then principal by original shares, then the bank's interest; the pledgor has the rest.
Beside each question stands its rule: a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from policies.money import Money
from workflows.lifecycle.deadlines import duty
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
from workflows.recovery import events, guards, records
from workflows.recovery.decide import DECIDE
from workflows.recovery.evolve import EVOLVE
from workflows.recovery.postings import POSTINGS
from workflows.recovery.states import RecoveryState

OPEN, LITIGATION, ENFORCEMENT, ASSET_DISPOSAL, SETTLEMENT_AGREED, FULLY_RECOVERED, UNRECOVERABLE = (
    RecoveryState
)
PURSUED = (OPEN, LITIGATION, ENFORCEMENT, ASSET_DISPOSAL)
UNPAID = (*PURSUED, SETTLEMENT_AGREED)
BOOKABLE = (*UNPAID, UNRECOVERABLE)
BK_A, BK_L, BK_R, SYS = Role.BK_A, Role.BK_L, Role.BK_R, Role.SYS
WITH_BK_L = two_persons(BK_L)
WITH_FM_M = two_persons(Role.FM_M, same_organisation=False)  # the fund confirms receipt
WITH_FM_A = two_persons(Role.FM_A, same_organisation=False)
WITH_FC = two_persons(Role.FC, same_organisation=False)

# fmt: off
TO_AGREE = (
    guards.terms_given,     # REASONS (ZD-3.0.1), assumed
)
TO_BOOK = (
    guards.money_came_in,   # RECOVERY_RULES (ZD-3.10), assumed
    guards.source_is_new,   # RECOVERY_RULES (ZD-3.10), assumed
)
TO_REMIT = (
    guards.fund_part_held,  # RECOVERY_RULES (ZD-3.10), assumed
)
TO_GIVE_UP = (
    guards.reason_given,    # REASONS (ZD-3.0.1), assumed
)

ROWS = (
    #    trigger                 from                           to                 who   only if     event                            two?
    Row("open",                  NEW,                           OPEN,              SYS,  (),         events.RecoveryOpened,           ALONE),
    Row("file_suit",             OPEN,                          LITIGATION,        BK_R, (),         events.RecoverySuitFiled,        ALONE),
    Row("record_judgment",       LITIGATION,                    ENFORCEMENT,       BK_R, (),         events.RecoveryJudgmentObtained, ALONE),
    Row("realise_pledge",        (OPEN, ENFORCEMENT),           ASSET_DISPOSAL,    BK_R, (),         events.RecoveryAssetDisposed,    ALONE),
    Row("agree_compromise",      PURSUED,                       SETTLEMENT_AGREED, BK_A, TO_AGREE,   events.RecoveryCompromiseAgreed, WITH_FM_A),
    *staying("book",             BOOKABLE,                                         BK_R, TO_BOOK,    events.RecoveryReceived,         WITH_BK_L),
    *staying("remit",            (*BOOKABLE, FULLY_RECOVERED),                     BK_L, TO_REMIT,   events.RecoveryRemitted,         WITH_FM_M),
    Row("close",                 BOOKABLE,                      FULLY_RECOVERED,   SYS,  (),         events.RecoveryClosed,           ALONE),
    Row("confirm_unrecoverable", UNPAID,                        UNRECOVERABLE,     BK_R, TO_GIVE_UP, events.RecoveryClosed,           WITH_FC),
)


def _holds_money(row: records.Recovery) -> bool:
    return row.to_remit > Money.ZERO


DEADLINES = (
    #    name    begins with            last day    rule                  whose  in                            and only while
    duty("suit",  events.RecoveryOpened, "suit_by",  "suit_deadline_days", BK_R,  OPEN),
    duty("remit", events.RecoverySplit,  "remit_by", "recovery_remit_wd",  BK_L,  (*BOOKABLE, FULLY_RECOVERED), when=_holds_money),
)
# fmt: on

RECOVERY = Lifecycle(
    noun="recovery",
    record=records.Recovery,
    states=RecoveryState,
    final=(FULLY_RECOVERED,),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
    deadlines=DEADLINES,
    notes=(events.RecoverySplit,),
)
