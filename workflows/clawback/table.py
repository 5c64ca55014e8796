"""The clawback (追回): opened by auditor or fund, ordered, demanded; repaid, offset or referred.

Beside each question stands its rule: a parameter, or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.clawback import events, guards, records
from workflows.clawback.decide import DECIDE
from workflows.clawback.evolve import EVOLVE
from workflows.clawback.postings import POSTINGS
from workflows.clawback.states import ClawbackState
from workflows.lifecycle.deadlines import lapse
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    Turn,
    commands_of,
    events_of,
    in_turn,
    two_persons,
)
from workflows.lifecycle.roles import Role

OPENED, DISMISSED, CONFIRMED, DEMANDED, OVERDUE, REPAID, OFFSET, REFERRED = ClawbackState
AUD, BK_L, FC, FIN = Role.AUD, Role.BK_L, Role.FC, Role.FIN
FM_A, FM_F, SYS = Role.FM_A, Role.FM_F, Role.SYS
ORDER = in_turn(Turn((FC,), False), Turn((), False, limit=guards.from_fiscal_limit, beyond=(FIN,)))
WITH_FC = two_persons(FC, same_organisation=False)
RECEIVED = two_persons(FM_F, same_organisation=False)  # the fund confirms receipt
FM_F_TWICE = two_persons(FM_F)

# fmt: off
TO_OPEN = (
    guards.ground_named,        # CLAWBACK (ZD-3.11), assumed
    guards.compensation_paid,   # CLAWBACK (ZD-3.11), assumed
    guards.bank_at_fault,       # SAFE_HARBOUR (ZD-3.11), assumed
)
TO_DISMISS = (
    guards.reason_given,        # REASONS (ZD-3.0.1), assumed
)
TO_FALL_OVERDUE = (
    guards.deadline_over,       # CLAWBACK (ZD-3.11), assumed
)
TO_OFFSET = (
    guards.enough_to_withhold,  # CLAWBACK (ZD-3.11), assumed
)
TO_REFER = (
    guards.authority_named,     # CLAWBACK (ZD-3.11), assumed
)

ROWS = (
    #    trigger         from                 to         who          only if          event                     two?
    Row("open",          NEW,                 OPENED,    (AUD, FM_A), TO_OPEN,         events.ClawbackOpened,    ALONE),
    Row("dismiss",       OPENED,              DISMISSED, (AUD, FM_A), TO_DISMISS,      events.ClawbackDismissed, WITH_FC),
    Row("confirm",       OPENED,              CONFIRMED, (AUD, FM_A), (),              events.ClawbackConfirmed, ORDER),
    Row("demand",        CONFIRMED,           DEMANDED,  FM_A,        (),              events.ClawbackDemanded,  ALONE),
    Row("fall_overdue",  DEMANDED,            OVERDUE,   SYS,         TO_FALL_OVERDUE, events.ClawbackOverdue,   ALONE),
    Row("repay",         (DEMANDED, OVERDUE), REPAID,    BK_L,        (),              events.ClawbackRepaid,    RECEIVED),
    Row("offset",        OVERDUE,             OFFSET,    FM_F,        TO_OFFSET,       events.ClawbackOffset,    FM_F_TWICE),
    Row("refer",         OVERDUE,             REFERRED,  FM_A,        TO_REFER,        events.ClawbackReferred,  WITH_FC),
)

DEADLINES = (
    #     name             begins with              last day    rule             whose  in         then
    lapse("clawback_days", events.ClawbackDemanded, "repay_by", "clawback_days", BK_L,  DEMANDED,  records.PassClawbackDeadline),
)
# fmt: on

CLAWBACK = Lifecycle(
    noun="clawback",
    record=records.Clawback,
    states=ClawbackState,
    final=(DISMISSED, REPAID, OFFSET, REFERRED),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    postings=POSTINGS,
    deadlines=DEADLINES,
)
