"""How an enterprise's events change its row."""

from __future__ import annotations

from typing import Any

from workflows.enterprise.events import (
    EnterpriseBlacklisted,
    EnterpriseBoarded,
    EnterpriseConsentGranted,
    EnterpriseEnrolled,
    EnterpriseEnrolmentExpired,
    EnterpriseEnrolmentLapsed,
    EnterpriseEnrolmentRejected,
    EnterpriseEnrolmentRenewed,
    EnterpriseEnrolmentSubmitted,
    EnterpriseRegistered,
    EnterpriseReinstated,
    EnterpriseRemoved,
    EnterpriseSupplementProvided,
    EnterpriseSupplementRequested,
    EnterpriseSuspended,
)
from workflows.lifecycle.evolution import Evolve, takes, takes_and

EVOLVE: dict[type[Any], Evolve] = {
    EnterpriseRegistered: takes(
        "policy",
        "name",
        "credit_code",
        "region",
        "industry",
        "size_class",
        "staff",
        "revenue",
    ),
    EnterpriseBoarded: takes("policy", "name", "region", "generated", "enrolled_on"),
    EnterpriseConsentGranted: takes("consent_scope", "consent_until", "signatory"),
    EnterpriseEnrolmentSubmitted: takes("ip_rights", "due_by"),
    EnterpriseSupplementRequested: takes("supplement_rounds", "due_by"),
    EnterpriseSupplementProvided: takes("due_by"),
    EnterpriseEnrolmentLapsed: takes_and((), {"due_by": None}),
    EnterpriseEnrolled: takes_and(("enrolled_on", "valid_until"), {"due_by": None}),
    EnterpriseEnrolmentRejected: takes_and((), {"due_by": None}),
    EnterpriseEnrolmentRenewed: takes("valid_until"),
    EnterpriseEnrolmentExpired: takes(),
    EnterpriseSuspended: lambda _row, e: {"stopped_for": e.cause},
    EnterpriseReinstated: takes_and((), {"stopped_for": ""}),
    EnterpriseRemoved: takes_and((), {"due_by": None}),
    EnterpriseBlacklisted: takes("blacklisted_until"),
}
