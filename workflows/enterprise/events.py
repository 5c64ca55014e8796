"""What can have happened to an enterprise, as it is stored and sent.

Dates named `due_by` and `*_until` are last days, inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class EnterpriseRegistered:
    """A draft was opened."""

    wire: ClassVar[str] = "Enterprise.Registered"
    policy: str
    name: str
    credit_code: str
    region: str
    industry: str
    size_class: str
    staff: int
    revenue: Money


@dataclass(frozen=True, slots=True)
class EnterpriseBoarded:
    """A boarded loan's borrower stands in the library; `generated` names made-up facts."""

    wire: ClassVar[str] = "Enterprise.Boarded"
    policy: str
    name: str
    region: str
    generated: tuple[str, ...]
    enrolled_on: date


@dataclass(frozen=True, slots=True)
class EnterpriseConsentGranted:
    """Data may be used for the purpose until that day, inclusive."""

    wire: ClassVar[str] = "Enterprise.ConsentGranted"
    consent_scope: tuple[str, ...]
    purpose: str
    consent_until: date
    signatory: str


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentSubmitted:
    """A place was asked for; the administration answers by `due_by`."""

    wire: ClassVar[str] = "Enterprise.EnrolmentSubmitted"
    ip_rights: int
    size_class: str
    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseSupplementRequested:
    """Something is missing; it may come until `due_by`, inclusive."""

    wire: ClassVar[str] = "Enterprise.SupplementRequested"
    missing: tuple[str, ...]
    supplement_rounds: int
    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseSupplementProvided:
    """The firm handed it in; the administration answers by `due_by`."""

    wire: ClassVar[str] = "Enterprise.SupplementProvided"
    provided: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentLapsed:
    """The supplement never came: the submission counts as withdrawn."""

    wire: ClassVar[str] = "Enterprise.EnrolmentLapsed"
    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolled:
    """The firm is in the library until `valid_until`, inclusive."""

    wire: ClassVar[str] = "Enterprise.Enrolled"
    enrolled_on: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentRejected:
    """The firm was refused a place."""

    wire: ClassVar[str] = "Enterprise.EnrolmentRejected"
    reason: str


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentRenewed:
    """The firm's place was extended."""

    wire: ClassVar[str] = "Enterprise.EnrolmentRenewed"
    valid_until: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentExpired:
    """The place was not renewed; live loans go on and stay covered."""

    wire: ClassVar[str] = "Enterprise.EnrolmentExpired"
    valid_until: date


@dataclass(frozen=True, slots=True)
class EnterpriseSuspended:
    """New applications are stopped; live loans go on and stay covered."""

    wire: ClassVar[str] = "Enterprise.Suspended"
    cause: str


@dataclass(frozen=True, slots=True)
class EnterpriseReinstated:
    """New applications are allowed again."""

    wire: ClassVar[str] = "Enterprise.Reinstated"
    finding: str


@dataclass(frozen=True, slots=True)
class EnterpriseRemoved:
    """The firm left the library or was struck off."""

    wire: ClassVar[str] = "Enterprise.Removed"
    reason: str


@dataclass(frozen=True, slots=True)
class EnterpriseBlacklisted:
    """The firm is barred until that day, inclusive."""

    wire: ClassVar[str] = "Enterprise.Blacklisted"
    finding: str
    blacklisted_until: date
