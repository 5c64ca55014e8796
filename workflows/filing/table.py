"""The filing (备案) of a drawn loan: from it the fund covers the loan, or it does not.

Accepting asks whether the fund can bear one more loan; the figures come as facts.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from enum import Enum
from typing import Any

from policies.calendar import add_working_days
from workflows.filing.decide import DECIDE, EVOLVE, TIMERS
from workflows.filing.records import COMMANDS, EVENTS, Filing
from workflows.fund.breaker import tripping_ratio
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, two_persons
from workflows.lifecycle.refusals import Refusal, against
from workflows.lifecycle.roles import Role
from workflows.loan import clauses
from workflows.loan.records import Loan

__all__ = ["FILING", "Filing", "FilingState"]


class FilingState(Enum):
    """Where a filing stands."""

    PENDING = "PENDING"  # the bank has yet to file
    LATE = "LATE"  # the window is over; filing covers only what comes after acceptance
    FILED = "FILED"  # the fund manager looks at it
    COVERED = "COVERED"  # the fund shares the loss
    REJECTED = "REJECTED"
    CEASED = "CEASED"  # the loan is settled


PENDING, LATE, FILED, COVERED, REJECTED, CEASED = FilingState
BK_M, FM_M, FM_A, SYS = Role.BK_M, Role.FM_M, Role.FM_A, Role.SYS
WITH_BK_A, WITH_FM_A = two_persons(Role.BK_A), two_persons(FM_A)
Asked = Situation[Any]


# --- only if --------------------------------------------------------------------------------


def loan_is_covered_kind(s: Asked) -> Refusal | None:
    """The loan was drawn under a fund."""
    loan = s.row(Loan)
    return None if loan.fund and loan.disbursed else refuse(s, "not_covered", clauses.COVER)


def filing_window_open(s: Asked) -> Refusal | None:
    """Filed within filing_late_wd working days of the drawing at the latest (ZD-3.7)."""
    window = s.policy["filing_late_wd"]
    if s.today <= add_working_days(s.it.drawn_on, window.value).date:
        return None
    return against("filing_window_closed", window, s.today)


def window_over(s: Asked) -> Refusal | None:
    """The last day for filing is past."""
    if s.today > s.it.file_by:
        return None
    return refuse(s, "window_still_open", clauses.COVER, actual=s.today, threshold=s.it.file_by)


def reason_given(s: Asked) -> Refusal | None:
    """A return or refusal gives its reason."""
    return None if s.act.reason else refuse(s, "reason_missing", REASONS)


def fund_can_carry(s: Asked) -> Refusal | None:
    """Covered balance with this loan within leverage x fund cash (ZD-3.7).

    Facts: covered_balance, fund_cash.
    """
    leverage = s.policy["leverage_cap"]
    carried = s.facts["covered_balance"] + s.row(Loan).outstanding
    if carried <= s.facts["fund_cash"].share_floor(leverage.value):
        return None
    return against("leverage_exceeded", leverage, carried)


def breaker_not_tripped(s: Asked) -> Refusal | None:
    """Bad loans stay under breaker_trip in the programme and at this bank (ZD-3.12)."""
    trip, worst = s.policy["breaker_trip"], tripping_ratio(s.facts, s.policy)
    return None if worst < trip.value else against("breaker_tripped", trip, f"{worst:.4f}")


# --- the table ------------------------------------------------------------------------------

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
