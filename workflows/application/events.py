"""What can have happened to a loan application, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class ApplicationStarted:
    """A draft was opened; it must be handed in by `due_by`, inclusive."""

    wire: ClassVar[str] = "Application.Started"
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

    wire: ClassVar[str] = "Application.Submitted"
    documents: tuple[str, ...]
    missing: tuple[str, ...]
    submitted_on: date


@dataclass(frozen=True, slots=True)
class ApplicationDraftExpired:
    """The draft was never handed in."""

    wire: ClassVar[str] = "Application.DraftExpired"
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationAccepted:
    """It is complete."""

    wire: ClassVar[str] = "Application.Accepted"
    accepted_on: date


@dataclass(frozen=True, slots=True)
class ApplicationReturned:
    """It was sent back; it must be handed in again by `due_by`, inclusive."""

    wire: ClassVar[str] = "Application.Returned"
    missing: tuple[str, ...]
    return_rounds: int
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationRouted:
    """These banks see it, best first."""

    wire: ClassVar[str] = "Application.Routed"
    enterprise: str
    banks: tuple[str, ...]
    designated: bool


@dataclass(frozen=True, slots=True)
class ApplicationLeadTaken:
    """The bank reviews it under its own product and decides by `due_by`."""

    wire: ClassVar[str] = "Application.LeadTaken"
    bank: str
    product: str
    lead_on: date
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationMaterialRequested:
    """The firm sends it by `due_by`, inclusive; the review stands still."""

    wire: ClassVar[str] = "Application.MaterialRequested"
    awaiting: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationMaterialProvided:
    """The review goes on and ends on `due_by`."""

    wire: ClassVar[str] = "Application.MaterialProvided"
    items: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationMaterialLapsed:
    """It never came; the review goes on without it."""

    wire: ClassVar[str] = "Application.MaterialLapsed"
    due_by: date


@dataclass(frozen=True, slots=True)
class CreditQueried:
    """The bank has the firm's credit record, asked for with its authorisation (三查)."""

    wire: ClassVar[str] = "Credit.Queried"
    bank: str
    authorisation: str
    report: str
    queried_on: date


@dataclass(frozen=True, slots=True)
class ApplicationNeedComputed:
    """New working capital of at most `need` may be lent; volume: what the business turns over."""

    wire: ClassVar[str] = "Application.NeedComputed"
    sales: Money
    margin: Decimal
    growth: Decimal
    turnover: Decimal
    own_funds: Money
    working_loans: Money
    other_channels: Money
    volume: Money
    need: Money
    need_on: date


@dataclass(frozen=True, slots=True)
class DueDiligenceReported:
    """The account manager's report is on file (三查, before the loan)."""

    wire: ClassVar[str] = "DueDiligence.Reported"
    bank: str
    finding: str
    diligence_on: date
    investigated_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ApplicationAssetsReplaced:
    """Other IP rights secure it."""

    wire: ClassVar[str] = "Application.AssetsReplaced"
    before: tuple[str, ...]
    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApplicationApproved:
    """The bank offers these terms until `due_by`, inclusive."""

    wire: ClassVar[str] = "Application.Approved"
    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal
    decided_on: date
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationCapacityReserved:
    """The fund keeps capacity for this credit until a loan of it is covered, or it ends."""

    wire: ClassVar[str] = "Application.CapacityReserved"
    fund: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ApplicationCapacityReleased:
    """No loan came of the credit: what the fund kept for it is free."""

    wire: ClassVar[str] = "Application.CapacityReleased"
    fund: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ApplicationRejected:
    """The bank refuses credit."""

    wire: ClassVar[str] = "Application.Rejected"
    bank: str
    reason: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class ApplicationOfferAccepted:
    """The firm accepted; conditions must be met by `due_by`, inclusive."""

    wire: ClassVar[str] = "Application.OfferAccepted"
    signed_on: date
    due_by: date


@dataclass(frozen=True, slots=True)
class ContractSigned:
    """The loan contract and its terms."""

    wire: ClassVar[str] = "Contract.Signed"
    enterprise: str
    bank: str
    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    signed_on: date


@dataclass(frozen=True, slots=True)
class ApplicationOfferDeclined:
    """The firm turned the offer down."""

    wire: ClassVar[str] = "Application.OfferDeclined"
    declined_on: date


@dataclass(frozen=True, slots=True)
class ApplicationOfferExpired:
    """The offer was not accepted in time."""

    wire: ClassVar[str] = "Application.OfferExpired"
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationConverted:
    """Conditions are met: a loan is opened on these terms."""

    wire: ClassVar[str] = "Application.Converted"
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

    wire: ClassVar[str] = "Application.ConditionsLapsed"
    due_by: date


@dataclass(frozen=True, slots=True)
class ApplicationWithdrawn:
    """The firm withdrew; `matched`: banks have it before them."""

    wire: ClassVar[str] = "Application.Withdrawn"
    matched: bool


@dataclass(frozen=True, slots=True)
class ApplicationFrozen:
    """Nothing may happen to it."""

    wire: ClassVar[str] = "Application.Frozen"
    order: str
    frozen_on: date


@dataclass(frozen=True, slots=True)
class ApplicationUnfrozen:
    """It goes on; the deadline was moved by the days it was frozen."""

    wire: ClassVar[str] = "Application.Unfrozen"
    order: str
    due_by: date | None
