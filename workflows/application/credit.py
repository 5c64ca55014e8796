"""Only if: what review, approval, offer and conversion ask of an application. ZD-3.4, ZD-4.2."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from policies.money import Money
from workflows.application.records import (
    Application,
    ApproveCredit,
    RejectCredit,
    ReportDueDiligence,
    RequestMaterial,
)
from workflows.application.reject_reasons import RejectReason
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, within
from workflows.pledge.facts import Rights
from workflows.pledge.records import Pledge
from workflows.pledge.states import PledgeState
from workflows.product.guards import rate_capped
from workflows.product.records import Product


def items_named(s: Situation[Application, RequestMaterial]) -> Refusal | None:
    """A request for material names it (ZD-3.4.5)."""
    if s.act.items:
        return None
    return refuse(s, "reason_missing", clauses.REASONS)


def material_in(s: Situation[Application]) -> Refusal | None:
    """The review's clock is paused while material is awaited (ZD-3.4.5)."""
    if not s.it.awaiting:
        return None
    return refuse(
        s, "material_awaited", clauses.APPLICATION, actual=s.it.awaiting,
        needs="application.provide_material",
    )  # fmt: skip


def material_awaited(s: Situation[Application]) -> Refusal | None:
    """The bank waits for material (ZD-3.4.5)."""
    if s.it.awaiting:
        return None
    needs = "application.request_material"
    return refuse(s, "no_material_awaited", clauses.APPLICATION, needs=needs)


def finding_given(s: Situation[Application, ReportDueDiligence]) -> Refusal | None:
    """A due diligence report has a finding (ZD-3.8.2)."""
    if s.act.finding:
        return None
    return refuse(s, "reason_missing", clauses.DUE_DILIGENCE)


def diligence_reported(s: Situation[Application]) -> Refusal | None:
    """Investigated before approved (ZD-3.8.2, 三查)."""
    if s.it.diligence_on is not None:
        return None
    needs = "application.report_due_diligence"
    return refuse(s, "no_due_diligence", clauses.DUE_DILIGENCE, needs=needs)


def not_replaced_yet(s: Situation[Application]) -> Refusal | None:
    """Security is replaced once (ZD-3.14, case 2)."""
    if not s.it.assets_replaced:
        return None
    return refuse(s, "replaced_before", clauses.APPLICATION)


def valuation_current(s: Situation[Application]) -> Refusal | None:
    """The oldest appraisal is no older than appraisal_max_age_months (ZD-3.4.6)."""
    age, oldest = s.policy["appraisal_max_age_months"], s.fact(Rights).appraised_on
    if oldest is not None and s.today <= oldest + relativedelta(months=age.value):
        return None
    return against("appraisal_too_old", age, oldest or "-", needs="asset.appraise")


def amount_as_asked(s: Situation[Application, ApproveCredit]) -> Refusal | None:
    """No more than the firm asked for, and than the bank's product lends (ZD-3.4.6)."""
    least = min(s.it.amount, s.row(Product).amount_cap)
    if Money.ZERO < s.act.amount <= least:
        return None
    return refuse(
        s, "amount_over_request", clauses.APPLICATION, actual=s.act.amount, threshold=least
    )


def tenor_within_limits(s: Situation[Application, ApproveCredit]) -> Refusal | Remark | None:
    """Some months, and within the programme's tenor (ZD-4.2, S2)."""
    limit = s.policy.ceiling("max_tenor_months")
    if s.act.term_months <= 0:
        return against("tenor_too_long", limit.parameter, s.act.term_months)
    return within("tenor_too_long", limit, s.act.term_months)


def rate_within_cap(s: Situation[Application, ApproveCredit]) -> Refusal | Remark | None:
    """1-year LPR plus the spread, when the rate is offered (ZD-3.6.11, S2)."""
    return rate_capped(s, s.act.annual_rate)


def offered_rate_within_cap(s: Situation[Application]) -> Refusal | Remark | None:
    """1-year LPR plus the spread, asked again when the contract is signed (ZD-3.6.11, S2)."""
    return rate_capped(s, s.it.annual_rate)


def ip_share_sufficient(s: Situation[Application, ApproveCredit]) -> Refusal | Remark | None:
    """The part secured by IP is at least min_ip_share, and no more than all (ZD-4.2, S3)."""
    least = s.policy.floor("min_ip_share")
    if s.act.ip_share > 1:
        return against("ip_share_too_low", least.parameter, s.act.ip_share)
    return within("ip_share_too_low", least, s.act.ip_share)


def ip_value_covers(s: Situation[Application, ApproveCredit]) -> Refusal | None:
    """The part secured by IP is worth it (ZD-5.4)."""
    secured = s.act.amount.share_floor(s.act.ip_share)
    if secured <= s.fact(Rights).value:
        return None
    return refuse(
        s, "ip_value_too_low", clauses.APPRAISAL, actual=s.fact(Rights).value, threshold=secured
    )


def reason_listed(s: Situation[Application, RejectCredit]) -> Refusal | None:
    """The reason is one of the list (ZD-3.4.9)."""
    if s.act.reason in RejectReason.__members__:
        return None
    listed = tuple(RejectReason.__members__)
    return refuse(
        s, "reason_not_listed", clauses.APPLICATION, actual=s.act.reason, threshold=listed
    )


def offer_open(s: Situation[Application]) -> Refusal | None:
    """The offer's last day is not past (ZD-3.4.7)."""
    if s.today <= given(s.it.due_by):
        return None
    return against("offer_over", s.policy["offer_validity_days"], s.today)


def within_draw_deadline(s: Situation[Application]) -> Refusal | None:
    """Conditions are met within draw_deadline_days of signing (ZD-3.4.7)."""
    if s.today <= given(s.it.due_by):
        return None
    return against("conditions_too_late", s.policy["draw_deadline_days"], s.today)


def pledge_registered(s: Situation[Application]) -> Refusal | None:
    """No loan before its own pledge is registered (Civil Code 444; ZD-C.4)."""
    pledge = s.row(Pledge)
    if pledge.state == PledgeState.REGISTERED.name and pledge.application == s.it.id:
        return None
    return refuse(
        s, "pledge_not_registered", clauses.PLEDGE_REGISTERED, actual=pledge.state,
        needs="pledge.register",
    )  # fmt: skip


def pledge_covers_ip_share(s: Situation[Application]) -> Refusal | None:
    """The registered debt covers the part of the loan secured by IP (ZD-4.2, S3)."""
    secured = s.it.approved_amount.share_floor(s.it.ip_share)
    debt = s.row(Pledge).debt
    if debt >= secured:
        return None
    return refuse(
        s, "pledge_too_small", clauses.PLEDGE_CONTRACT, actual=debt, threshold=secured,
        needs="pledge.change",
    )  # fmt: skip
