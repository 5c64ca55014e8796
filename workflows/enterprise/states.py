"""Where a firm stands with the programme's library."""

from __future__ import annotations

from enum import Enum


class EnterpriseState(Enum):
    """Where a firm stands with the library."""

    DRAFT = "DRAFT"  # registered, not yet submitted
    SUBMITTED = "SUBMITTED"  # the administration looks at it
    SUPPLEMENT = "SUPPLEMENT"  # the firm owes a document
    ENROLLED = "ENROLLED"  # may apply for loans
    SUSPENDED = "SUSPENDED"  # may not apply for now
    EXPIRED = "EXPIRED"  # not renewed, or a supplement never came; may submit again
    REJECTED = "REJECTED"
    REMOVED = "REMOVED"


# The act that leads on towards ENROLLED; once refused or struck off, none does.
TOWARDS_ENROLLED = {
    EnterpriseState.DRAFT.name: "enterprise.submit_enrolment",
    EnterpriseState.SUBMITTED.name: "enterprise.approve_enrolment",
    EnterpriseState.SUPPLEMENT.name: "enterprise.provide_supplement",
    EnterpriseState.SUSPENDED.name: "enterprise.reinstate",
    EnterpriseState.EXPIRED.name: "enterprise.submit_enrolment",
}
