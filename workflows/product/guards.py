"""Only if: what each act on a product asks before it may happen. ZD-3.2."""

from __future__ import annotations

from typing import Any

from workflows.bank.records import Bank
from workflows.bank.states import BankState
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against

Asked = Situation[Any]


def agreement_live(s: Asked) -> Refusal | None:
    """The bank's programme agreement is signed (ZD-3.2, ZD-3.2.1)."""
    state = s.row(Bank).state
    if state == BankState.SIGNED.name:
        return None
    return refuse(s, "agreement_not_live", clauses.AGREEMENT, actual=state)


def rate_within_cap(s: Asked) -> Refusal | None:
    """At most 1-year LPR plus the spread (ZD-3.2, S2)."""
    spread = s.policy["rate_cap_spread"]
    cap = s.policy["lpr_1y"].value + spread.value
    if s.it.annual_rate <= cap:
        return None
    return against("rate_above_cap", spread, s.it.annual_rate)


def no_extra_fees(s: Asked) -> Refusal | None:
    """No deposit, financing fee or other charge unless the programme allows it (S2)."""
    allowed = s.policy["fees_allowed"]
    if allowed.value or not s.it.fees:
        return None
    return against("fees_forbidden", allowed, s.it.fees)


def cap_within_programme(s: Asked) -> Refusal | None:
    """The product lends no more to a borrower than the programme covers (ZD-4.2, S2)."""
    cap = s.policy["cap_per_borrower"]
    if s.it.amount_cap <= cap.value:
        return None
    return against("cap_over_programme", cap, s.it.amount_cap)


def tenor_within_programme(s: Asked) -> Refusal | None:
    """The product lends no longer than the programme covers (ZD-4.2, S2)."""
    limit = s.policy["max_tenor_months"]
    if s.it.max_term_months <= limit.value:
        return None
    return against("tenor_over_programme", limit, s.it.max_term_months)


def purposes_in_programme(s: Asked) -> Refusal | None:
    """The product names no purpose that the programme does not (ZD-4.2, S2)."""
    purposes = s.policy["purposes"]
    foreign = [one for one in s.it.purposes if one not in purposes.value]
    if s.it.purposes and not foreign:
        return None
    return against("purpose_not_covered", purposes, ", ".join(foreign) or "-")


def reasons_given(s: Asked) -> Refusal | None:
    """A return gives reasons (ZD-3.2)."""
    if s.act.reasons:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def cause_named(s: Asked) -> Refusal | None:
    """A stop names its cause (ZD-3.2)."""
    if s.act.cause:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def cause_gone(s: Asked) -> Refusal | None:
    """A finding says that the cause is gone (ZD-3.2)."""
    if s.act.finding:
        return None
    return refuse(s, "cause_not_gone", clauses.REASONS)
