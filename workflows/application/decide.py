"""What follows from an act on an application: its events."""

from __future__ import annotations

from dataclasses import fields
from datetime import date
from typing import Any

from policies.valuing.credit_limit import Business, working_capital_need
from workflows.application.capacity import released, reserved
from workflows.application.events import (
    ApplicationAccepted,
    ApplicationApproved,
    ApplicationAssetsReplaced,
    ApplicationConditionsLapsed,
    ApplicationConverted,
    ApplicationDraftExpired,
    ApplicationFrozen,
    ApplicationLeadTaken,
    ApplicationMaterialLapsed,
    ApplicationMaterialProvided,
    ApplicationMaterialRequested,
    ApplicationNeedComputed,
    ApplicationOfferAccepted,
    ApplicationOfferDeclined,
    ApplicationOfferExpired,
    ApplicationRejected,
    ApplicationReturned,
    ApplicationRouted,
    ApplicationStarted,
    ApplicationSubmitted,
    ApplicationUnfrozen,
    ApplicationWithdrawn,
    ContractSigned,
    CreditQueried,
    DueDiligenceReported,
)
from workflows.application.records import (
    Application,
    ApproveCredit,
    ComputeNeed,
    ConvertToLoan,
    FreezeApplication,
    ProvideMaterial,
    QueryCredit,
    RejectCredit,
    ReplaceAssets,
    ReportDueDiligence,
    RequestMaterial,
    ReturnApplication,
    StartApplication,
    SubmitApplication,
    TakeLead,
    UnfreezeApplication,
)
from workflows.application.states import BEFORE_BANKS
from workflows.enterprise.records import Enterprise
from workflows.lifecycle.deadlines import days_from, working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.match.ranking import best_banks
from workflows.product.records import Product

FIGURES = tuple(field.name for field in fields(Business))


def missing_papers(s: Situation[Application, SubmitApplication]) -> tuple[str, ...]:
    """Papers of the policy's list that are not attached."""
    return tuple(
        paper for paper in s.policy["application_documents"].value if paper not in s.act.documents
    )


def start(s: Situation[None, StartApplication]) -> tuple[Any, ...]:
    """A draft under the product's policy, for its fund."""
    a, product = s.act, s.row(Product)
    return (
        ApplicationStarted(
            policy=s.policy.ref,
            enterprise=a.enterprise,
            product=product.id,
            fund=product.fund,
            bank=product.bank if a.designated else None,
            amount=a.amount,
            requested_months=a.requested_months,
            purpose=a.purpose,
            assets=a.assets,
            designated=a.designated,
            due_by=days_from(s, "draft_validity_days"),
        ),
    )


def submit(s: Situation[Application, SubmitApplication]) -> tuple[Any, ...]:
    """Handed in; what is missing is said at once."""
    return (ApplicationSubmitted(s.act.documents, missing_papers(s), s.today),)


def return_for_supplement(s: Situation[Application, ReturnApplication]) -> tuple[Any, ...]:
    """A draft again, for another draft_validity_days."""
    due_by = days_from(s, "draft_validity_days")
    return (ApplicationReturned(s.act.missing, s.it.return_rounds + 1, due_by),)


def route(s: Situation[Application]) -> tuple[Any, ...]:
    """To the named bank, else to the best of those whose product fits (ZD-3.5)."""
    it = s.it
    banks = (given(it.bank),) if it.designated else best_banks(s)
    return (ApplicationRouted(it.enterprise, banks, it.designated),)


def take_lead(s: Situation[Application, TakeLead]) -> tuple[Any, ...]:
    """The review's clock starts."""
    due_by = working_days_from(s, "credit_review_wd")
    return (ApplicationLeadTaken(s.act.bank, s.act.product, s.today, due_by),)


def request_material(s: Situation[Application, RequestMaterial]) -> tuple[Any, ...]:
    """The firm's clock starts; the review's stands still."""
    due_by = working_days_from(s, "material_wd")
    return (ApplicationMaterialRequested(s.act.items, due_by),)


def provide_material(s: Situation[Application, ProvideMaterial]) -> tuple[Any, ...]:
    """The review's clock starts anew."""
    due_by = working_days_from(s, "credit_review_wd")
    return (ApplicationMaterialProvided(s.act.items, due_by),)


def query_credit(s: Situation[Application, QueryCredit]) -> tuple[Any, ...]:
    """The report is on file from today."""
    return (CreditQueried(given(s.it.bank), s.act.authorisation, s.act.report, s.today),)


def compute_need(s: Situation[Application, ComputeNeed]) -> tuple[Any, ...]:
    """The figures with what they come to (ZD-3.4.1)."""
    told = Business(**{name: getattr(s.act, name) for name in FIGURES})
    found = working_capital_need(s.policy, told)
    volume = given(found.working[0].amount)
    figures = {name: getattr(s.act, name) for name in FIGURES}
    return (ApplicationNeedComputed(**figures, volume=volume, need=found.amount, need_on=s.today),)


def report_due_diligence(s: Situation[Application, ReportDueDiligence]) -> tuple[Any, ...]:
    """The report is on file from today."""
    investigated_by = tuple(dict.fromkeys((*s.it.investigated_by, s.actor.user)))
    return (DueDiligenceReported(given(s.it.bank), s.act.finding, s.today, investigated_by),)


def approve_credit(s: Situation[Application, ApproveCredit]) -> tuple[Any, ...]:
    """An offer for offer_validity_days; the fund keeps capacity for it."""
    a = s.act
    return (
        ApplicationApproved(
            approved_amount=a.amount,
            annual_rate=a.annual_rate,
            term_months=a.term_months,
            ip_share=a.ip_share,
            decided_on=s.today,
            due_by=days_from(s, "offer_validity_days"),
        ),
        *reserved(s.it, a.amount),
    )


def accept_offer(s: Situation[Application]) -> tuple[Any, ...]:
    """The contract is signed; draw_deadline_days are left to meet its conditions."""
    it = s.it
    return (
        ApplicationOfferAccepted(s.today, days_from(s, "draw_deadline_days")),
        ContractSigned(
            it.enterprise,
            given(it.bank),
            approved_amount=it.approved_amount,
            annual_rate=it.annual_rate,
            term_months=it.term_months,
            signed_on=s.today,
        ),
    )


def convert_to_loan(s: Situation[Application, ConvertToLoan]) -> tuple[Any, ...]:
    """Everything the loan is opened with."""
    it = s.it
    return (
        ApplicationConverted(
            enterprise=it.enterprise,
            bank=given(it.bank),
            fund=it.fund,
            product=it.product,
            pledge=s.act.pledge,
            approved_amount=it.approved_amount,
            annual_rate=it.annual_rate,
            term_months=it.term_months,
            ip_share=it.ip_share,
            purpose=it.purpose,
            assets=it.assets,
            size_class=s.row(Enterprise).size_class,
        ),
    )


def moved_deadline(s: Situation[Application]) -> date | None:
    """The deadline moved by the days the application was frozen."""
    due_by: date | None = s.it.due_by
    return None if due_by is None else due_by + (s.today - given(s.it.frozen_on))


def expire_draft(s: Situation[Application]) -> tuple[Any, ...]:
    """Over since its last day."""
    return (ApplicationDraftExpired(given(s.it.due_by)),)


def accept(s: Situation[Application]) -> tuple[Any, ...]:
    """Complete as of today."""
    return (ApplicationAccepted(s.today),)


def lapse_material(s: Situation[Application]) -> tuple[Any, ...]:
    """The review's clock starts anew without it."""
    return (ApplicationMaterialLapsed(working_days_from(s, "credit_review_wd")),)


def replace_assets(s: Situation[Application, ReplaceAssets]) -> tuple[Any, ...]:
    """The rights named before, and those named now."""
    return (ApplicationAssetsReplaced(s.it.assets, s.act.assets),)


def reject_credit(s: Situation[Application, RejectCredit]) -> tuple[Any, ...]:
    """No credit, for a reason of the list."""
    return (ApplicationRejected(given(s.it.bank), s.act.reason, s.today),)


def decline_offer(s: Situation[Application]) -> tuple[Any, ...]:
    """The firm said no today."""
    return (ApplicationOfferDeclined(s.today), *released(s.it))


def expire_offer(s: Situation[Application]) -> tuple[Any, ...]:
    """Over since its last day."""
    return (ApplicationOfferExpired(given(s.it.due_by)), *released(s.it))


def lapse_conditions(s: Situation[Application]) -> tuple[Any, ...]:
    """Over since the last day for its conditions."""
    return (ApplicationConditionsLapsed(given(s.it.due_by)), *released(s.it))


def withdraw(s: Situation[Application]) -> tuple[Any, ...]:
    """Taken back, before banks saw it or after."""
    return (ApplicationWithdrawn(s.it.state in BEFORE_BANKS), *released(s.it))


def freeze(s: Situation[Application, FreezeApplication]) -> tuple[Any, ...]:
    """Stopped from today by that order."""
    return (ApplicationFrozen(s.act.order, s.today),)


def unfreeze(s: Situation[Application, UnfreezeApplication]) -> tuple[Any, ...]:
    """Goes on by that order, with its deadline moved."""
    return (ApplicationUnfrozen(s.act.order, moved_deadline(s)),)


DECIDE: dict[str, Decide] = {
    "start": start,
    "submit": submit,
    "expire_draft": expire_draft,
    "accept": accept,
    "return_for_supplement": return_for_supplement,
    "route": route,
    "take_lead": take_lead,
    "request_material": request_material,
    "provide_material": provide_material,
    "lapse_material": lapse_material,
    "query_credit": query_credit,
    "compute_need": compute_need,
    "report_due_diligence": report_due_diligence,
    "replace_assets": replace_assets,
    "approve_credit": approve_credit,
    "reject_credit": reject_credit,
    "accept_offer": accept_offer,
    "decline_offer": decline_offer,
    "expire_offer": expire_offer,
    "convert_to_loan": convert_to_loan,
    "lapse_conditions": lapse_conditions,
    "withdraw": withdraw,
    "freeze": freeze,
    "unfreeze": unfreeze,
}
