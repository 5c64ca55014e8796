"""Recovery (追偿) of a loan in default, covered or not: its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money

GENERAL, JOINT = GUARANTEE_KINDS = ("GENERAL", "JOINT")
"""A general guarantor is kept by suing the debtor, a joint one by a claim on the guarantor."""
WAYS = ("AGREEMENT", "AUCTION", "SALE")
"""How a pledged right is realised (Civil Code 436)."""
NO_ASSETS = "NO_ASSETS"
HOPELESS = ("ENFORCEMENT_ENDED", "BANKRUPTCY_ENDED", NO_ASSETS)
"""Grounds on which nothing more is expected; the first two rest on a ruling."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """The pursuit of one loan, what it brought, and to whom. Its id is the loan's.

    gross = cost + fund_part + bank_part + bank_interest + surplus.
    """

    id: str
    state: str
    loan: str
    bank: str
    fund: str  # "" where no fund covers the loan
    enterprise: str
    pledge: str
    policy: str
    opened_on: date
    limitation_on: date | None = None  # last day; None once sued
    barred: bool = False  # the debtor may refuse, and the pledge is lost
    demands: int = 0
    demanded_on: date | None = None
    suit_by: date | None = None  # the bank should have sued by then
    suit_on: date | None = None
    court: str = ""
    case_number: str = ""
    judged_on: date | None = None
    preserved: str = ""  # the court's ruling on preservation
    enforcement_on: date | None = None
    enforcement_ended_on: date | None = None
    ruling: str = ""  # by which enforcement or bankruptcy ended
    disposed: tuple[str, ...] = ()  # rights realised
    guarantor: str = ""
    guarantee: str = ""  # GENERAL or JOINT
    guarantee_until: date | None = None  # last day; None once kept
    guarantee_lost: bool = False
    agreed: Money = Money.ZERO  # to be paid under a compromise
    paid_since: Money = Money.ZERO  # of it
    agreed_by: date | None = None
    sources: tuple[str, ...] = ()  # what was booked, so that nothing is booked twice
    gross: Money = Money.ZERO
    cost: Money = Money.ZERO
    fund_part: Money = Money.ZERO
    bank_part: Money = Money.ZERO
    bank_interest: Money = Money.ZERO
    surplus: Money = Money.ZERO  # the pledgor's
    remitted: Money = Money.ZERO
    remit_by: date | None = None
    reason: str = ""
    recourse_written_off: Money = Money.ZERO  # the fund's

    @property
    def recovery(self) -> str:
        """Its own id."""
        return self.id

    @property
    def claim(self) -> str:
        """The id of the loan's claim, if it has one."""
        return self.id

    @property
    def to_remit(self) -> Money:
        """The fund's part that the bank still holds."""
        return self.fund_part - self.remitted


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """Begin to pursue a loan in default."""

    trigger: ClassVar[str] = "open"
    recovery: str
    loan: str


@dataclass(frozen=True, slots=True)
class CallForSuit:
    """Set the day by which the bank should sue; compensated: whether a fund has paid."""

    trigger: ClassVar[str] = "call_for_suit"
    recovery: str
    compensated: bool


@dataclass(frozen=True, slots=True)
class ServeDemand:
    """Note a demand for payment served on the borrower; `paper` is the receipt."""

    trigger: ClassVar[str] = "serve_demand"
    recovery: str
    way: str
    paper: str


@dataclass(frozen=True, slots=True)
class LapseLimitation:
    """The limitation of the debt ran out without demand or suit."""

    trigger: ClassVar[str] = "lapse_limitation"
    recovery: str


@dataclass(frozen=True, slots=True)
class NoteGuarantee:
    """Note who guarantees the debt; without `until` the period is that of the law."""

    trigger: ClassVar[str] = "note_guarantee"
    recovery: str
    guarantor: str
    guarantee: str
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ClaimOnGuarantor:
    """Claim on a joint guarantor inside the guarantee period."""

    trigger: ClassVar[str] = "claim_on_guarantor"
    recovery: str
    paper: str


@dataclass(frozen=True, slots=True)
class LapseGuarantee:
    """The guarantee period ended without the act that keeps the guarantee."""

    trigger: ClassVar[str] = "lapse_guarantee"
    recovery: str


@dataclass(frozen=True, slots=True)
class PreserveAssets:
    """Note the court's preservation of assets (财产保全)."""

    trigger: ClassVar[str] = "preserve_assets"
    recovery: str
    paper: str


@dataclass(frozen=True, slots=True)
class FileSuit:
    """Sue the borrower."""

    trigger: ClassVar[str] = "file_suit"
    recovery: str
    court: str
    case_number: str


@dataclass(frozen=True, slots=True)
class RecordJudgment:
    """The court has decided for the bank."""

    trigger: ClassVar[str] = "record_judgment"
    recovery: str
    paper: str


@dataclass(frozen=True, slots=True)
class ApplyForEnforcement:
    """Ask the court to enforce the judgment."""

    trigger: ClassVar[str] = "apply_for_enforcement"
    recovery: str
    case_number: str


@dataclass(frozen=True, slots=True)
class EndEnforcement:
    """Note that the court ended enforcement without further assets (终本)."""

    trigger: ClassVar[str] = "end_enforcement"
    recovery: str
    ruling: str


@dataclass(frozen=True, slots=True)
class RealisePledge:
    """Sell a pledged right at a price; what it brings is booked when it comes in."""

    trigger: ClassVar[str] = "realise_pledge"
    recovery: str
    asset: str
    way: str
    price: Money


@dataclass(frozen=True, slots=True)
class AgreeCompromise:
    """Settle with the borrower: `amount` by `until`, the rest is remitted when it is paid."""

    trigger: ClassVar[str] = "agree_compromise"
    recovery: str
    amount: Money
    until: date
    terms: str


@dataclass(frozen=True, slots=True)
class CompromiseAlone:
    """The same where no fund has a stake in it."""

    trigger: ClassVar[str] = "compromise_alone"
    recovery: str
    amount: Money
    until: date
    terms: str


@dataclass(frozen=True, slots=True)
class FailCompromise:
    """What was agreed was not paid: the whole debt is pursued again."""

    trigger: ClassVar[str] = "fail_compromise"
    recovery: str


@dataclass(frozen=True, slots=True)
class BookRecovery:
    """Book money that came in; `source` identifies it, `cost` is what getting it cost."""

    trigger: ClassVar[str] = "book"
    recovery: str
    source: str
    gross: Money
    cost: Money


@dataclass(frozen=True, slots=True)
class RemitRecovery:
    """Remit the fund's part that the bank holds."""

    trigger: ClassVar[str] = "remit"
    recovery: str


@dataclass(frozen=True, slots=True)
class DiscontinueRecovery:
    """The arrears are paid."""

    trigger: ClassVar[str] = "discontinue"
    recovery: str


@dataclass(frozen=True, slots=True)
class CloseRecovery:
    """Nothing is owed any more: all paid, or a compromise kept."""

    trigger: ClassVar[str] = "close"
    recovery: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmUnrecoverable:
    """Nothing more will come: a ground of HOPELESS and the paper that shows it."""

    trigger: ClassVar[str] = "confirm_unrecoverable"
    recovery: str
    reason: str
    paper: str


@dataclass(frozen=True, slots=True)
class GiveUpAlone:
    """The same where no fund has a stake in it."""

    trigger: ClassVar[str] = "give_up_alone"
    recovery: str
    reason: str
    paper: str


@dataclass(frozen=True, slots=True)
class WriteOffRecourse:
    """Write off what the fund will not get back."""

    trigger: ClassVar[str] = "write_off_recourse"
    recovery: str
    paper: str
