"""Where a claim stands, from the first notice of risk to its settlement."""

from __future__ import annotations

from enum import Enum


class ClaimState(Enum):
    """Where a claim stands."""

    NOTIFIED = "NOTIFIED"  # the fund knows of the risk
    DRAFT = "DRAFT"  # the bank puts the file together
    SUBMITTED = "SUBMITTED"
    RETURNED = "RETURNED"  # defects; may be submitted again inside the window
    ACCEPTED = "ACCEPTED"  # formally complete
    UNDER_REVIEW = "UNDER_REVIEW"
    SUPPLEMENT = "SUPPLEMENT"  # the bank owes an answer
    APPROVED = "APPROVED"
    PAYABLE = "PAYABLE"  # in line for payment
    PARTIALLY_PAID = "PARTIALLY_PAID"  # the rest in line
    PAID = "PAID"
    SETTLED = "SETTLED"  # the final loss is known
    REJECTED = "REJECTED"  # may be objected to, once
    WITHDRAWN = "WITHDRAWN"
    EXPIRED = "EXPIRED"  # the bank bears all
    CLAWED_BACK = "CLAWED_BACK"  # the fund has its money back


IN_LINE = (ClaimState.PAYABLE, ClaimState.PARTIALLY_PAID)
"""Approved, and waiting for all or the rest of the money."""

DECIDED = (
    ClaimState.PAID,
    ClaimState.SETTLED,
    ClaimState.REJECTED,
    ClaimState.WITHDRAWN,
    ClaimState.EXPIRED,
    ClaimState.CLAWED_BACK,
)
"""Nobody waits for the fund any more."""

GIVEN_UP = (ClaimState.REJECTED, ClaimState.WITHDRAWN, ClaimState.EXPIRED)
"""The fund will bear nothing."""

UNDECIDED = (
    ClaimState.NOTIFIED,
    ClaimState.DRAFT,
    ClaimState.SUBMITTED,
    ClaimState.ACCEPTED,
    ClaimState.UNDER_REVIEW,
    ClaimState.SUPPLEMENT,
    ClaimState.RETURNED,
)
"""What the fund will bear is not decided yet."""
