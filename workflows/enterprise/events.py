"""What can have happened to an enterprise, as it is stored and sent.

Dates named `due_by` and `*_until` are last days, inclusive.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money


@dataclass(frozen=True, slots=True)
class EnterpriseRegistered:
    """A draft was opened."""

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

    policy: str
    name: str
    region: str
    generated: tuple[str, ...]
    enrolled_on: date


@dataclass(frozen=True, slots=True)
class EnterpriseConsentGranted:
    """Data may be used for the purpose until that day, inclusive."""

    consent_scope: tuple[str, ...]
    purpose: str
    consent_until: date
    signatory: str


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentSubmitted:
    """A place was asked for; the administration answers by `due_by`."""

    ip_rights: int
    size_class: str
    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseSupplementRequested:
    """Something is missing; it may come until `due_by`, inclusive."""

    missing: tuple[str, ...]
    supplement_rounds: int
    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseSupplementProvided:
    """The firm handed it in; the administration answers by `due_by`."""

    provided: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentLapsed:
    """The supplement never came: the submission counts as withdrawn."""

    due_by: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolled:
    """The firm is in the library until `valid_until`, inclusive."""

    enrolled_on: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentRejected:
    """The firm was refused a place."""

    reason: str


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentRenewed:
    """The firm's place was extended."""

    valid_until: date


@dataclass(frozen=True, slots=True)
class EnterpriseEnrolmentExpired:
    """The place was not renewed; live loans go on and stay covered."""

    valid_until: date


@dataclass(frozen=True, slots=True)
class EnterpriseSuspended:
    """New applications are stopped; live loans go on and stay covered."""

    cause: str


@dataclass(frozen=True, slots=True)
class EnterpriseReinstated:
    """New applications are allowed again."""

    finding: str


@dataclass(frozen=True, slots=True)
class EnterpriseRemoved:
    """The firm left the library or was struck off."""

    reason: str


@dataclass(frozen=True, slots=True)
class EnterpriseBlacklisted:
    """The firm is barred until that day, inclusive."""

    finding: str
    blacklisted_until: date


EVENTS: dict[str, type[Any]] = {
    "Enterprise.Registered": EnterpriseRegistered,
    "Enterprise.Boarded": EnterpriseBoarded,
    "Enterprise.ConsentGranted": EnterpriseConsentGranted,
    "Enterprise.EnrolmentSubmitted": EnterpriseEnrolmentSubmitted,
    "Enterprise.SupplementRequested": EnterpriseSupplementRequested,
    "Enterprise.SupplementProvided": EnterpriseSupplementProvided,
    "Enterprise.EnrolmentLapsed": EnterpriseEnrolmentLapsed,
    "Enterprise.Enrolled": EnterpriseEnrolled,
    "Enterprise.EnrolmentRejected": EnterpriseEnrolmentRejected,
    "Enterprise.EnrolmentRenewed": EnterpriseEnrolmentRenewed,
    "Enterprise.EnrolmentExpired": EnterpriseEnrolmentExpired,
    "Enterprise.Suspended": EnterpriseSuspended,
    "Enterprise.Reinstated": EnterpriseReinstated,
    "Enterprise.Removed": EnterpriseRemoved,
    "Enterprise.Blacklisted": EnterpriseBlacklisted,
}
