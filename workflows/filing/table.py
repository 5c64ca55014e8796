"""The filing (备案) of a drawn loan: from it the fund covers the loan, or it does not.

Beside each question stands its rule: a parameter, whose value, source and grade the loan's case
says (`zhidai policy show`), or a clause of clauses.py with its grade.
"""
# ruff: noqa: E501 - the table is read from left to right

from __future__ import annotations

from workflows.filing import events, guards, records
from workflows.filing.decide import DECIDE
from workflows.filing.evolve import EVOLVE
from workflows.filing.states import FilingState
from workflows.lifecycle.deadlines import duty, lapse
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

PENDING, LATE, FILED, COVERED, REJECTED, CEASED = FilingState
OPEN = (PENDING, LATE, FILED)
UNENDED = (PENDING, LATE, FILED, COVERED)
BK_M, FM_M, FM_A, SYS = Role.BK_M, Role.FM_M, Role.FM_A, Role.SYS
WITH_BK_A, WITH_FM_A = two_persons(Role.BK_A), two_persons(FM_A)

# fmt: off
TO_OPEN = (
    guards.loan_is_covered_kind,  # COVER (ZD-3.7), assumed
)
TO_FILE = (
    guards.account_named,         # PAYMENT_ACCOUNT (ZD-2.4), assumed
    guards.filing_window_open,    # filing_late_wd
    guards.breaker_not_tripped,   # breaker_trip
    guards.fund_not_exhausted,    # EXHAUSTED (ZD-3.12.1), assumed
)
TO_FALL_LATE = (
    guards.window_over,           # COVER (ZD-3.7), assumed
)
TO_ACCEPT = (
    guards.fund_can_carry,        # leverage_cap
    guards.breaker_not_tripped,   # breaker_trip
    guards.room_on_trial,         # breaker_half_open_share
    guards.fund_not_exhausted,    # EXHAUSTED (ZD-3.12.1), assumed
)
TO_SEND_AWAY = (
    guards.reason_given,          # REASONS (ZD-3.0.1), assumed
)

TO_SUSPEND = (
    guards.amendment_missed,      # amendment_wd
)
TO_AMEND = (
    guards.amendment_awaited,     # COVER (ZD-3.7), assumed
)

ROWS = (
    #    trigger         from             to        who   only if       event                   two?
    Row("open",          NEW,             PENDING,  SYS,  TO_OPEN,      events.FilingOpened,    ALONE),
    Row("file",          (PENDING, LATE), FILED,    BK_M, TO_FILE,      events.FilingSubmitted, WITH_BK_A),
    Row("fall_late",     PENDING,         LATE,     SYS,  TO_FALL_LATE, events.FilingLate,      ALONE),
    Row("return_filing", FILED,           PENDING,  FM_M, TO_SEND_AWAY, events.FilingReturned,  ALONE),
    Row("accept",        FILED,           COVERED,  FM_M, TO_ACCEPT,    events.FilingAccepted,  WITH_FM_A),
    Row("reject",        FILED,           REJECTED, FM_M, TO_SEND_AWAY, events.FilingRejected,  WITH_FM_A),
    *staying("refuse_by_breaker", OPEN,              SYS,  (),           events.FilingRefusedByBreaker, ALONE),
    *staying("await_amendment", tuple(FilingState), SYS,  (),       events.FilingAmendmentAwaited, ALONE),
    Row("suspend_cover", COVERED,         COVERED,  SYS,  TO_SUSPEND,   events.FilingCoverSuspended, ALONE),
    Row("amend",         COVERED,         COVERED,  BK_M, TO_AMEND,     events.FilingAmended,   WITH_BK_A),
    Row("cease",         UNENDED,         CEASED,   SYS,  (),           events.FilingCeased,    ALONE),
)

OPENED = (events.FilingOpened, events.FilingReturned)

DEADLINES = (
    #     name              begins with             last day    rule                  whose  in       then
    lapse("filing_window",  OPENED,                 "file_by",  "filing_deadline_wd", BK_M,  PENDING, records.MarkFilingLate),
    lapse("amendment", events.FilingAmendmentAwaited, "amend_by", "amendment_wd",     BK_M,  COVERED, records.SuspendCover, ends=events.FilingAmended),
    duty ("filing_review",  events.FilingSubmitted, "answer_by", "filing_review_wd",  FM_M,  FILED),
)
# fmt: on

FILING = Lifecycle(
    noun="filing",
    record=records.Filing,
    states=FilingState,
    final=(REJECTED, CEASED),
    rows=ROWS,
    commands=commands_of(records),
    events=events_of(events),
    decide=DECIDE,
    evolve=EVOLVE,
    deadlines=DEADLINES,
)
