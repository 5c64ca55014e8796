"""A loan product of one bank under one fund: its record and the commands given to it.

A product is a version: a change is a new product that names the one it replaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money
from workflows.lending.terms import AS_THE_CASE, BULLET, BY_PRODUCT, RepaymentTerms


@dataclass(frozen=True, slots=True)
class Product:
    """What the bank offers. `annual_rate` is a fraction a year, `fees` any extra charge.

    repayment: how its loans are repaid; where it names no settlement, the case's holds.
    """

    id: str
    state: str
    policy: str
    bank: str
    fund: str
    name: str
    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    fees: Money
    purposes: tuple[str, ...]
    replaces: str = ""
    repayment: RepaymentTerms = AS_THE_CASE
    review_due: date | None = None
    published_on: date | None = None
    stopped_for: str = ""

    @property
    def product(self) -> str:
        """Its own id."""
        return self.id


@dataclass(frozen=True, slots=True)
class DraftProduct:
    """Write a product down; `replaces` is the version it takes the place of, if any."""

    trigger: ClassVar[str] = "draft"
    product: str
    bank: str
    fund: str
    name: str
    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    purposes: tuple[str, ...]
    fees: Money
    case: str
    replaces: str = ""
    repayment_method: str = BULLET
    interest_settlement: str = ""
    interest_counting: str = BY_PRODUCT
    instalment_months: int = 1
    grace_periods: int = 0
    instalment: Money = Money.ZERO
    principal_share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReviseProduct:
    """Change a draft that was never published, or was returned."""

    trigger: ClassVar[str] = "revise"
    product: str
    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    purposes: tuple[str, ...]
    fees: Money
    repayment_method: str = BULLET
    interest_settlement: str = ""
    interest_counting: str = BY_PRODUCT
    instalment_months: int = 1
    grace_periods: int = 0
    instalment: Money = Money.ZERO
    principal_share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class SubmitProduct:
    """Hand the draft in for the programme's conformity check."""

    trigger: ClassVar[str] = "submit"
    product: str


@dataclass(frozen=True, slots=True)
class PublishProduct:
    """Open it to applications."""

    trigger: ClassVar[str] = "publish"
    product: str


@dataclass(frozen=True, slots=True)
class ReturnProduct:
    """Send it back to the bank with reasons."""

    trigger: ClassVar[str] = "return_to_bank"
    product: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuspendProduct:
    """Stop new applications: breaker tripped, agreement over, complaint."""

    trigger: ClassVar[str] = "suspend"
    product: str
    cause: str


@dataclass(frozen=True, slots=True)
class ResumeProduct:
    """Open it again; `finding` says why the cause is gone."""

    trigger: ClassVar[str] = "resume"
    product: str
    finding: str


@dataclass(frozen=True, slots=True)
class CloseProduct:
    """Withdraw it for good; submitted applications keep it."""

    trigger: ClassVar[str] = "close"
    product: str
    reason: str


@dataclass(frozen=True, slots=True)
class SupersedeProduct:
    """Close it because a newer version is published."""

    trigger: ClassVar[str] = "supersede"
    product: str
    by: str
