"""What has happened to a claim. Amounts are Money, users are ids of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money


@dataclass(frozen=True, slots=True)
class ClaimRiskNotified:
    """The fund knows that the loan is at risk; by days past due it was to know by `notify_by`."""

    loan: str
    filing: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    notified_on: date
    notify_by: date
    dpd: int
    grounds: str


@dataclass(frozen=True, slots=True)
class ClaimOpened:
    """The file may be handed in until `closes_on`."""

    opened_on: date
    closes_on: date
    dpd: int


@dataclass(frozen=True, slots=True)
class ClaimSubmitted:
    """Handed in: `amount` is the exposure, principal and interest to the cut-off.

    The fund manager accepts or returns it by `answer_by`.
    """

    amount: Money
    principal: Money
    bank_interest: Money
    cut_off: date
    evidence: tuple[str, ...]
    submitted_on: date
    answer_by: date


@dataclass(frozen=True, slots=True)
class ClaimExpired:
    """Too late; the bank bears all."""

    closes_on: date


@dataclass(frozen=True, slots=True)
class ClaimAccepted:
    """Formally complete; the review begins by `review_by`."""

    accepted_by: str
    review_by: date


@dataclass(frozen=True, slots=True)
class ClaimReturned:
    """Sent back; may be submitted again inside the window."""

    reason: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class ClaimReviewStarted:
    """Somebody who did not accept the filing looks into it and decides by `decide_by`."""

    reviewer: str
    decide_by: date


@dataclass(frozen=True, slots=True)
class ClaimSupplementRequested:
    """The bank owes an answer by `answer_by`."""

    reason: str
    rounds: int
    asked_on: date
    answer_by: date


@dataclass(frozen=True, slots=True)
class ClaimSupplementProvided:
    """The bank answered; the review goes on, longer by the working days it waited."""

    evidence: tuple[str, ...]
    decide_by: date


@dataclass(frozen=True, slots=True)
class ClaimSupplementLapsed:
    """The bank did not answer; it may submit once more inside the window."""

    lapses: int
    expires_on: date


@dataclass(frozen=True, slots=True)
class ClaimApproved:
    """Granted: `amount` is the fund's share."""

    amount: Money
    principal: Money
    fund_share: Money
    bank_principal: Money
    bank_interest: Money
    tier: str
    decided_by: tuple[str, ...]
    decided_on: date


@dataclass(frozen=True, slots=True)
class ClaimRejected:
    """Refused."""

    reason: str
    decided_by: tuple[str, ...]
    decided_on: date


@dataclass(frozen=True, slots=True)
class ClaimObjectionFiled:
    """The bank objected; others decide."""

    evidence: tuple[str, ...]
    objections: int


@dataclass(frozen=True, slots=True)
class ClaimQueued:
    """In line for payment, which is due by `pay_by` where the fund has the money."""

    amount: Money
    queued_on: date
    pay_by: date


@dataclass(frozen=True, slots=True)
class ClaimPartialQueued:
    """What a partial payment left is in line at the claim's old place."""

    amount: Money


@dataclass(frozen=True, slots=True)
class ClaimPaid:
    """The fund has paid the rest of its share; `first`: nothing was paid before."""

    amount: Money
    first: bool
    principal: Money
    fund_share: Money
    bank_principal: Money
    paid_on: date


@dataclass(frozen=True, slots=True)
class ClaimPartiallyPaid:
    """The fund has paid what it had; `first`: nothing was paid before."""

    amount: Money
    first: bool
    principal: Money
    fund_share: Money
    bank_principal: Money
    paid_on: date


@dataclass(frozen=True, slots=True)
class ClaimRecoveryShared:
    """Money came back to those who bore the loss; totals so far."""

    recovery: str
    returned_fund: Money
    returned_bank: Money
    returned_interest: Money


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn:
    """Given up."""

    reason: str


@dataclass(frozen=True, slots=True)
class ClaimSettled:
    """Closed: adjustment = fund's share of the final loss - what it bears.

    It was to be closed by `settle_by`, counted from the day the final loss was known.
    """

    adjustment: Money
    final_loss: Money
    settle_by: date


# fmt: off
EVENTS: dict[str, type] = {
    "Claim.RiskNotified":        ClaimRiskNotified,
    "Claim.Opened":              ClaimOpened,
    "Claim.Submitted":           ClaimSubmitted,
    "Claim.Expired":             ClaimExpired,
    "Claim.Accepted":            ClaimAccepted,
    "Claim.Returned":            ClaimReturned,
    "Claim.ReviewStarted":       ClaimReviewStarted,
    "Claim.SupplementRequested": ClaimSupplementRequested,
    "Claim.SupplementProvided":  ClaimSupplementProvided,
    "Claim.SupplementLapsed":    ClaimSupplementLapsed,
    "Claim.Approved":            ClaimApproved,
    "Claim.Rejected":            ClaimRejected,
    "Claim.ObjectionFiled":      ClaimObjectionFiled,
    "Claim.Queued":              ClaimQueued,
    "Claim.PartialQueued":       ClaimPartialQueued,
    "Claim.Paid":                ClaimPaid,
    "Claim.PartiallyPaid":       ClaimPartiallyPaid,
    "Claim.RecoveryShared":      ClaimRecoveryShared,
    "Claim.Withdrawn":           ClaimWithdrawn,
    "Claim.Settled":             ClaimSettled,
}
# fmt: on
