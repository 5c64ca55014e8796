"""The breaker (熔断): one of the programme and one of each bank, evaluated daily.

Beside each question stands its rule: a parameter, or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.breaker import events, guards, records
from workflows.breaker.decide import DECIDE
from workflows.breaker.evolve import EVOLVE, TIMERS
from workflows.breaker.states import BreakerState
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    Turn,
    commands_of,
    events_of,
    in_turn,
    staying,
)
from workflows.lifecycle.roles import Role

CLOSED, WARNING, TRIPPED, HALF_OPEN = BreakerState
ANY = tuple(BreakerState)
FM_A, SYS = Role.FM_A, Role.SYS
WITH_FC_AND_FIN = in_turn(Turn((Role.FC,), False), Turn((Role.FIN,), False))

# fmt: off
TO_HALF_OPEN = (
    guards.rectified,        # RECTIFIED (ZD-3.12), assumed
    guards.low_long_enough,  # breaker_reset, breaker_calm_days
)
TO_RESET = (
    guards.trial_over,       # breaker_trial_days
)

ROWS = (
    #    trigger        from                         to         who   only if       event                       two?
    Row("evaluate",     NEW,                         CLOSED,    SYS,  (),           events.BreakerEvaluated,    ALONE),
    *staying("evaluate", ANY,                                   SYS,  (),           events.BreakerEvaluated,    ALONE),
    Row("warn",         CLOSED,                      WARNING,   SYS,  (),           events.BreakerWarned,       ALONE),
    Row("end_warning",  WARNING,                     CLOSED,    SYS,  (),           events.BreakerWarningEnded, ALONE),
    Row("trip",         (CLOSED, WARNING, HALF_OPEN), TRIPPED,  SYS,  (),           events.BreakerTripped,      ALONE),
    Row("half_open",    TRIPPED,                     HALF_OPEN, FM_A, TO_HALF_OPEN, events.BreakerHalfOpened,   WITH_FC_AND_FIN),
    Row("reset",        HALF_OPEN,                   CLOSED,    SYS,  TO_RESET,     events.BreakerReset,        ALONE),
)
# fmt: on

BREAKER = Lifecycle(
    noun="breaker",
    record=records.Breaker,
    states=BreakerState,
    final=(),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
