"""How an enterprise's events change its row, and which timers they set."""

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
from workflows.enterprise.records import Enterprise, ExpireEnrolment, LapseEnrolment
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes, takes_and


def lapse_timer(row: Enterprise, event: Any) -> tuple[Any, ...]:
    """The day after the supplement's last day the submission lapses."""
    return (SetTimer("supplement", day_after(event.due_by), LapseEnrolment(row.id)),)


def validity_timer(row: Enterprise, event: Any) -> tuple[Any, ...]:
    """The day after its last day the place expires."""
    return (SetTimer("validity", day_after(event.valid_until), ExpireEnrolment(row.id)),)


def no_timers(_row: Enterprise, _event: Any) -> tuple[Any, ...]:
    """A firm struck off or refused has nothing to wait for."""
    return (DropTimer("supplement"), DropTimer("validity"))


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

TIMERS: dict[type[Any], Timers] = {
    EnterpriseSupplementRequested: lapse_timer,
    EnterpriseSupplementProvided: lambda _row, _e: (DropTimer("supplement"),),
    EnterpriseEnrolled: validity_timer,
    EnterpriseEnrolmentRenewed: validity_timer,
    EnterpriseRemoved: no_timers,
}
