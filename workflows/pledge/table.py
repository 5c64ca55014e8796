"""A pledge and its registration: it secures from registration on, and ends when the debt does.

No number here: how long each side has is policy; the twelve grounds are the registry's.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, two_persons
from workflows.lifecycle.roles import Role
from workflows.pledge.decide import DECIDE
from workflows.pledge.events import EVENTS
from workflows.pledge.evolve import EVOLVE, TIMERS
from workflows.pledge.guards import (
    assets_of_application,
    change_agreed,
    contract_names_all,
    debt_within_right_term,
    defects_named,
    ground_listed,
    no_ground_stands,
    offer_signed,
    papers_complete,
    pledge_ended,
    rights_appraised,
    window_over,
    within_window,
)
from workflows.pledge.records import COMMANDS, Pledge
from workflows.pledge.states import PledgeState

(PREPARED, FILED, CORRECTION, REGISTERED, CANCELLED, REFUSED, REVOKED, WITHDRAWN) = PledgeState

BK_M, BK_L, BK_R, ENT_S, REG, SYS = (
    Role.BK_M,
    Role.BK_L,
    Role.BK_R,
    Role.ENT_S,
    Role.REG,
    Role.SYS,
)

WITH_FIRM = two_persons(ENT_S, same_organisation=False)
COMES_INTO_BEING = (no_ground_stands, rights_appraised, debt_within_right_term)
WRITTEN = (contract_names_all, offer_signed, assets_of_application, debt_within_right_term)

# fmt: off
ROWS = (
    #    trigger               from        to          who                      unless / only if                       event                        two?
    Row("prepare",             NEW,        PREPARED,   BK_M,                    WRITTEN,                               "Pledge.Prepared",           ALONE),
    Row("file",                PREPARED,   FILED,      BK_M,                    (papers_complete,),                    "Pledge.Filed",              WITH_FIRM),
    Row("request_correction",  FILED,      CORRECTION, REG,                     (defects_named,),                      "Pledge.CorrectionRequested", ALONE),
    Row("correct",             CORRECTION, FILED,      BK_M,                    (within_window, papers_complete),      "Pledge.Corrected",          WITH_FIRM),
    Row("lapse_filing",        CORRECTION, WITHDRAWN,  SYS,                     (window_over,),                        "Pledge.FilingLapsed",       ALONE),
    Row("register",            FILED,      REGISTERED, REG,                     COMES_INTO_BEING,                      "Pledge.Registered",         ALONE),
    Row("refuse",              FILED,      REFUSED,    REG,                     (ground_listed,),                      "Pledge.Refused",            ALONE),
    Row("change",              REGISTERED, REGISTERED, BK_M,                    (change_agreed, debt_within_right_term), "Pledge.Changed",          WITH_FIRM),
    Row("call_cancellation",   REGISTERED, REGISTERED, SYS,                     (),                                    "Pledge.CancellationDue",    ALONE),
    Row("cancel",              REGISTERED, CANCELLED,  (BK_M, BK_L, BK_R, SYS), (pledge_ended,),                       "Pledge.Cancelled",          ALONE),
    Row("revoke",              REGISTERED, REVOKED,    REG,                     (ground_listed,),                      "Pledge.Revoked",            ALONE),
)
# fmt: on

PLEDGE = Lifecycle(
    noun="pledge",
    record=Pledge,
    states=PledgeState,
    final=(CANCELLED, REFUSED, REVOKED, WITHDRAWN),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
