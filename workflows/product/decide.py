"""What follows from an act on a product: its events."""

from __future__ import annotations

from typing import Any

from workflows.lending.terms import RepaymentTerms
from workflows.lifecycle.deadlines import working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.product.events import (
    ProductClosed,
    ProductDrafted,
    ProductPublished,
    ProductResumed,
    ProductReturned,
    ProductRevised,
    ProductSubmitted,
    ProductSuspended,
)
from workflows.product.records import (
    CloseProduct,
    DraftProduct,
    Product,
    ResumeProduct,
    ReturnProduct,
    ReviseProduct,
    SupersedeProduct,
    SuspendProduct,
)


def draft(s: Situation[None, DraftProduct]) -> tuple[Any, ...]:
    """The terms as the bank writes them."""
    a = s.act
    return (
        ProductDrafted(
            policy=s.policy.ref,
            bank=a.bank,
            fund=a.fund,
            name=a.name,
            amount_cap=a.amount_cap,
            max_term_months=a.max_term_months,
            annual_rate=a.annual_rate,
            purposes=a.purposes,
            fees=a.fees,
            replaces=a.replaces,
            repayment=_repayment(a),
        ),
    )


def revise(s: Situation[Product, ReviseProduct]) -> tuple[Any, ...]:
    """The draft's new terms."""
    a = s.act
    return (
        ProductRevised(
            a.amount_cap, a.max_term_months, a.annual_rate, a.purposes, a.fees, _repayment(a)
        ),
    )


def _repayment(a: DraftProduct | ReviseProduct) -> RepaymentTerms:
    """How its loans are repaid (ZD-3.6.7)."""
    return RepaymentTerms(
        method=a.repayment_method,
        settlement=a.interest_settlement,
        counting=a.interest_counting,
        every_months=a.instalment_months,
        grace=a.grace_periods,
        instalment=a.instalment,
        share=a.principal_share,
    )


def submit(s: Situation[Product]) -> tuple[Any, ...]:
    """The programme's time to check starts."""
    due = working_days_from(s, "product_review_wd")
    return (ProductSubmitted(due, s.policy["product_publishers"].value),)


def publish(s: Situation[Product]) -> tuple[Any, ...]:
    """Open from today, in place of the version named in the draft."""
    it = s.it
    return (ProductPublished(it.bank, it.fund, s.today, it.replaces),)


def return_to_bank(s: Situation[Product, ReturnProduct]) -> tuple[Any, ...]:
    """A draft again, with reasons."""
    return (ProductReturned(s.act.reasons),)


def suspend(s: Situation[Product, SuspendProduct]) -> tuple[Any, ...]:
    """No new applications, for a cause."""
    return (ProductSuspended(s.act.cause),)


def resume(s: Situation[Product, ResumeProduct]) -> tuple[Any, ...]:
    """Open again, upon a finding."""
    return (ProductResumed(s.act.finding),)


def close(s: Situation[Product, CloseProduct]) -> tuple[Any, ...]:
    """Withdrawn for good, for a reason."""
    return (ProductClosed(s.act.reason),)


def supersede(s: Situation[Product, SupersedeProduct]) -> tuple[Any, ...]:
    """Closed in favour of the newer version."""
    return (ProductClosed(f"replaced by {s.act.by}"),)


DECIDE: dict[str, Decide] = {
    "draft": draft,
    "revise": revise,
    "submit": submit,
    "publish": publish,
    "return_to_bank": return_to_bank,
    "suspend": suspend,
    "resume": resume,
    "close": close,
    "supersede": supersede,
}
