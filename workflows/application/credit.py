"""Only if: what review, approval, offer and conversion ask of an application. ZD-3.4, ZD-4.2.

Facts: ip_states, ip_value and ip_appraised_on (the oldest) of the rights named.
"""

from __future__ import annotations

from typing import Any

from dateutil.relativedelta import relativedelta

from policies.money import Money
from workflows.application.reject_reasons import RejectReason
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against
from workflows.pledge.records import Pledge
from workflows.pledge.states import PledgeState
from workflows.product.records import Product

Asked = Situation[Any]


def items_named(s: Asked) -> Refusal | None:
    """A request for material names it (ZD-3.4)."""
    if s.act.items:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def material_in(s: Asked) -> Refusal | None:
    """The review's clock is paused while material is awaited (ZD-3.4)."""
    if not s.it.awaiting:
        return None
    return refuse(s, "material_awaited", clauses.APPLICATION, actual=", ".join(s.it.awaiting))


def material_awaited(s: Asked) -> Refusal | None:
    """The bank waits for material (ZD-3.4)."""
    if s.it.awaiting:
        return None
    return refuse(s, "no_material_awaited", clauses.APPLICATION)


def finding_given(s: Asked) -> Refusal | None:
    """A due diligence report has a finding (ZD-3.8.2)."""
    if s.act.finding:
        return None
    return refuse(s, "reason_missing", clauses.DUE_DILIGENCE)


def diligence_reported(s: Asked) -> Refusal | None:
    """Investigated before approved (ZD-3.8.2, 三查)."""
    if s.it.diligence_on is not None:
        return None
    return refuse(s, "no_due_diligence", clauses.DUE_DILIGENCE)


def not_replaced_yet(s: Asked) -> Refusal | None:
    """Security is replaced once (ZD-3.14, case 2)."""
    if not s.it.assets_replaced:
        return None
    return refuse(s, "replaced_before", clauses.APPLICATION)


def valuation_current(s: Asked) -> Refusal | None:
    """The oldest appraisal is no older than appraisal_max_age_months (ZD-3.3.1)."""
    age, oldest = s.policy["appraisal_max_age_months"], s.facts["ip_appraised_on"]
    if oldest is not None and s.today <= oldest + relativedelta(months=age.value):
        return None
    return against("appraisal_too_old", age, oldest or "-")


def amount_as_asked(s: Asked) -> Refusal | None:
    """No more than the firm asked for, and than the bank's product lends (ZD-3.4)."""
    least = min(s.it.amount, s.row(Product).amount_cap)
    if Money.ZERO < s.act.amount <= least:
        return None
    return refuse(
        s, "amount_over_request", clauses.APPLICATION, actual=s.act.amount, threshold=least
    )


def tenor_within_limits(s: Asked) -> Refusal | None:
    """Within the programme's tenor (ZD-4.2, S2)."""
    limit = s.policy["max_tenor_months"]
    if 0 < s.act.term_months <= limit.value:
        return None
    return against("tenor_too_long", limit, s.act.term_months)


def rate_within_cap(s: Asked) -> Refusal | None:
    """1-year LPR plus the spread; asked at approval and again at signing (ZD-3.2, S2)."""
    rate = getattr(s.act, "annual_rate", None)
    rate = s.it.annual_rate if rate is None else rate
    spread = s.policy["rate_cap_spread"]
    if rate <= s.policy["lpr_1y"].value + spread.value:
        return None
    return against("rate_above_cap", spread, rate)


def ip_share_sufficient(s: Asked) -> Refusal | None:
    """The part secured by IP is at least min_ip_share of the loan (ZD-4.2, S3)."""
    least = s.policy["min_ip_share"]
    if least.value <= s.act.ip_share <= 1:
        return None
    return against("ip_share_too_low", least, s.act.ip_share)


def ip_value_covers(s: Asked) -> Refusal | None:
    """The part secured by IP is worth it (ZD-5.4). Fact: ip_value."""
    secured = s.act.amount.share_floor(s.act.ip_share)
    if secured <= s.facts["ip_value"]:
        return None
    return refuse(
        s, "ip_value_too_low", clauses.APPRAISAL, actual=s.facts["ip_value"], threshold=secured
    )


def reason_listed(s: Asked) -> Refusal | None:
    """The reason is one of the list (ZD-3.4)."""
    if s.act.reason in RejectReason.__members__:
        return None
    listed = ", ".join(RejectReason.__members__)
    return refuse(
        s, "reason_not_listed", clauses.APPLICATION, actual=s.act.reason, threshold=listed
    )


def offer_open(s: Asked) -> Refusal | None:
    """The offer's last day is not past (ZD-3.4)."""
    if s.today <= s.it.due_by:
        return None
    return against("offer_over", s.policy["offer_validity_days"], s.today)


def within_draw_deadline(s: Asked) -> Refusal | None:
    """Conditions are met within draw_deadline_days of signing (ZD-3.4)."""
    if s.today <= s.it.due_by:
        return None
    return against("conditions_too_late", s.policy["draw_deadline_days"], s.today)


def pledge_registered(s: Asked) -> Refusal | None:
    """No loan before its own pledge is registered (Civil Code 444; appendix C.4)."""
    pledge = s.row(Pledge)
    if pledge.state == PledgeState.REGISTERED.name and pledge.application == s.it.id:
        return None
    return refuse(s, "pledge_not_registered", clauses.PLEDGE_REGISTERED, actual=pledge.state)


def pledge_covers_ip_share(s: Asked) -> Refusal | None:
    """The registered debt covers the part of the loan secured by IP (ZD-4.2, S3)."""
    secured = s.it.approved_amount.share_floor(s.it.ip_share)
    debt = s.row(Pledge).debt
    if debt >= secured:
        return None
    return refuse(s, "pledge_too_small", clauses.PLEDGE_CONTRACT, actual=debt, threshold=secured)
