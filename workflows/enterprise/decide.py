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
from workflows.enterprise.records import (
    BlacklistEnterprise,
    BoardEnterprise,
    Enterprise,
    GrantDataConsent,
    ProvideSupplement,
    RegisterEnterprise,
    ReinstateEnterprise,
    RejectEnrolment,
    RemoveEnterprise,
    RequestSupplement,
    SubmitEnrolment,
    SuspendEnterprise,
)
from workflows.enterprise.size_class import size_class
from workflows.lifecycle.deadlines import days_from, months_from, working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation


def register(s: Situation[None, RegisterEnterprise]) -> tuple[Any, ...]:
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


def board(s: Situation[None, BoardEnterprise]) -> tuple[Any, ...]:
    """Stand a boarded loan's borrower in the library from today."""
    a = s.act
    return (EnterpriseBoarded(s.policy.ref, a.name, folded(a.region), a.generated, s.today),)


def grant_consent(s: Situation[Enterprise, GrantDataConsent]) -> tuple[Any, ...]:
    """Record what for, until when and by whom."""
    a = s.act
    return (EnterpriseConsentGranted(a.scope, a.purpose, a.until, a.signatory),)


def submit_enrolment(s: Situation[Enterprise, SubmitEnrolment]) -> tuple[Any, ...]:
    """Ask for a place; the administration's time starts."""
    due_by = working_days_from(s, "enrolment_review_wd")
    return (EnterpriseEnrolmentSubmitted(s.act.ip_rights, s.it.size_class, due_by),)


def request_supplement(s: Situation[Enterprise, RequestSupplement]) -> tuple[Any, ...]:
    """Send the firm back once more; its own time starts."""
    due_by = working_days_from(s, "enrolment_supplement_wd")
    rounds = s.it.supplement_rounds + 1
    return (EnterpriseSupplementRequested(s.act.missing, rounds, due_by),)


def provide_supplement(s: Situation[Enterprise, ProvideSupplement]) -> tuple[Any, ...]:
    """The administration's time starts anew."""
    due_by = working_days_from(s, "enrolment_review_wd")
    return (EnterpriseSupplementProvided(s.act.provided, due_by),)


def approve_enrolment(s: Situation[Enterprise]) -> tuple[Any, ...]:
    """A place for enrolment_validity_days."""
    return (EnterpriseEnrolled(s.today, days_from(s, "enrolment_validity_days")),)


def blacklist(s: Situation[Enterprise, BlacklistEnterprise]) -> tuple[Any, ...]:
    """A bar for blacklist_months."""
    return (EnterpriseBlacklisted(s.act.finding, months_from(s, "blacklist_months")),)


def lapse_enrolment(s: Situation[Enterprise]) -> tuple[Any, ...]:
    """The submission counts as withdrawn from its last day on."""
    return (EnterpriseEnrolmentLapsed(given(s.it.due_by)),)


def reject_enrolment(s: Situation[Enterprise, RejectEnrolment]) -> tuple[Any, ...]:
    """No place, for a reason."""
    return (EnterpriseEnrolmentRejected(s.act.reason),)


def renew_enrolment(s: Situation[Enterprise]) -> tuple[Any, ...]:
    """The place runs for another enrolment_validity_days."""
    return (EnterpriseEnrolmentRenewed(days_from(s, "enrolment_validity_days")),)


def expire_enrolment(s: Situation[Enterprise]) -> tuple[Any, ...]:
    """The place ended on its last day."""
    return (EnterpriseEnrolmentExpired(given(s.it.valid_until)),)


def suspend(s: Situation[Enterprise, SuspendEnterprise]) -> tuple[Any, ...]:
    """No new applications, for a cause."""
    return (EnterpriseSuspended(s.act.cause),)


def reinstate(s: Situation[Enterprise, ReinstateEnterprise]) -> tuple[Any, ...]:
    """New applications again, upon a finding."""
    return (EnterpriseReinstated(s.act.finding),)


def remove(s: Situation[Enterprise, RemoveEnterprise]) -> tuple[Any, ...]:
    """Struck off for the fraud that was found."""
    return (EnterpriseRemoved(s.act.fraud_finding),)


def leave(s: Situation[Enterprise]) -> tuple[Any, ...]:
    """Gone at its own wish."""
    return (EnterpriseRemoved("own request"),)


DECIDE: dict[str, Decide] = {
    "register": register,
    "board": board,
    "grant_consent": grant_consent,
    "submit_enrolment": submit_enrolment,
    "request_supplement": request_supplement,
    "provide_supplement": provide_supplement,
    "lapse_enrolment": lapse_enrolment,
    "approve_enrolment": approve_enrolment,
    "reject_enrolment": reject_enrolment,
    "renew_enrolment": renew_enrolment,
    "expire_enrolment": expire_enrolment,
    "suspend": suspend,
    "reinstate": reinstate,
    "remove": remove,
    "leave": leave,
    "blacklist": blacklist,
}
