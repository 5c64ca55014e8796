"""What follows from an act on a product: its events."""

from __future__ import annotations

from typing import Any

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

Asked = Situation[Any]


def draft(s: Asked) -> tuple[Any, ...]:
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
        ),
    )


def revise(s: Asked) -> tuple[Any, ...]:
    """The draft's new terms."""
    a = s.act
    return (ProductRevised(a.amount_cap, a.max_term_months, a.annual_rate, a.purposes, a.fees),)


def submit(s: Asked) -> tuple[Any, ...]:
    """The programme's time to check starts."""
    return (ProductSubmitted(working_days_from(s, "product_review_wd")),)


def publish(s: Asked) -> tuple[Any, ...]:
    """Open from today, in place of the version named in the draft."""
    it = s.it
    return (ProductPublished(it.bank, it.fund, s.today, it.replaces),)


DECIDE: dict[str, Decide] = {
    "draft": draft,
    "revise": revise,
    "submit": submit,
    "publish": publish,
    "return_to_bank": lambda s: (ProductReturned(s.act.reasons),),
    "suspend": lambda s: (ProductSuspended(s.act.cause),),
    "resume": lambda s: (ProductResumed(s.act.finding),),
    "close": lambda s: (ProductClosed(s.act.reason),),
    "supersede": lambda s: (ProductClosed(f"replaced by {s.act.by}"),),
}
