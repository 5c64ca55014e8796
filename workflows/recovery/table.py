"""Recovery (追偿) after compensation: suit, enforcement, the pledge; who gets what came back.

Costs first, then principal by original shares, then the bank's interest; the pledgor has the rest.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from policies.money import Money
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, staying, two_persons
from workflows.lifecycle.refusals import Refusal
from workflows.lifecycle.roles import Role
from workflows.loan import clauses
from workflows.recovery.decide import DECIDE, EVOLVE, POSTINGS
from workflows.recovery.records import COMMANDS, EVENTS, Recovery

__all__ = ["RECOVERY", "Recovery", "RecoveryState"]


class RecoveryState(Enum):
    """How far the pursuit has come."""

    OPEN = "OPEN"
    LITIGATION = "LITIGATION"  # suit filed
    ENFORCEMENT = "ENFORCEMENT"  # judgment obtained
    ASSET_DISPOSAL = "ASSET_DISPOSAL"  # the pledge is being realised
    SETTLEMENT_AGREED = "SETTLEMENT_AGREED"
    FULLY_RECOVERED = "FULLY_RECOVERED"
    UNRECOVERABLE = "UNRECOVERABLE"  # kept on file: money may still come


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
Asked = Situation[Any]


def money_came_in(s: Asked) -> Refusal | None:
    """Gross above zero, costs not below (ZD-3.10)."""
    if s.act.gross > Money.ZERO and s.act.cost >= Money.ZERO:
        return None
    return refuse(s, "amount_not_positive", clauses.RECOVERY_RULES, actual=s.act.gross)


def source_is_new(s: Asked) -> Refusal | None:
    """The same money is booked once (ZD-3.10: source id unique)."""
    if s.act.source and s.act.source not in s.it.sources:
        return None
    return refuse(s, "source_already_booked", clauses.RECOVERY_RULES, actual=s.act.source)


def fund_part_held(s: Asked) -> Refusal | None:
    """The bank holds something that is the fund's (ZD-3.10)."""
    if s.it.to_remit > Money.ZERO:
        return None
    return refuse(s, "nothing_to_remit", clauses.RECOVERY_RULES, actual=s.it.to_remit)


def terms_given(s: Asked) -> Refusal | None:
    """A compromise states its terms."""
    return None if s.act.terms else refuse(s, "reason_missing", REASONS)


def reason_given(s: Asked) -> Refusal | None:
    """Court ended enforcement, bankruptcy, or three years without assets (ZD-3.10)."""
    return None if s.act.reason else refuse(s, "reason_missing", REASONS)


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
