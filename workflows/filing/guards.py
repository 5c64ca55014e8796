"""When a step of a filing may be taken: one question a function, the rule beside it.

Which step asks which question stands in table.py. What the fund can bear comes as facts.
"""

from __future__ import annotations

from typing import Any

from policies.calendar import add_working_days
from workflows.filing import clauses
from workflows.fund.breaker import tripping_ratio
from workflows.lifecycle.clauses import REASONS, refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.loan.records import Loan

Asked = Situation[Any]


def loan_is_covered_kind(s: Asked) -> Refusal | None:
    """The loan was drawn under a fund."""
    loan = s.row(Loan)
    if loan.fund and loan.disbursed:
        return None
    return refuse(s, "not_covered", clauses.COVER)


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
    if s.act.reason:
        return None
    return refuse(s, "reason_missing", REASONS)


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
    if worst < trip.value:
        return None
    return against("breaker_tripped", trip, f"{worst:.4f}")
