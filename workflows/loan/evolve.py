"""How an event changes a loan's record; which timers it sets stands in timers.py."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money, total
from workflows.lending.arrears.instalments import overdue_principal, plan_of
from workflows.lending.interest import InterestDue
from workflows.lending.overdue import CURRENT
from workflows.lending.terms import PlannedInstalment
from workflows.lifecycle.evolution import Evolve, takes, takes_and
from workflows.loan import inspection, security
from workflows.loan.change_events import LoanDrawn
from workflows.loan.change_evolve import CHANGED
from workflows.loan.events import (
    LoanAccelerated,
    LoanArrearsCleared,
    LoanArrearsReduced,
    LoanBecameOverdue,
    LoanBucketEntered,
    LoanClassified,
    LoanCompensationReceived,
    LoanCompensationReturned,
    LoanDebtForgiven,
    LoanDisbursed,
    LoanInterestAccrued,
    LoanInterestPosted,
    LoanNonAccrualStarted,
    LoanOpened,
    LoanPaymentAllocated,
    LoanPostWriteOffRecovery,
    LoanPrepaid,
    LoanProvisioned,
    LoanRecoveryApplied,
    LoanRepaymentReceived,
    LoanSettled,
    LoanUndrawnCancelled,
    LoanWrittenOff,
)
from workflows.loan.records import BOARDED, Loan

Change = dict[str, Any]


def _disbursed(loan: Loan, e: LoanDisbursed) -> Change:
    return {
        "disbursed": e.amount,
        "outstanding": e.amount,
        "disbursed_on": e.disbursed_on,
        "interest_from": e.disbursed_on,
        "accrued_on": None if loan.origin == BOARDED else e.disbursed_on,
        "due_on": e.due_on,
        "schedule": e.schedule,
        "balance_after_draw": e.balance_after_draw,
    }


def _drawn(loan: Loan, e: LoanDrawn) -> Change:
    return {
        "disbursed": loan.disbursed + e.amount,
        "outstanding": loan.outstanding + e.amount,
        "counted_from": e.drawn_on,
        "products": e.products,
        "schedule": e.schedule,
        "balance_after_draw": e.balance_after_draw,
    }


def _interest_posted(loan: Loan, e: LoanInterestPosted) -> Change:
    change: Change = {
        "interest_due": loan.interest_due + e.amount,
        "penalty_due": loan.penalty_due + e.penalty,
        "interest_from": e.until,
        "counted_from": None,
        "products": Decimal(0),
        "accrued": Money.ZERO,
        "accrued_on": loan.accrued_on and e.until,
    }
    due_on = e.due_on or loan.due_on
    if e.in_term and due_on is not None:
        change["unpaid_interest"] = _with(loan.unpaid_interest, InterestDue(due_on, e.in_term))
    return change


def _interest_accrued(loan: Loan, e: LoanInterestAccrued) -> Change:
    return {"accrued": loan.accrued + e.amount, "accrued_on": e.until}


def _with(unpaid: tuple[InterestDue, ...], one: InterestDue) -> tuple[InterestDue, ...]:
    """Interest of one due date stands together."""
    if unpaid and unpaid[-1].due_on == one.due_on:
        return (*unpaid[:-1], InterestDue(one.due_on, unpaid[-1].amount + one.amount))
    return (*unpaid, one)


def _interest_paid(loan: Loan, paid: Money, on: date) -> Change:
    """Interest of the term that is due is paid first, the oldest before, since it compounds.

    Then what it has borne, then penalty, then interest that is not due yet.
    """
    due = tuple(one for one in loan.unpaid_interest if one.due_on <= on)
    ahead = loan.unpaid_interest[len(due) :]
    left, due = _met(due, paid)
    other = loan.interest_due - total(one.amount for one in loan.unpaid_interest)
    compound = min(left, other - loan.penalty_due)
    penalty = min(left - compound, loan.penalty_due)
    _, ahead = _met(ahead, left - compound - penalty)
    return {
        "interest_due": loan.interest_due - paid,
        "unpaid_interest": (*due, *ahead),
        "penalty_due": loan.penalty_due - penalty,
    }


def _met(unpaid: tuple[InterestDue, ...], left: Money) -> tuple[Money, tuple[InterestDue, ...]]:
    """What is left of a payment and of the interest it meets."""
    rest = list[InterestDue]()
    for one in unpaid:
        met = min(left, one.amount)
        left -= met
        if met < one.amount:
            rest.append(InterestDue(one.due_on, one.amount - met))
    return left, tuple(rest)


def _payment_allocated(loan: Loan, e: LoanPaymentAllocated) -> Change:
    return {
        **_interest_paid(loan, e.interest, e.allocated_on),
        "outstanding": loan.outstanding - e.principal,
        "interest_from": e.allocated_on,
        "noted": loan.noted - e.noted,
        "schedule": loan.schedule if e.schedule is None else e.schedule,
    }


def _accelerated(loan: Loan, e: LoanAccelerated) -> Change:
    """What was to come falls due that day, the posted interest with it."""
    plan = plan_of(loan)
    past = tuple(one for one in plan if one.due_on <= e.due_on)
    left = overdue_principal(plan, loan.outstanding, e.due_on)
    called = PlannedInstalment(e.due_on, loan.outstanding - left)
    soon = tuple(InterestDue(min(one.due_on, e.due_on), one.amount) for one in loan.unpaid_interest)
    return {
        "due_on": e.due_on,
        "schedule": (*past, called),
        "unpaid_interest": soon,
        "overdue_since": loan.overdue_since or e.due_on,
    }


def _recovery_applied(loan: Loan, e: LoanRecoveryApplied) -> Change:
    return {
        **_interest_paid(loan, e.interest, e.applied_on),
        "outstanding": loan.outstanding - e.principal,
        "recovered": loan.recovered + e.principal,
        "returned_to_fund": loan.returned_to_fund + e.fund_part,
        "interest_from": e.applied_on,
    }


def _late_recovery(loan: Loan, e: LoanPostWriteOffRecovery) -> Change:
    return {
        **_interest_paid(loan, e.interest, date.max),
        "late_recovered": loan.late_recovered + e.principal,
        "returned_to_fund": loan.returned_to_fund + e.fund_part,
    }


def _forgiven(loan: Loan, e: LoanDebtForgiven) -> Change:
    return {
        **_interest_paid(loan, e.interest, date.max),
        "outstanding": loan.outstanding - e.on_books,
        "forgiven": e.on_books,
        "provision": Money.ZERO,
    }


def _compensated(loan: Loan, e: LoanCompensationReceived) -> Change:
    return {"compensated": loan.compensated + e.amount}


def _returned(loan: Loan, e: LoanCompensationReturned) -> Change:
    return {"returned_to_fund": loan.returned_to_fund + e.amount}


def _cleared(_loan: Loan, _e: LoanArrearsCleared) -> Change:
    return {"overdue_since": None, "bucket": CURRENT}


def _written_off(loan: Loan, e: LoanWrittenOff) -> Change:
    return {
        "outstanding": loan.outstanding - e.amount,
        "written_off": e.amount,
        "written_off_on": e.written_off_on,
        "non_accrual": True,
        "provision": Money.ZERO,
    }


# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    **security.EVOLVE,
    **inspection.EVOLVE,
    LoanOpened: takes(
        "policy", "enterprise", "bank", "fund", "product", "application", "pledge",
        "approved_amount", "annual_rate", "term_months", "ip_share", "asset_class", "origin",
        "draw_by", "terms",
    ),
    LoanDisbursed:            _disbursed,
    LoanDrawn:                _drawn,
    LoanUndrawnCancelled:     takes(),
    LoanInterestPosted:       _interest_posted,
    LoanInterestAccrued:      _interest_accrued,
    LoanRepaymentReceived:    takes(),
    LoanPrepaid:              takes(),
    LoanPaymentAllocated:     _payment_allocated,
    LoanBecameOverdue:        takes_and(("overdue_since",), {"probation_until": None}),
    LoanArrearsReduced:       takes("overdue_since"),
    LoanBucketEntered:        takes("bucket"),
    LoanClassified:           takes("classification"),
    LoanNonAccrualStarted:    lambda _loan, _e: {"non_accrual": True, "noted": Money.ZERO},
    LoanArrearsCleared:       _cleared,
    LoanAccelerated:          _accelerated,
    LoanCompensationReceived: _compensated,
    LoanCompensationReturned: _returned,
    **CHANGED,
    LoanProvisioned:          takes("provision"),
    LoanRecoveryApplied:      _recovery_applied,
    LoanPostWriteOffRecovery: _late_recovery,
    LoanDebtForgiven:         _forgiven,
    LoanWrittenOff:           _written_off,
    LoanSettled:              takes("settled_on"),
}
# fmt: on
