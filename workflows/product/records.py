"""A loan product of one bank under one fund: its record and the commands given to it.

A product is a version: a change is a new product that names the one it replaces.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Product:
    """What the bank offers. `annual_rate` is a fraction a year, `fees` any extra charge."""

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


@dataclass(frozen=True, slots=True)
class ReviseProduct:
    """Change a draft that was never published, or was returned."""

    product: str
    amount_cap: Money
    max_term_months: int
    annual_rate: Decimal
    purposes: tuple[str, ...]
    fees: Money


@dataclass(frozen=True, slots=True)
class SubmitProduct:
    """Hand the draft in for the programme's conformity check."""

    product: str


@dataclass(frozen=True, slots=True)
class PublishProduct:
    """Open it to applications."""

    product: str


@dataclass(frozen=True, slots=True)
class ReturnProduct:
    """Send it back to the bank with reasons."""

    product: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SuspendProduct:
    """Stop new applications: breaker tripped, agreement over, complaint."""

    product: str
    cause: str


@dataclass(frozen=True, slots=True)
class ResumeProduct:
    """Open it again; `finding` says why the cause is gone."""

    product: str
    finding: str


@dataclass(frozen=True, slots=True)
class CloseProduct:
    """Withdraw it for good; submitted applications keep it."""

    product: str
    reason: str


@dataclass(frozen=True, slots=True)
class SupersedeProduct:
    """Close it because a newer version is published."""

    product: str
    by: str


COMMANDS: dict[type[Any], str] = {
    DraftProduct: "draft",
    ReviseProduct: "revise",
    SubmitProduct: "submit",
    PublishProduct: "publish",
    ReturnProduct: "return_to_bank",
    SuspendProduct: "suspend",
    ResumeProduct: "resume",
    CloseProduct: "close",
    SupersedeProduct: "supersede",
}
