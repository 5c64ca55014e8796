"""What can have happened to a loan application, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money


@dataclass(frozen=True, slots=True)
class ApplicationStarted:
    """A draft was opened; it must be handed in by `due_by`, inclusive."""

    policy: str
    enterprise: str
    product: str
    fund: str
    bank: str | None
    amount: Money
    requested_months: int
    purpose: str
    assets: tuple[str, ...]
    designated: bool
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationSubmitted:
    """It was signed and handed in; `missing` names papers that were not attached."""

    documents: tuple[str, ...]
    missing: tuple[str, ...]
    submitted_on: date


@dataclass(frozen=True, slots=True)
class ApplicationDraftExpired:
    """The draft was never handed in."""

    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationAccepted:
    """It is complete."""

    accepted_on: date


@dataclass(frozen=True, slots=True)
class ApplicationReturned:
    """It was sent back; it must be handed in again by `due_by`, inclusive."""

    missing: tuple[str, ...]
    return_rounds: int
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationRouted:
    """These banks see it, best first."""

    enterprise: str
    banks: tuple[str, ...]
    designated: bool


@dataclass(frozen=True, slots=True)
class ApplicationLeadTaken:
    """The bank reviews it under its own product and decides by `due_by`."""

    bank: str
    product: str
    lead_on: date
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationMaterialRequested:
    """The firm sends it by `due_by`, inclusive; the review stands still."""

    awaiting: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationMaterialProvided:
    """The review goes on and ends on `due_by`."""

    items: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationMaterialLapsed:
    """It never came; the review goes on without it."""

    due_by: date


@dataclass(frozen=True, slots=True)
class DueDiligenceReported:
    """The account manager's report is on file (三查, before the loan)."""

    bank: str
    finding: str
    diligence_on: date


@dataclass(frozen=True, slots=True)
class ApplicationAssetsReplaced:
    """Other IP rights secure it."""

    before: tuple[str, ...]
    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicationApproved:
    """The bank offers these terms until `due_by`, inclusive."""

    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal
    decided_on: date
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationRejected:
    """The bank refuses credit."""

    bank: str
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class ApplicationOfferAccepted:
    """The firm accepted; conditions must be met by `due_by`, inclusive."""

    signed_on: date
    due_by: date


@dataclass(frozen=True, slots=True)
class ContractSigned:
    """The loan contract and its terms."""

    enterprise: str
    bank: str
    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    signed_on: date


@dataclass(frozen=True, slots=True)
class ApplicationOfferDeclined:
    """The firm turned the offer down."""

    declined_on: date


@dataclass(frozen=True, slots=True)
class ApplicationOfferExpired:
    """The offer was not accepted in time."""

    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationConverted:
    """Conditions are met: a loan is opened on these terms."""

    enterprise: str
    bank: str
    fund: str
    product: str
    pledge: str
    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal
    purpose: str
    assets: tuple[str, ...]
    size_class: str


@dataclass(frozen=True, slots=True)
class ApplicationConditionsLapsed:
    """Conditions were not met in time."""

    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    """The firm withdrew; `matched`: banks have it before them."""

    matched: bool


@dataclass(frozen=True, slots=True)
class ApplicationFrozen:
    """Nothing may happen to it."""

    order: str
    frozen_on: date


@dataclass(frozen=True, slots=True)
class ApplicationUnfrozen:
    """It goes on; the deadline was moved by the days it was frozen."""

    order: str
    due_by: date | None


EVENTS: dict[str, type[Any]] = {
    "Application.Started": ApplicationStarted,
    "Application.Submitted": ApplicationSubmitted,
    "Application.DraftExpired": ApplicationDraftExpired,
    "Application.Accepted": ApplicationAccepted,
    "Application.Returned": ApplicationReturned,
    "Application.Routed": ApplicationRouted,
    "Application.LeadTaken": ApplicationLeadTaken,
    "Application.MaterialRequested": ApplicationMaterialRequested,
    "Application.MaterialProvided": ApplicationMaterialProvided,
    "Application.MaterialLapsed": ApplicationMaterialLapsed,
    "DueDiligence.Reported": DueDiligenceReported,
    "Application.AssetsReplaced": ApplicationAssetsReplaced,
    "Application.Approved": ApplicationApproved,
    "Application.Rejected": ApplicationRejected,
    "Application.OfferAccepted": ApplicationOfferAccepted,
    "Contract.Signed": ContractSigned,
    "Application.OfferDeclined": ApplicationOfferDeclined,
    "Application.OfferExpired": ApplicationOfferExpired,
    "Application.Converted": ApplicationConverted,
    "Application.ConditionsLapsed": ApplicationConditionsLapsed,
    "Application.Withdrawn": ApplicationWithdrawn,
    "Application.Frozen": ApplicationFrozen,
    "Application.Unfrozen": ApplicationUnfrozen,
}
