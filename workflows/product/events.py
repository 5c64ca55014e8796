"""What can have happened to a product, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money


@dataclass(frozen=True, slots=True)
class ProductDrafted:
    """A version was written down."""

    policy: str
    bank: str
    fund: str
    name: str
    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    purposes: tuple[str, ...]
    fees: Money
    replaces: str


@dataclass(frozen=True, slots=True)
class ProductRevised:
    """The draft has new terms."""

    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    purposes: tuple[str, ...]
    fees: Money


@dataclass(frozen=True, slots=True)
class ProductSubmitted:
    """The programme answers by `review_due`."""

    review_due: date


@dataclass(frozen=True, slots=True)
class ProductPublished:
    """Enterprises may apply. `replaces` names the version it takes the place of, or is empty."""

    bank: str
    fund: str
    published_on: date
    replaces: str


@dataclass(frozen=True, slots=True)
class ProductReturned:
    """The bank must change it first."""

    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductSuspended:
    """No new applications for now."""

    cause: str


@dataclass(frozen=True, slots=True)
class ProductResumed:
    """New applications are allowed again."""

    finding: str


@dataclass(frozen=True, slots=True)
class ProductClosed:
    """No new applications any more."""

    reason: str


EVENTS: dict[str, type[Any]] = {
    "Product.Drafted": ProductDrafted,
    "Product.Revised": ProductRevised,
    "Product.Submitted": ProductSubmitted,
    "Product.Published": ProductPublished,
    "Product.Returned": ProductReturned,
    "Product.Suspended": ProductSuspended,
    "Product.Resumed": ProductResumed,
    "Product.Closed": ProductClosed,
}
