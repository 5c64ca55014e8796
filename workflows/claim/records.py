"""A claim on the fund for one loan: its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money

REJECT_CODES = (
    "NOT_COVERED",
    "FILED_LATE",
    "INELIGIBLE_BORROWER",
    "USE_DIVERTED",
    "PLEDGE_DEFECT",
    "RATE_ABOVE_CAP",
    "EXTRA_FEES",
    "NO_COLLECTION_EFFORT",
    "CLAIM_LATE",
    "DUPLICATE_COMPENSATION",
    "FRAUD",
    "BANK_AT_FAULT",
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What the bank asks of the fund and who bears what. Its id is the loan's.

    principal = fund_share + bank_principal once approved; the bank also bears bank_interest.
    Burden: fund paid - returned_fund; bank principal - paid - returned_bank and
    bank_interest - returned_interest.
    """

    id: str
    state: str
    loan: str
    filing: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    notified_on: date
    opened_on: date | None = None
    closes_on: date | None = None  # last day to submit
    submitted_on: date | None = None
    cut_off: date | None = None  # the loss is calculated to this day
    evidence: tuple[str, ...] = ()
    accepted_by: tuple[str, ...] = ()
    reviewer: str = ""
    decide_by: date | None = None  # last day of the review
    asked_on: date | None = None  # the review waits since then
    rounds: int = 0  # supplements asked for
    lapses: int = 0  # supplements that never came
    answer_by: date | None = None
    decided_by: tuple[str, ...] = ()
    decided_on: date | None = None
    objections: int = 0
    reason: str = ""
    principal: Money = Money.ZERO
    tier: str = ""
    fund_share: Money = Money.ZERO
    bank_principal: Money = Money.ZERO
    bank_interest: Money = Money.ZERO
    queued_on: date | None = None
    paid: Money = Money.ZERO
    paid_on: date | None = None
    returned_fund: Money = Money.ZERO
    returned_bank: Money = Money.ZERO
    returned_interest: Money = Money.ZERO
    final_loss_on: date | None = None  # the day it was known
    settle_by: date | None = None
    adjustment: Money = Money.ZERO

    @property
    def claim(self) -> str:
        """Its own id, by which recovery names it."""
        return self.id

    @property
    def unpaid(self) -> Money:
        """What the fund still owes on it."""
        return self.fund_share - self.paid

    @property
    def fund_burden(self) -> Money:
        """What the fund bears after recoveries."""
        return self.paid - self.returned_fund

    @property
    def bank_burden(self) -> Money:
        """What the bank bears after recoveries, interest to the cut-off included."""
        principal = self.principal - self.paid - self.returned_bank
        return principal + self.bank_interest - self.returned_interest


@dataclass(frozen=True, slots=True)
class NotifyRisk:
    """Tell the fund that a covered loan is at risk; `grounds` names another reason than days."""

    trigger: ClassVar[str] = "notify_risk"
    claim: str
    loan: str
    bank: str
    grounds: str = ""


@dataclass(frozen=True, slots=True)
class OpenClaim:
    """Begin the claim file."""

    trigger: ClassVar[str] = "open"
    claim: str


@dataclass(frozen=True, slots=True)
class SubmitClaim:
    """Hand the claim in: loss to `cut_off`, codes of the evidence, other public money received."""

    trigger: ClassVar[str] = "submit"
    claim: str
    cut_off: date
    evidence: tuple[str, ...]
    other_compensation: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class ExpireClaim:
    """The window closed without a claim: the bank bears all."""

    trigger: ClassVar[str] = "expire"
    claim: str


@dataclass(frozen=True, slots=True)
class AcceptClaim:
    """The file is formally complete."""

    trigger: ClassVar[str] = "accept"
    claim: str


@dataclass(frozen=True, slots=True)
class ReturnClaim:
    """Send the file back for its defects."""

    trigger: ClassVar[str] = "return_claim"
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class StartReview:
    """Begin to look into the claim."""

    trigger: ClassVar[str] = "start_review"
    claim: str


@dataclass(frozen=True, slots=True)
class RequestClaimSupplement:
    """Ask the bank for more; the review waits."""

    trigger: ClassVar[str] = "request_supplement"
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProvideClaimSupplement:
    """Answer with more evidence."""

    trigger: ClassVar[str] = "provide_supplement"
    claim: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LapseClaimSupplement:
    """No answer came."""

    trigger: ClassVar[str] = "lapse_supplement"
    claim: str


@dataclass(frozen=True, slots=True)
class ApproveClaim:
    """Grant compensation by the policy's shares."""

    trigger: ClassVar[str] = "approve"
    claim: str


@dataclass(frozen=True, slots=True)
class RejectClaim:
    """Refuse compensation; `reason` is one of REJECT_CODES."""

    trigger: ClassVar[str] = "reject"
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class ObjectToRejection:
    """Object once, with new evidence."""

    trigger: ClassVar[str] = "object"
    claim: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QueueClaim:
    """Put an approved claim in line for payment."""

    trigger: ClassVar[str] = "queue"
    claim: str


@dataclass(frozen=True, slots=True)
class PayClaim:
    """Pay all that is unpaid, to the account that was filed with the loan."""

    trigger: ClassVar[str] = "pay"
    claim: str
    account: str


@dataclass(frozen=True, slots=True)
class PayClaimPartly:
    """Pay what the fund has left, to the account on file; the rest waits in line."""

    trigger: ClassVar[str] = "pay_partly"
    claim: str
    account: str


@dataclass(frozen=True, slots=True)
class ShareRecovery:
    """Note what came back to whom."""

    trigger: ClassVar[str] = "share_recovery"
    claim: str
    recovery: str
    fund_part: Money
    bank_part: Money
    bank_interest: Money


@dataclass(frozen=True, slots=True)
class WithdrawClaim:
    """Give the claim up before payment."""

    trigger: ClassVar[str] = "withdraw"
    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class ResumeClaim:
    """The fund has cash for it again."""

    trigger: ClassVar[str] = "resume"
    claim: str


@dataclass(frozen=True, slots=True)
class ClawBackClaim:
    """The bank has given back what the fund still bore of it."""

    trigger: ClassVar[str] = "claw_back"
    claim: str
    amount: Money


@dataclass(frozen=True, slots=True)
class SetOffClaim:
    """Pay a part by what the bank owes under a clawback."""

    trigger: ClassVar[str] = "set_off"
    claim: str
    clawback: str
    amount: Money


@dataclass(frozen=True, slots=True)
class NoteFinalLoss:
    """Note that the loss is final: written off, settled, or unrecoverable."""

    trigger: ClassVar[str] = "note_final_loss"
    claim: str


@dataclass(frozen=True, slots=True)
class SettleClaim:
    """Compare what was paid with the final loss and close."""

    trigger: ClassVar[str] = "settle"
    claim: str
