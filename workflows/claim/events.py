"""What has happened to a claim. Amounts are Money, users are ids of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money
from workflows.lifecycle.versions import Upcasts


@dataclass(frozen=True, slots=True)
class ClaimRiskNotified:
    """The fund knows that the loan is at risk; by days past due it was to know by `notify_by`."""

    wire: ClassVar[str] = "Claim.RiskNotified"
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

    wire: ClassVar[str] = "Claim.Opened"
    opened_on: date
    closes_on: date
    dpd: int


@dataclass(frozen=True, slots=True)
class ClaimSubmitted:
    """Handed in: `amount` is the exposure, principal and interest to the cut-off.

    The fund manager accepts or returns it by `answer_by`.
    """

    wire: ClassVar[str] = "Claim.Submitted"
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

    wire: ClassVar[str] = "Claim.Expired"
    closes_on: date


@dataclass(frozen=True, slots=True)
class ClaimAccepted:
    """Formally complete; the review begins by `review_by`."""

    wire: ClassVar[str] = "Claim.Accepted"
    version: ClassVar[int] = 2
    upcasts: ClassVar[Upcasts] = {1: lambda e: {**e, "accepted_by": [e["accepted_by"]]}}
    accepted_by: tuple[str, ...]
    review_by: date


@dataclass(frozen=True, slots=True)
class ClaimReturned:
    """Sent back; may be submitted again inside the window."""

    wire: ClassVar[str] = "Claim.Returned"
    reason: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class ClaimReviewStarted:
    """Somebody who did not accept the filing looks into it and decides by `decide_by`."""

    wire: ClassVar[str] = "Claim.ReviewStarted"
    reviewer: str
    decide_by: date


@dataclass(frozen=True, slots=True)
class ClaimSupplementRequested:
    """The bank owes an answer by `answer_by`."""

    wire: ClassVar[str] = "Claim.SupplementRequested"
    reason: str
    rounds: int
    asked_on: date
    answer_by: date


@dataclass(frozen=True, slots=True)
class ClaimSupplementProvided:
    """The bank answered; the review goes on, longer by the working days it waited."""

    wire: ClassVar[str] = "Claim.SupplementProvided"
    evidence: tuple[str, ...]
    decide_by: date


@dataclass(frozen=True, slots=True)
class ClaimSupplementLapsed:
    """The bank did not answer; it may submit once more inside the window."""

    wire: ClassVar[str] = "Claim.SupplementLapsed"
    lapses: int
    expires_on: date


@dataclass(frozen=True, slots=True)
class ClaimApproved:
    """Granted: `amount` is the fund's share."""

    wire: ClassVar[str] = "Claim.Approved"
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

    wire: ClassVar[str] = "Claim.Rejected"
    reason: str
    decided_by: tuple[str, ...]
    decided_on: date


@dataclass(frozen=True, slots=True)
class ClaimObjectionFiled:
    """The bank objected; others decide, by `decide_by`."""

    wire: ClassVar[str] = "Claim.ObjectionFiled"
    evidence: tuple[str, ...]
    objections: int
    decide_by: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimQueued:
    """In line for payment, which is due by `pay_by` where the fund has the money."""

    wire: ClassVar[str] = "Claim.Queued"
    amount: Money
    queued_on: date
    pay_by: date


@dataclass(frozen=True, slots=True)
class ClaimPartialQueued:
    """What a partial payment left is in line at the claim's old place."""

    wire: ClassVar[str] = "Claim.PartialQueued"
    amount: Money


@dataclass(frozen=True, slots=True)
class ClaimPaid:
    """The fund has paid the rest of its share; `first`: nothing was paid before."""

    wire: ClassVar[str] = "Claim.Paid"
    amount: Money
    first: bool
    principal: Money
    fund_share: Money
    bank_principal: Money
    paid_on: date
    account: str = ""


@dataclass(frozen=True, slots=True)
class ClaimPartiallyPaid:
    """The fund has paid what it had; `first`: nothing was paid before."""

    wire: ClassVar[str] = "Claim.PartiallyPaid"
    amount: Money
    first: bool
    principal: Money
    fund_share: Money
    bank_principal: Money
    paid_on: date
    account: str = ""


@dataclass(frozen=True, slots=True)
class ClaimRecoveryShared:
    """Money came back to those who bore the loss; totals so far."""

    wire: ClassVar[str] = "Claim.RecoveryShared"
    recovery: str
    returned_fund: Money
    returned_bank: Money
    returned_interest: Money


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn:
    """Given up."""

    wire: ClassVar[str] = "Claim.Withdrawn"
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimResumed:
    """The fund has cash for it again; payment is due by `pay_by`.

    A claim paid in part is paid on at once: two persons have ordered it already.
    """

    wire: ClassVar[str] = "Claim.Resumed"
    pay_by: date


@dataclass(frozen=True, slots=True)
class ClaimClawedBack:
    """The fund bears nothing of it any more."""

    wire: ClassVar[str] = "Claim.ClawedBack"
    amount: Money


@dataclass(frozen=True, slots=True)
class ClaimSetOff:
    """Paid in part by what the bank owed under a clawback; the rest stays in line."""

    wire: ClassVar[str] = "Claim.SetOff"
    amount: Money
    first: bool
    principal: Money
    fund_share: Money
    bank_principal: Money
    paid_on: date
    clawback: str


@dataclass(frozen=True, slots=True)
class ClaimFinalLossKnown:
    """Written off, settled or unrecoverable: the claim is to be settled by `settle_by`."""

    wire: ClassVar[str] = "Claim.FinalLossKnown"
    final_loss_on: date
    settle_by: date


@dataclass(frozen=True, slots=True)
class ClaimSettled:
    """Closed: adjustment = fund's share of the final loss - what it bears.

    Where it is not 0.00, money has moved. It was to be closed by `settle_by`.
    """

    wire: ClassVar[str] = "Claim.Settled"
    adjustment: Money
    final_loss: Money
    settle_by: date
