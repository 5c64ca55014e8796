"""The filing (备案) of a drawn loan: from it the fund covers the loan, or it does not.

Accepting asks whether the fund can bear one more loan; the figures come as facts.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.filing.decide import DECIDE
from workflows.filing.events import EVENTS
from workflows.filing.evolve import EVOLVE, TIMERS
from workflows.filing.guards import (
    breaker_not_tripped,
    filing_window_open,
    fund_can_carry,
    loan_is_covered_kind,
    reason_given,
    window_over,
)
from workflows.filing.records import COMMANDS, Filing
from workflows.filing.states import FilingState
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, two_persons
from workflows.lifecycle.roles import Role

PENDING, LATE, FILED, COVERED, REJECTED, CEASED = FilingState
BK_M, FM_M, FM_A, SYS = Role.BK_M, Role.FM_M, Role.FM_A, Role.SYS
WITH_BK_A, WITH_FM_A = two_persons(Role.BK_A), two_persons(FM_A)

# fmt: off
ROWS = (
    #    trigger         from             to        who   only if                                 event               two?
    Row("open",          NEW,             PENDING,  SYS,  (loan_is_covered_kind,),                "Filing.Opened",    ALONE),
    Row("file",          (PENDING, LATE), FILED,    BK_M, (filing_window_open,),                  "Filing.Submitted", WITH_BK_A),
    Row("fall_late",     PENDING,         LATE,     SYS,  (window_over,),                         "Filing.Late",      ALONE),
    Row("return_filing", FILED,           PENDING,  FM_M, (reason_given,),                        "Filing.Returned",  ALONE),
    Row("accept",        FILED,           COVERED,  FM_M, (fund_can_carry, breaker_not_tripped),  "Filing.Accepted",  WITH_FM_A),
    Row("reject",        FILED,           REJECTED, FM_A, (reason_given,),                        "Filing.Rejected",  ALONE),
    Row("cease", (PENDING, LATE, FILED, COVERED), CEASED, SYS, (),                                "Filing.Ceased",    ALONE),
)
# fmt: on

FILING = Lifecycle(
    noun="filing",
    record=Filing,
    states=FilingState,
    final=(REJECTED, CEASED),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    timers=TIMERS,
)
