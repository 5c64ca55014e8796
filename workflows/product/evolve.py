"""How a product's events change its row."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.evolution import Evolve, takes, takes_and
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

TERMS = ("amount_cap", "max_term_months", "annual_rate", "purposes", "fees", "repayment")

EVOLVE: dict[type[Any], Evolve] = {
    ProductDrafted: takes("policy", "bank", "fund", "name", "replaces", *TERMS),
    ProductRevised: takes(*TERMS),
    ProductSubmitted: takes("review_due"),
    ProductPublished: takes_and(("published_on",), {"review_due": None}),
    ProductReturned: takes_and((), {"review_due": None}),
    ProductSuspended: lambda _row, e: {"stopped_for": e.cause},
    ProductResumed: takes_and((), {"stopped_for": ""}),
    ProductClosed: lambda _row, e: {"stopped_for": e.reason},
}
