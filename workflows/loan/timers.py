"""Which timers an event on a loan sets or drops: due dates, arrears, days past due."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Timers
from workflows.loan.change_events import (
    LoanDrawn,
    LoanExtended,
    LoanObservationStarted,
    LoanPaymentReplayed,
    LoanRenewed,
    LoanRestructured,
    LoanTakenOver,
)
from workflows.loan.change_records import EndObservation
from workflows.loan.dues import next_due, next_unpaid
from workflows.loan.events import (
    LoanAccelerated,
    LoanArrearsCleared,
    LoanArrearsReduced,
    LoanBecameOverdue,
    LoanBucketEntered,
    LoanDisbursed,
    LoanInterestPosted,
    LoanPaymentAllocated,
    LoanSettled,
    LoanWrittenOff,
)
from workflows.loan.records import (
    EnterBucket,
    Loan,
    MarkOverdue,
    PostInterest,
)
from workflows.loan.states import LoanState

DUE, OVERDUE, BUCKET, OBSERVATION = "due", "overdue", "bucket", "observation"


def _await_due_dates(loan: Loan) -> tuple[Any, ...]:
    """Interest is posted on each due date but that of a bullet, which falls overdue or is paid."""
    comes = next_due(loan) if len(loan.schedule) > 1 else None
    due = () if comes is None else (SetTimer(DUE, comes, PostInterest(loan.id, comes)),)
    return (*due, *_await_arrears(loan))


def _await_arrears(loan: Loan) -> tuple[Any, ...]:
    """The day after the first due date of which something is unpaid; later ones are overdue too."""
    first = next_unpaid(loan) if loan.state == LoanState.ACTIVE.name else None
    return () if first is None else (SetTimer(OVERDUE, day_after(first), MarkOverdue(loan.id)),)


def _await_next(loan: Loan, e: LoanInterestPosted) -> tuple[Any, ...]:
    """A due date has come."""
    return _await_due_dates(loan) if e.until == e.due_on and len(loan.schedule) > 1 else ()


def _await_rest(loan: Loan, _e: LoanPaymentAllocated | LoanPaymentReplayed) -> tuple[Any, ...]:
    """What was paid is waited for no longer."""
    return _await_due_dates(loan) if loan.outstanding and len(loan.schedule) > 1 else ()


def _await_bucket(
    loan: Loan, e: LoanBecameOverdue | LoanBucketEntered | LoanArrearsReduced | LoanAccelerated
) -> tuple[Any, ...]:
    if e.next_bucket_on is None:
        return (DropTimer(BUCKET),)
    return (SetTimer(BUCKET, e.next_bucket_on, EnterBucket(loan.id)),)


def _await_days(loan: Loan, e: LoanAccelerated) -> tuple[Any, ...]:
    """All is due: only days past due run on."""
    return (DropTimer(DUE), DropTimer(OVERDUE), *_await_bucket(loan, e))


def _await_due_date_again(loan: Loan, _e: LoanArrearsCleared) -> tuple[Any, ...]:
    return (DropTimer(BUCKET), *_await_arrears(loan))


def _await_new_dates(loan: Loan, _e: Any) -> tuple[Any, ...]:
    """The terms have changed: nothing is overdue on the new ones."""
    return (DropTimer(BUCKET), *_await_due_dates(loan))


def _await_end_of_observation(loan: Loan, e: LoanObservationStarted) -> tuple[Any, ...]:
    return (SetTimer(OBSERVATION, day_after(e.observed_until), EndObservation(loan.id)),)


def _await_nothing(_loan: Loan, _e: Any) -> tuple[Any, ...]:
    return (DropTimer(DUE), DropTimer(OVERDUE), DropTimer(BUCKET), DropTimer(OBSERVATION))


# fmt: off
TIMERS: Mapping[type, Timers] = {
    LoanDisbursed:        lambda loan, _e: _await_due_dates(loan),
    LoanDrawn:            lambda loan, _e: _await_due_dates(loan),
    LoanInterestPosted:   _await_next,
    LoanPaymentAllocated: _await_rest,
    LoanPaymentReplayed:  _await_rest,
    LoanBecameOverdue:    lambda loan, e: (DropTimer(OVERDUE), *_await_bucket(loan, e)),
    LoanArrearsReduced:   _await_bucket,
    LoanBucketEntered:    _await_bucket,
    LoanArrearsCleared:   _await_due_date_again,
    LoanAccelerated:      _await_days,
    LoanExtended:           lambda loan, _e: _await_due_dates(loan),
    LoanRestructured:       _await_new_dates,
    LoanObservationStarted: _await_end_of_observation,
    LoanTakenOver:          lambda loan, _e: _await_due_dates(loan),
    LoanRenewed:            _await_nothing,
    LoanWrittenOff:       _await_nothing,
    LoanSettled:          _await_nothing,
}
# fmt: on
