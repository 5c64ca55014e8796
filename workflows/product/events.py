"""What can have happened to a product, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money
from workflows.lending.terms import AS_THE_CASE, RepaymentTerms


@dataclass(frozen=True, slots=True)
class ProductDrafted:
    """A version was written down."""

    wire: ClassVar[str] = "Product.Drafted"
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
    repayment: RepaymentTerms = AS_THE_CASE


@dataclass(frozen=True, slots=True)
class ProductRevised:
    """The draft has new terms."""

    wire: ClassVar[str] = "Product.Revised"
    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    purposes: tuple[str, ...]
    fees: Money
    repayment: RepaymentTerms = AS_THE_CASE


@dataclass(frozen=True, slots=True)
class ProductSubmitted:
    """One of `publishers` answers by `review_due`."""

    wire: ClassVar[str] = "Product.Submitted"
    review_due: date
    publishers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductPublished:
    """Enterprises may apply. `replaces` names the version it takes the place of, or is empty."""

    wire: ClassVar[str] = "Product.Published"
    bank: str
    fund: str
    published_on: date
    replaces: str


@dataclass(frozen=True, slots=True)
class ProductReturned:
    """The bank must change it first."""

    wire: ClassVar[str] = "Product.Returned"
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProductSuspended:
    """No new applications for now."""

    wire: ClassVar[str] = "Product.Suspended"
    cause: str


@dataclass(frozen=True, slots=True)
class ProductResumed:
    """New applications are allowed again."""

    wire: ClassVar[str] = "Product.Resumed"
    finding: str


@dataclass(frozen=True, slots=True)
class ProductClosed:
    """No new applications any more."""

    wire: ClassVar[str] = "Product.Closed"
    reason: str
