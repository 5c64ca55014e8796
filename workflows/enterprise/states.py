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
