"""A loan application: its record and the commands given to it.

`amount` and `requested_months` are what the firm asks for; `approved_amount`, `annual_rate` (a
fraction a year), `term_months` and `ip_share` (part of the loan secured by IP) what was agreed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Application:
    """An application. `bank` is None until a bank takes the lead, unless the firm named one.

    due_by: last day of whoever acts next; awaiting: material the bank still waits for; queried_on:
    credit queried; need: new working capital that may be lent, found on need_on.
    """

    id: str
    state: str
    policy: str
    enterprise: str
    product: str
    fund: str
    amount: Money
    requested_months: int
    purpose: str
    assets: tuple[str, ...]
    designated: bool
    bank: str | None = None
    documents: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    return_rounds: int = 0
    due_by: date | None = None
    submitted_on: date | None = None
    lead_on: date | None = None
    awaiting: tuple[str, ...] = ()
    queried_on: date | None = None
    need: Money = Money.ZERO
    need_on: date | None = None
    diligence_on: date | None = None
    investigated_by: tuple[str, ...] = ()
    approved_amount: Money = Money.ZERO
    annual_rate: Decimal = Decimal(0)
    term_months: int = 0
    ip_share: Decimal = Decimal(0)
    decided_on: date | None = None
    reason: str = ""
    signed_on: date | None = None
    pledge: str = ""
    assets_replaced: bool = False
    frozen_on: date | None = None

    @property
    def application(self) -> str:
        """Its own id."""
        return self.id

    @property
    def match(self) -> str:
        """Its match has the same id."""
        return self.id


@dataclass(frozen=True, slots=True)
class StartApplication:
    """Open a draft for a product; `designated`: to the product's own bank, without matching."""

    trigger: ClassVar[str] = "start"
    application: str
    enterprise: str
    product: str
    amount: Money
    requested_months: int
    purpose: str
    assets: tuple[str, ...]
    designated: bool = False


@dataclass(frozen=True, slots=True)
class SubmitApplication:
    """Sign and hand in, with the papers attached."""

    trigger: ClassVar[str] = "submit"
    application: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpireDraft:
    """End a draft that was never handed in."""

    trigger: ClassVar[str] = "expire_draft"
    application: str


@dataclass(frozen=True, slots=True)
class AcceptApplication:
    """Take a complete application."""

    trigger: ClassVar[str] = "accept"
    application: str


@dataclass(frozen=True, slots=True)
class ReturnApplication:
    """Send it back for what is missing."""

    trigger: ClassVar[str] = "return_for_supplement"
    application: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RouteApplication:
    """Find the banks it is shown to."""

    trigger: ClassVar[str] = "route"
    application: str


@dataclass(frozen=True, slots=True)
class TakeLead:
    """Take it up as the selected bank, under a product of that bank."""

    trigger: ClassVar[str] = "take_lead"
    application: str
    bank: str
    product: str


@dataclass(frozen=True, slots=True)
class RequestMaterial:
    """Ask the firm for more; the review's clock stands still meanwhile."""

    trigger: ClassVar[str] = "request_material"
    application: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvideMaterial:
    """Hand in what the bank asked for."""

    trigger: ClassVar[str] = "provide_material"
    application: str
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LapseMaterial:
    """Stop waiting for material that never came."""

    trigger: ClassVar[str] = "lapse_material"
    application: str


@dataclass(frozen=True, slots=True)
class QueryCredit:
    """Query the firm's credit record with its authorisation; `report` names what came back."""

    trigger: ClassVar[str] = "query_credit"
    application: str
    authorisation: str
    report: str


@dataclass(frozen=True, slots=True)
class ComputeNeed:
    """State the figures of which the need of working capital is computed (流动资金需求测算).

    sales: last year's; margin and growth: fractions; turnover: times a year.
    """

    trigger: ClassVar[str] = "compute_need"
    application: str
    sales: Money
    margin: Decimal
    growth: Decimal
    turnover: Decimal
    own_funds: Money
    working_loans: Money
    other_channels: Money


@dataclass(frozen=True, slots=True)
class ReportDueDiligence:
    """Report what the visit, the books and the IP check showed."""

    trigger: ClassVar[str] = "report_due_diligence"
    application: str
    finding: str


@dataclass(frozen=True, slots=True)
class ReplaceAssets:
    """Name other IP rights as security, once."""

    trigger: ClassVar[str] = "replace_assets"
    application: str
    assets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ApproveCredit:
    """Offer these terms; `ip_share` is the part of the loan secured by IP."""

    trigger: ClassVar[str] = "approve_credit"
    application: str
    amount: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal


@dataclass(frozen=True, slots=True)
class RejectCredit:
    """Refuse credit with a reason of the list (application.RejectReason)."""

    trigger: ClassVar[str] = "reject_credit"
    application: str
    reason: str


@dataclass(frozen=True, slots=True)
class AcceptOffer:
    """Accept the offer: the loan contract is signed."""

    trigger: ClassVar[str] = "accept_offer"
    application: str


@dataclass(frozen=True, slots=True)
class DeclineOffer:
    """Turn the offer down."""

    trigger: ClassVar[str] = "decline_offer"
    application: str


@dataclass(frozen=True, slots=True)
class ExpireOffer:
    """End an offer that was not accepted in time."""

    trigger: ClassVar[str] = "expire_offer"
    application: str


@dataclass(frozen=True, slots=True)
class ConvertToLoan:
    """Turn the signed application into a loan, secured by that registered pledge."""

    trigger: ClassVar[str] = "convert_to_loan"
    application: str
    pledge: str


@dataclass(frozen=True, slots=True)
class LapseConditions:
    """End a signed application whose conditions were not met in time."""

    trigger: ClassVar[str] = "lapse_conditions"
    application: str


@dataclass(frozen=True, slots=True)
class WithdrawApplication:
    """Withdraw before signing."""

    trigger: ClassVar[str] = "withdraw"
    application: str


@dataclass(frozen=True, slots=True)
class FreezeApplication:
    """Stop everything on it by the auditor's order."""

    trigger: ClassVar[str] = "freeze"
    application: str
    order: str


@dataclass(frozen=True, slots=True)
class UnfreezeApplication:
    """Let it go on where it stood; its deadline moves by the days it was frozen."""

    trigger: ClassVar[str] = "unfreeze"
    application: str
    order: str
