"""What follows from an act on an enterprise: its events."""

from __future__ import annotations

from typing import Any

from policies.regions import folded
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
from workflows.enterprise.size_class import size_class
from workflows.lifecycle.deadlines import days_from, months_from, working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation

Asked = Situation[Any]


def register(s: Asked) -> tuple[Any, ...]:
    """Open the draft with the size class its figures give."""
    a = s.act
    size = size_class(s.policy, a.industry, staff=a.staff, revenue=a.revenue)
    return (
        EnterpriseRegistered(
            policy=s.policy.ref,
            name=a.name,
            credit_code=a.credit_code,
            region=folded(a.region),
            industry=a.industry,
            size_class=size.value,
            staff=a.staff,
            revenue=a.revenue,
        ),
    )


def board(s: Asked) -> tuple[Any, ...]:
    """Stand a boarded loan's borrower in the library from today."""
    a = s.act
    return (EnterpriseBoarded(s.policy.ref, a.name, folded(a.region), a.generated, s.today),)


def grant_consent(s: Asked) -> tuple[Any, ...]:
    """Record what for, until when and by whom."""
    a = s.act
    return (EnterpriseConsentGranted(a.scope, a.purpose, a.until, a.signatory),)


def submit_enrolment(s: Asked) -> tuple[Any, ...]:
    """Ask for a place; the administration's time starts."""
    due_by = working_days_from(s, "enrolment_review_wd")
    return (EnterpriseEnrolmentSubmitted(s.act.ip_rights, s.it.size_class, due_by),)


def request_supplement(s: Asked) -> tuple[Any, ...]:
    """Send the firm back once more; its own time starts."""
    due_by = working_days_from(s, "enrolment_supplement_wd")
    rounds = s.it.supplement_rounds + 1
    return (EnterpriseSupplementRequested(s.act.missing, rounds, due_by),)


def provide_supplement(s: Asked) -> tuple[Any, ...]:
    """The administration's time starts anew."""
    due_by = working_days_from(s, "enrolment_review_wd")
    return (EnterpriseSupplementProvided(s.act.provided, due_by),)


def approve_enrolment(s: Asked) -> tuple[Any, ...]:
    """A place for enrolment_validity_days."""
    return (EnterpriseEnrolled(s.today, days_from(s, "enrolment_validity_days")),)


def blacklist(s: Asked) -> tuple[Any, ...]:
    """A bar for blacklist_months."""
    return (EnterpriseBlacklisted(s.act.finding, months_from(s, "blacklist_months")),)


DECIDE: dict[str, Decide] = {
    "register": register,
    "board": board,
    "grant_consent": grant_consent,
    "submit_enrolment": submit_enrolment,
    "request_supplement": request_supplement,
    "provide_supplement": provide_supplement,
    "lapse_enrolment": lambda s: (EnterpriseEnrolmentLapsed(s.it.due_by),),
    "approve_enrolment": approve_enrolment,
    "reject_enrolment": lambda s: (EnterpriseEnrolmentRejected(s.act.reason),),
    "renew_enrolment": lambda s: (
        EnterpriseEnrolmentRenewed(days_from(s, "enrolment_validity_days")),
    ),
    "expire_enrolment": lambda s: (EnterpriseEnrolmentExpired(s.it.valid_until),),
    "suspend": lambda s: (EnterpriseSuspended(s.act.cause),),
    "reinstate": lambda s: (EnterpriseReinstated(s.act.finding),),
    "remove": lambda s: (EnterpriseRemoved(s.act.fraud_finding),),
    "leave": lambda s: (EnterpriseRemoved("own request"),),
    "blacklist": blacklist,
}
