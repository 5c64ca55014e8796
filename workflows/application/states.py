"""Where a loan application stands."""

from __future__ import annotations

from enum import Enum


class ApplicationState(Enum):
    """Where an application stands. Frozen is a flag: what is frozen goes on where it stood."""

    DRAFT = "DRAFT"  # the firm writes it
    SUBMITTED = "SUBMITTED"  # signed and handed in
    ACCEPTED = "ACCEPTED"  # complete
    ROUTED = "ROUTED"  # banks see it
    UNDER_REVIEW = "UNDER_REVIEW"  # the selected bank looks into it
    APPROVED = "APPROVED"  # the firm has an offer
    SIGNED = "SIGNED"  # contract signed, conditions open
    CONVERTED = "CONVERTED"  # a loan came of it
    WITHDRAWN = "WITHDRAWN"
    REJECTED = "REJECTED"
    EXPIRED = "EXPIRED"
    DECLINED_BY_ENTERPRISE = "DECLINED_BY_ENTERPRISE"


# States in which banks have it before them: its match is open.
BEFORE_BANKS = frozenset((ApplicationState.ROUTED.name, ApplicationState.UNDER_REVIEW.name))
