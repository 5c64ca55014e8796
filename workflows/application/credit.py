"""Only if: what review, approval, offer and conversion ask of an application. ZD-3.4, ZD-4.2."""

from __future__ import annotations

from dateutil.relativedelta import relativedelta

from policies.money import Money
from policies.valuing.right_life import outlives
from workflows.application.facts import Reserved
from workflows.application.records import (
    Application,
    ApproveCredit,
    ComputeNeed,
    QueryCredit,
    RejectCredit,
    ReportDueDiligence,
    RequestMaterial,
)
from workflows.application.reject_reasons import RejectReason
from workflows.enterprise.records import Enterprise
from workflows.fund.book import FundBook, FundCash
from workflows.lifecycle import clauses
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, Remark, against, unlimited, within
from workflows.pledge.facts import Rights
from workflows.pledge.records import Pledge
from workflows.pledge.security import carried, floored, unmet_refusal
from workflows.pledge.states import PledgeState
from workflows.product.guards import rate_capped
from workflows.product.records import Product

WORKING_CAPITAL, CREDIT_DATA = "WORKING_CAPITAL", "CREDIT"  # a purpose, a scope of consent


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


def query_authorised(s: Situation[Application, QueryCredit]) -> Refusal | None:
    """The firm's authorisation and the report are on file (征信业管理条例, S42; ZD-3.8.2)."""
    if (s.act.authorisation or not s.policy["credit_query_authorised"].value) and s.act.report:
        return None
    return against("credit_query_unauthorised", s.policy["credit_query_authorised"], "-")


def consent_covers_credit(s: Situation[Application]) -> Refusal | None:
    """The firm's consent covers credit data today (征信业管理条例, S42; ZD-3.1.1)."""
    firm = s.row(Enterprise)
    until = firm.consent_until
    if until is not None and until >= s.today and CREDIT_DATA in firm.consent_scope:
        return None
    needs = "enterprise.grant_consent"
    return refuse(s, "consent_missing", clauses.DATA_CONSENT, actual=until or "-", needs=needs)


def credit_queried(s: Situation[Application]) -> Refusal | None:
    """The credit record was queried before credit is approved (ZD-3.8.2, 三查)."""
    if s.it.queried_on is not None:
        return None
    needs = "application.query_credit"
    return refuse(s, "credit_not_queried", clauses.DUE_DILIGENCE, needs=needs)


def figures_possible(s: Situation[Application, ComputeNeed]) -> Refusal | None:
    """Capital turns over at least a little, and a margin is a part of the sales (ZD-3.4.1)."""
    a = s.act
    if a.turnover > 0 and a.sales.fen >= 0 and a.margin <= 1 and a.growth >= -1:
        return None
    return refuse(s, "need_figures_wrong", clauses.NEED, actual=(a.turnover, a.margin, a.growth))


def need_computed(s: Situation[Application]) -> Refusal | None:
    """The need is computed before a working-capital loan is approved (ZD-3.4.1)."""
    if s.it.purpose != WORKING_CAPITAL or s.it.need_on is not None:
        return None
    needs = "application.compute_need"
    return refuse(s, "need_not_computed", clauses.NEED, needs=needs)


def within_need(s: Situation[Application, ApproveCredit]) -> Refusal | None:
    """A working-capital loan is no larger than the need, rounded down (ZD-3.4.2)."""
    if s.it.purpose != WORKING_CAPITAL or s.it.need_on is None:
        return None
    most, rule = floored(s.policy, s.it.need), s.policy["need_formula"]
    if s.act.amount <= most:
        return None
    return against("amount_over_need", rule, s.act.amount, threshold=most)


def secured_within_collateral(s: Situation[Application, ApproveCredit]) -> Refusal | None:
    """The part secured by IP is no more than its collateral carries, rounded down (ZD-3.4.2)."""
    secured = s.act.amount.share_floor(s.act.ip_share)
    most = floored(s.policy, carried(s.policy, s.fact(Rights).each, s.today).cap)
    if secured <= most:
        return None
    rates = s.policy["pledge_rate_caps"]
    return against("secured_over_collateral", rates, secured, threshold=most)


def bundle_spread(s: Situation[Application]) -> Refusal | None:
    """Of several rights none is too large a part, nor utility models together (ZD-5.4)."""
    unmet = carried(s.policy, s.fact(Rights).each, s.today).unmet
    return unmet_refusal(unmet[0]) if unmet else None


def rights_outlive_loan(s: Situation[Application, ApproveCredit]) -> Refusal | None:
    """Every right lives life_margin_months longer than a loan drawn today (ZD-5.5)."""
    ends = s.fact(Rights).term_ends_on
    if ends is None or s.act.term_months <= 0:
        return None
    unmet = outlives(s.policy, s.today + relativedelta(months=s.act.term_months), ends)
    return unmet_refusal(unmet) if unmet else None


def capacity_left(s: Situation[Application, ApproveCredit]) -> Refusal | Remark | None:
    """The fund can bear what it covers, what it has promised, and this credit (ZD-3.7.3)."""
    if not s.it.fund:
        return None
    leverage = s.policy.ceiling("leverage_cap")
    if leverage.unlimited:
        return unlimited(leverage.parameter)
    promised = s.fact(FundBook).programme.balance + s.fact(Reserved).amount
    most = s.fact(FundCash).amount.share_floor(leverage.value)
    if promised + s.act.amount <= most:
        return None
    return against(
        "leverage_exceeded", leverage.parameter, promised + s.act.amount, needs="fund.top_up"
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
