"""How an event changes a loan's record, and which timers it sets or drops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.money import Money
from workflows.lending.overdue import CURRENT
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes
from workflows.loan.events import (
    LoanAccelerated,
    LoanArrearsCleared,
    LoanBecameOverdue,
    LoanBucketEntered,
    LoanClassified,
    LoanCompensationReceived,
    LoanDebtForgiven,
    LoanDisbursed,
    LoanInterestPosted,
    LoanNonAccrualStarted,
    LoanOpened,
    LoanPaymentAllocated,
    LoanPostWriteOffRecovery,
    LoanPrepaid,
    LoanRecoveryApplied,
    LoanRepaymentReceived,
    LoanSettled,
    LoanUndrawnCancelled,
    LoanWrittenOff,
)
from workflows.loan.records import EnterBucket, Loan, MarkOverdue

Change = dict[str, Any]


def _disbursed(_loan: Loan, e: LoanDisbursed) -> Change:
    return {
        "disbursed": e.amount,
        "outstanding": e.amount,
        "disbursed_on": e.disbursed_on,
        "interest_from": e.disbursed_on,
        "due_on": e.due_on,
        "balance_after_draw": e.balance_after_draw,
    }


def _interest_posted(loan: Loan, e: LoanInterestPosted) -> Change:
    return {
        "interest_due": loan.interest_due + e.amount,
        "in_term_due": loan.in_term_due + e.in_term,
        "interest_from": e.until,
    }


def _interest_paid(loan: Loan, paid: Money) -> Change:
    """Interest of the term is paid first, since it compounds."""
    return {
        "interest_due": loan.interest_due - paid,
        "in_term_due": max(Money.ZERO, loan.in_term_due - paid),
    }


def _payment_allocated(loan: Loan, e: LoanPaymentAllocated) -> Change:
    return {
        **_interest_paid(loan, e.interest),
        "outstanding": loan.outstanding - e.principal,
        "interest_from": e.allocated_on,
    }


def _recovery_applied(loan: Loan, e: LoanRecoveryApplied) -> Change:
    return {
        **_interest_paid(loan, e.interest),
        "outstanding": loan.outstanding - e.principal,
        "recovered": loan.recovered + e.principal,
        "returned_to_fund": loan.returned_to_fund + e.fund_part,
        "interest_from": e.applied_on,
    }


def _late_recovery(loan: Loan, e: LoanPostWriteOffRecovery) -> Change:
    return {
        **_interest_paid(loan, e.interest),
        "late_recovered": loan.late_recovered + e.principal,
        "returned_to_fund": loan.returned_to_fund + e.fund_part,
    }


def _forgiven(loan: Loan, e: LoanDebtForgiven) -> Change:
    return {
        **_interest_paid(loan, e.interest),
        "outstanding": loan.outstanding - e.on_books,
        "forgiven": e.on_books,
    }


def _compensated(loan: Loan, e: LoanCompensationReceived) -> Change:
    return {"compensated": loan.compensated + e.amount}


def _cleared(_loan: Loan, _e: LoanArrearsCleared) -> Change:
    return {"overdue_since": None, "bucket": CURRENT}


def _written_off(loan: Loan, e: LoanWrittenOff) -> Change:
    return {
        "outstanding": loan.outstanding - e.amount,
        "written_off": e.amount,
        "written_off_on": e.written_off_on,
        "non_accrual": True,
    }


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    LoanOpened: takes(
        "policy", "enterprise", "bank", "fund", "product", "application", "pledge",
        "approved_amount", "annual_rate", "term_months", "ip_share", "asset_class", "origin",
        "draw_by",
    ),
    LoanDisbursed:            _disbursed,
    LoanUndrawnCancelled:     takes(),
    LoanInterestPosted:       _interest_posted,
    LoanRepaymentReceived:    takes(),
    LoanPrepaid:              takes(),
    LoanPaymentAllocated:     _payment_allocated,
    LoanBecameOverdue:        takes("overdue_since"),
    LoanBucketEntered:        takes("bucket"),
    LoanClassified:           takes("classification"),
    LoanNonAccrualStarted:    lambda _loan, _e: {"non_accrual": True},
    LoanArrearsCleared:       _cleared,
    LoanAccelerated:          takes("due_on"),
    LoanCompensationReceived: _compensated,
    LoanRecoveryApplied:      _recovery_applied,
    LoanPostWriteOffRecovery: _late_recovery,
    LoanDebtForgiven:         _forgiven,
    LoanWrittenOff:           _written_off,
    LoanSettled:              takes("settled_on"),
}
# fmt: on

OVERDUE, BUCKET = "overdue", "bucket"


def _await_due_date(loan: Loan, e: LoanDisbursed) -> tuple[Any, ...]:
    return (SetTimer(OVERDUE, day_after(e.due_on), MarkOverdue(loan.id)),)


def _await_bucket(loan: Loan, e: LoanBecameOverdue | LoanBucketEntered) -> tuple[Any, ...]:
    if e.next_bucket_on is None:
        return (DropTimer(BUCKET),)
    return (SetTimer(BUCKET, e.next_bucket_on, EnterBucket(loan.id)),)


def _await_due_date_again(loan: Loan, e: LoanArrearsCleared) -> tuple[Any, ...]:
    return (DropTimer(BUCKET), SetTimer(OVERDUE, day_after(e.due_on), MarkOverdue(loan.id)))


def _await_nothing(_loan: Loan, _e: Any) -> tuple[Any, ...]:
    return (DropTimer(OVERDUE), DropTimer(BUCKET))


# fmt: off
TIMERS: Mapping[type, Timers] = {
    LoanDisbursed:        _await_due_date,
    LoanBecameOverdue:    lambda loan, e: (DropTimer(OVERDUE), *_await_bucket(loan, e)),
    LoanBucketEntered:    _await_bucket,
    LoanArrearsCleared:   _await_due_date_again,
    LoanWrittenOff:       _await_nothing,
    LoanSettled:          _await_nothing,
}
# fmt: on
