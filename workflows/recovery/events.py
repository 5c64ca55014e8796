"""What has happened in a recovery. Amounts are Money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class RecoveryOpened:
    """The bank pursues the borrower, for itself and for all who bear the loss with it."""

    wire: ClassVar[str] = "Recovery.Opened"
    loan: str
    bank: str
    fund: str
    enterprise: str
    pledge: str
    policy: str
    opened_on: date
    limitation_on: date


@dataclass(frozen=True, slots=True)
class RecoverySuitCalledFor:
    """The bank should sue by then."""

    wire: ClassVar[str] = "Recovery.SuitCalledFor"
    suit_by: date


@dataclass(frozen=True, slots=True)
class RecoveryDemandServed:
    """A demand interrupted the limitation, which runs anew."""

    wire: ClassVar[str] = "Recovery.DemandServed"
    way: str
    paper: str
    demands: int
    demanded_on: date
    limitation_on: date | None


@dataclass(frozen=True, slots=True)
class RecoveryLimitationLapsed:
    """The debtor may refuse to pay, and the registered pledge is lost with it."""

    wire: ClassVar[str] = "Recovery.LimitationLapsed"
    lapsed_on: date


@dataclass(frozen=True, slots=True)
class RecoveryGuaranteeNoted:
    """Somebody stands in for the debtor until that day, unless the guarantee is kept by then."""

    wire: ClassVar[str] = "Recovery.GuaranteeNoted"
    guarantor: str
    guarantee: str
    guarantee_until: date


@dataclass(frozen=True, slots=True)
class RecoveryGuarantorClaimed:
    """The guarantee is kept."""

    wire: ClassVar[str] = "Recovery.GuarantorClaimed"
    paper: str


@dataclass(frozen=True, slots=True)
class RecoveryGuaranteeLapsed:
    """The guarantor is free."""

    wire: ClassVar[str] = "Recovery.GuaranteeLapsed"
    guarantor: str


@dataclass(frozen=True, slots=True)
class RecoveryAssetsPreserved:
    """Assets are frozen by the court."""

    wire: ClassVar[str] = "Recovery.AssetsPreserved"
    paper: str


@dataclass(frozen=True, slots=True)
class RecoverySuitFiled:
    """Before the court; a general guarantee is kept by it."""

    wire: ClassVar[str] = "Recovery.SuitFiled"
    suit_on: date
    court: str
    case_number: str
    keeps_guarantee: bool


@dataclass(frozen=True, slots=True)
class RecoveryJudgmentObtained:
    """Enforceable."""

    wire: ClassVar[str] = "Recovery.JudgmentObtained"
    judged_on: date
    paper: str


@dataclass(frozen=True, slots=True)
class RecoveryEnforcementApplied:
    """The court enforces."""

    wire: ClassVar[str] = "Recovery.EnforcementApplied"
    enforcement_on: date
    case_number: str


@dataclass(frozen=True, slots=True)
class RecoveryEnforcementEnded:
    """No further assets were found."""

    wire: ClassVar[str] = "Recovery.EnforcementEnded"
    enforcement_ended_on: date
    ruling: str


@dataclass(frozen=True, slots=True)
class RecoveryAssetDisposed:
    """A pledged right is realised at a price."""

    wire: ClassVar[str] = "Recovery.AssetDisposed"
    asset: str
    way: str
    price: Money
    disposed: tuple[str, ...]
    disposed_on: date


@dataclass(frozen=True, slots=True)
class RecoveryCompromiseAgreed:
    """Settled out of court: `agreed` is paid by then, else the whole debt is pursued again."""

    wire: ClassVar[str] = "Recovery.CompromiseAgreed"
    agreed: Money
    agreed_by: date
    terms: str


@dataclass(frozen=True, slots=True)
class RecoveryCompromiseFailed:
    """What was agreed was not paid in time."""

    wire: ClassVar[str] = "Recovery.CompromiseFailed"
    agreed: Money
    paid_since: Money


@dataclass(frozen=True, slots=True)
class RecoveryReceived:
    """Money came in; sources so far."""

    wire: ClassVar[str] = "Recovery.Received"
    gross: Money
    cost: Money
    source: str
    sources: tuple[str, ...]
    received_on: date


@dataclass(frozen=True, slots=True)
class RecoverySplit:
    """`amount` (gross less cost) = fund_part + bank_part + bank_interest + surplus."""

    wire: ClassVar[str] = "Recovery.Split"
    amount: Money
    fund_part: Money
    bank_part: Money
    bank_interest: Money
    surplus: Money
    remit_by: date | None


@dataclass(frozen=True, slots=True)
class RecoveryRemitted:
    """The bank has passed on the fund's part; the fund has it."""

    wire: ClassVar[str] = "Recovery.Remitted"
    amount: Money


@dataclass(frozen=True, slots=True)
class RecoveryDiscontinued:
    """The borrower is up to date again."""

    wire: ClassVar[str] = "Recovery.Discontinued"
    ended_on: date


@dataclass(frozen=True, slots=True)
class RecoveryClosed:
    """Ended, in full or without hope; paper: what shows that nothing more will come."""

    wire: ClassVar[str] = "Recovery.Closed"
    reason: str
    ruling: str


@dataclass(frozen=True, slots=True)
class RecoveryRecourseWrittenOff:
    """The fund gives up what it bears; money that still comes is shared as before."""

    wire: ClassVar[str] = "Recovery.RecourseWrittenOff"
    amount: Money
    fund: str
    paper: str
