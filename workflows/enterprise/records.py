"""An enterprise in the programme's library: its record and the commands given to it.

Amounts are Money, counts are heads or rights, `*_until` is the last day on which it holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Enterprise:
    """A borrower of the library. `generated` names facts made up for a boarded firm."""

    id: str
    state: str
    policy: str
    name: str
    region: str
    credit_code: str = ""
    industry: str = ""
    size_class: str = ""
    staff: int = 0
    revenue: Money = Money.ZERO
    ip_rights: int = 0
    signatory: str = ""
    consent_scope: tuple[str, ...] = ()
    consent_until: date | None = None
    supplement_rounds: int = 0
    due_by: date | None = None
    enrolled_on: date | None = None
    valid_until: date | None = None
    stopped_for: str = ""
    blacklisted_until: date | None = None
    generated: tuple[str, ...] = ()

    @property
    def enterprise(self) -> str:
        """The organisation the firm's own people belong to: itself."""
        return self.id


@dataclass(frozen=True, slots=True)
class RegisterEnterprise:
    """Open a draft. `industry` is a name of size_class.Industry; revenue is last year's.

    region: where the firm is registered, by division code or name; the row keeps the code.
    """

    trigger: ClassVar[str] = "register"
    enterprise: str
    name: str
    credit_code: str
    region: str
    industry: str
    staff: int
    revenue: Money
    case: str


@dataclass(frozen=True, slots=True)
class BoardEnterprise:
    """Bring in the borrower of a boarded loan; `generated` names what a tape cannot carry."""

    trigger: ClassVar[str] = "board"
    enterprise: str
    name: str
    region: str
    generated: tuple[str, ...]
    case: str


@dataclass(frozen=True, slots=True)
class GrantDataConsent:
    """Let the programme use these data until that day, by a signatory with a mandate."""

    trigger: ClassVar[str] = "grant_consent"
    enterprise: str
    scope: tuple[str, ...]
    purpose: str
    until: date
    signatory: str
    mandate_until: date


@dataclass(frozen=True, slots=True)
class SubmitEnrolment:
    """Ask for a place in the library; `ip_rights` counts own rights in force."""

    trigger: ClassVar[str] = "submit_enrolment"
    enterprise: str
    ip_rights: int


@dataclass(frozen=True, slots=True)
class RequestSupplement:
    """Ask the firm for what is missing."""

    trigger: ClassVar[str] = "request_supplement"
    enterprise: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProvideSupplement:
    """Hand in what was missing."""

    trigger: ClassVar[str] = "provide_supplement"
    enterprise: str
    provided: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LapseEnrolment:
    """Withdraw a submission whose supplement never came."""

    trigger: ClassVar[str] = "lapse_enrolment"
    enterprise: str


@dataclass(frozen=True, slots=True)
class ApproveEnrolment:
    """Take the firm into the library; `negative_hits` are the lists on which it was found."""

    trigger: ClassVar[str] = "approve_enrolment"
    enterprise: str
    negative_hits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RejectEnrolment:
    """Refuse the firm a place, with a reason."""

    trigger: ClassVar[str] = "reject_enrolment"
    enterprise: str
    reason: str


@dataclass(frozen=True, slots=True)
class RenewEnrolment:
    """Check the firm again and extend its place in the library."""

    trigger: ClassVar[str] = "renew_enrolment"
    enterprise: str
    negative_hits: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpireEnrolment:
    """End a place in the library that was not renewed."""

    trigger: ClassVar[str] = "expire_enrolment"
    enterprise: str


@dataclass(frozen=True, slots=True)
class SuspendEnterprise:
    """Stop new applications: litigation, abnormal operation, overdue debt, IP dispute."""

    trigger: ClassVar[str] = "suspend"
    enterprise: str
    cause: str


@dataclass(frozen=True, slots=True)
class ReinstateEnterprise:
    """Lift a suspension; `finding` says why its cause is gone."""

    trigger: ClassVar[str] = "reinstate"
    enterprise: str
    finding: str


@dataclass(frozen=True, slots=True)
class RemoveEnterprise:
    """Strike a firm off after a fraud finding."""

    trigger: ClassVar[str] = "remove"
    enterprise: str
    fraud_finding: str


@dataclass(frozen=True, slots=True)
class LeaveLibrary:
    """Leave the library at the firm's own wish."""

    trigger: ClassVar[str] = "leave"
    enterprise: str


@dataclass(frozen=True, slots=True)
class BlacklistEnterprise:
    """Bar a firm for claim fraud or diverted funds; `fund` is the one that proved it."""

    trigger: ClassVar[str] = "blacklist"
    enterprise: str
    fund: str
    finding: str
