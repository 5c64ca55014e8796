"""Where products are kept; a row is one version."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import noun_table
from workflows.product.records import Product
from workflows.product.states import ProductState

product = noun_table(
    "product",
    Product,
    ProductState,
    {
        "policy": "policy the version was written under",
        "amount_cap": "most lent to one borrower, fen",
        "max_term_months": "longest term, months",
        "annual_rate": "rate a year, fraction",
        "fees": "charges beside interest, fen",
        "purposes": "codes of purposes",
        "repayment": "how its loans are repaid: method, settlement and counting of interest",
        "replaces": "version it takes the place of; empty for none",
        "review_due": "last day of the programme's check",
        "published_on": "open to applications since",
        "stopped_for": "cause of a suspension or end",
    },
    Index("ix_product_fund_bank", "fund", "bank"),
)
