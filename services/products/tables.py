"""Where products are kept; a row is one version."""

from __future__ import annotations

from sqlalchemy import Index

from services.kernel.columns import day_or_none, money, noun_table, rate, several, whole, words
from workflows.product.states import ProductState

product = noun_table(
    "product",
    ProductState,
    words("policy", "policy the version was written under"),
    words("bank"),
    words("fund"),
    words("name"),
    money("amount_cap", "most lent to one borrower"),
    whole("max_term_months", "longest term, months"),
    rate("annual_rate", "rate a year"),
    money("fees", "charges beside interest"),
    several("purposes", "codes of purposes"),
    words("replaces", "version it takes the place of; empty for none"),
    day_or_none("review_due", "last day of the programme's check"),
    day_or_none("published_on", "open to applications since"),
    words("stopped_for", "cause of a suspension or end"),
    Index("ix_product_fund_bank", "fund", "bank"),
)
