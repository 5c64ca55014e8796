"""How a change of its terms or of its class on the way back changes a loan's record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from policies.money import Money
from workflows.lending.interest import InterestDue
from workflows.lending.overdue import CURRENT, NON_PERFORMING
from workflows.lending.terms import Plan
from workflows.lifecycle.evolution import Evolve, takes, takes_and
from workflows.loan.change_events import (
    LoanAlertRaised,
    LoanChangeAgreed,
    LoanCured,
    LoanExtended,
    LoanExtensionRefused,
    LoanExtensionRequested,
    LoanObservationEnded,
    LoanObservationStarted,
    LoanPaymentReplayed,
    LoanProbationStarted,
    LoanRenewed,
    LoanRestructured,
    LoanTakenOver,
    LoanTechnicalWaived,
)
from workflows.loan.records import Loan

Change = dict[str, Any]


def _extended(loan: Loan, e: LoanExtended) -> Change:
    return {
        "due_on": e.due_on,
        "schedule": e.schedule,
        "unpaid_interest": _redated(loan, e.schedule),
        "extended_months": e.extended_months,
        "asked_months": 0,
        "agreed": "",
    }


def _redated(loan: Loan, plan: Plan) -> tuple[InterestDue, ...]:
    """Interest posted and not due yet falls due with the plan that is changed."""
    dates, since = [one.due_on for one in plan], loan.interest_from or date.min
    return tuple(
        one
        if one.due_on <= since
        else InterestDue(next(day for day in dates if day >= one.due_on), one.amount)
        for one in loan.unpaid_interest
    )


def _restructured(loan: Loan, e: LoanRestructured) -> Change:
    """All interest owed falls due on the first date to come, whatever it was borne by."""
    since = loan.interest_from or date.min
    first = next(one.due_on for one in e.schedule if one.due_on > since)
    owed = (InterestDue(first, loan.interest_due),) if loan.interest_due else ()
    return {
        "restructured": e.restructured,
        "annual_rate": e.annual_rate,
        "due_on": e.due_on,
        "schedule": e.schedule,
        "classification": e.classification,
        "unpaid_interest": owed,
        "penalty_due": Money.ZERO,
        "overdue_since": None,
        "bucket": CURRENT,
        "agreed": "",
        "asked_months": 0,
        "probation_until": None,
    }


def _taken_over(_loan: None, e: LoanTakenOver) -> Change:
    return {
        **{name: getattr(e, name) for name in TAKEN_OVER},
        "disbursed": e.approved_amount,
        "outstanding": e.approved_amount,
        "interest_from": e.disbursed_on,
        "accrued_on": e.disbursed_on,
    }


def _renewed(loan: Loan, e: LoanRenewed) -> Change:
    return {"renewed_as": e.renewed_as, "outstanding": loan.outstanding - e.principal, "agreed": ""}


def _cured(loan: Loan, e: LoanCured) -> Change:
    change: Change = {"classification": e.classification, "probation_until": None}
    if loan.non_accrual and e.classification not in NON_PERFORMING:
        change |= {"non_accrual": False, "noted": e.noted}
    return change


# fmt: off
TAKEN_OVER = (
    "renews",
    "policy",
    "enterprise",
    "bank",
    "fund",
    "product",
    "application",
    "pledge",
    "approved_amount",
    "annual_rate",
    "term_months",
    "ip_share",
    "asset_class",
    "classification",
    "disbursed_on",
    "due_on",
    "terms",
    "schedule",
    "balance_after_draw",
)

REPLAYED = (
    "outstanding", "interest_due", "unpaid_interest", "penalty_due", "interest_from", "schedule",
)

CHANGED: Mapping[type, Evolve] = {
    LoanExtensionRequested:   takes("asked_months"),
    LoanExtensionRefused:     lambda _loan, _e: {"asked_months": 0, "agreed": ""},
    LoanChangeAgreed:         takes("agreed"),
    LoanExtended:             _extended,
    LoanRestructured:         _restructured,
    LoanObservationStarted:   takes("observed_from", "observed_until"),
    LoanObservationEnded:     lambda _loan, _e: {"observed_from": None, "observed_until": None},
    LoanRenewed:              _renewed,
    LoanTakenOver:            _taken_over,
    LoanProbationStarted:     takes("probation_until"),
    LoanCured:                _cured,
    LoanPaymentReplayed:      takes(*REPLAYED),
    LoanTechnicalWaived:      takes_and(("classification",), {"probation_until": None}),
    LoanAlertRaised:          takes(),
}
# fmt: on
