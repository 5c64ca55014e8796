"""What can have happened to an IP right, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class IpAssetDeclared:
    """The firm declared the right."""

    wire: ClassVar[str] = "IpAsset.Declared"
    policy: str
    enterprise: str
    ip_type: str
    number: str
    title: str
    owners: tuple[str, ...]
    term_ends_on: date
    fee_due_on: date | None
    annual_fee: Money = Money.ZERO
    appraiser: str = ""


@dataclass(frozen=True, slots=True)
class IpAssetVerified:
    """The registry's feed agrees with the declaration."""

    wire: ClassVar[str] = "IpAsset.Verified"
    verified_on: date
    well_known: bool = False
    similar_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IpAssetVerificationFailed:
    """The registry's feed contradicts the declaration."""

    wire: ClassVar[str] = "IpAsset.VerificationFailed"
    failed_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IpAssetAppraiserEngaged:
    """That appraiser is to value the right, nobody else."""

    wire: ClassVar[str] = "IpAsset.AppraiserEngaged"
    appraiser: str


@dataclass(frozen=True, slots=True)
class IpAssetAppraised:
    """The right has a value as of that day."""

    wire: ClassVar[str] = "IpAsset.Appraised"
    value: Money
    appraised_on: date
    method: str
    appraiser: str


@dataclass(frozen=True, slots=True)
class IpAssetReappraised:
    """A pledged right has a new value; `drop` is the fall since the last, a fraction.

    shortfall: the fall is beyond what the policy tolerates; the loan's bank is to act. The next
    value is stated by `revalue_by`.
    """

    wire: ClassVar[str] = "IpAsset.Reappraised"
    value: Money
    appraised_on: date
    method: str
    appraiser: str
    pledge: str
    drop: Decimal
    shortfall: bool
    revalue_by: date | None = None


@dataclass(frozen=True, slots=True)
class IpAssetEncumbered:
    """The pledge is registered; a reminder stands on `remind_on`, a new value by `revalue_by`."""

    wire: ClassVar[str] = "IpAsset.Encumbered"
    pledge: str
    bank: str
    fee_due_on: date | None
    remind_on: date | None
    revalue_by: date | None = None


@dataclass(frozen=True, slots=True)
class IpAssetFeeReminderSent:
    """The firm was warned of the fee; the next reminder stands on `remind_on`, if any."""

    wire: ClassVar[str] = "IpAsset.FeeReminderSent"
    fee_due_on: date
    remind_on: date | None


@dataclass(frozen=True, slots=True)
class IpAssetFeeOverdue:
    """The fee was missed; it may be paid with surcharge until `grace_until`, inclusive."""

    wire: ClassVar[str] = "IpAsset.FeeOverdue"
    fee_due_on: date
    grace_until: date
    pledge: str = ""


@dataclass(frozen=True, slots=True)
class IpAssetFeePaid:
    """The fee was paid in time; `advanced`: so much of it by the bank, for the firm."""

    wire: ClassVar[str] = "IpAsset.FeePaid"
    amount: Money
    fee_due_on: date
    remind_on: date | None
    annual_fee: Money = Money.ZERO
    advanced: Money = Money.ZERO
    pledge: str = ""


@dataclass(frozen=True, slots=True)
class IpAssetFeeCured:
    """The missed fee was paid with its surcharge; `advanced`: so much by the bank, for the firm."""

    wire: ClassVar[str] = "IpAsset.FeeCured"
    amount: Money
    fee_due_on: date
    remind_on: date | None
    surcharge: Money = Money.ZERO
    annual_fee: Money = Money.ZERO
    advanced: Money = Money.ZERO
    pledge: str = ""


@dataclass(frozen=True, slots=True)
class IpAssetLapsed:
    """The right ended for want of the fee, from the day the fee was due."""

    wire: ClassVar[str] = "IpAsset.Lapsed"
    pledge: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class IpAssetInvalidationOpened:
    """A third party attacks the right."""

    wire: ClassVar[str] = "IpAsset.InvalidationOpened"
    petitioner: str
    alerts: tuple[str, ...]
    pledge: str = ""
    attacked_on: date | None = None
    revalue_by: date | None = None


@dataclass(frozen=True, slots=True)
class IpAssetInvalidationRejected:
    """The attack is over and the right stands."""

    wire: ClassVar[str] = "IpAsset.InvalidationRejected"
    decision: str
    pledge: str


@dataclass(frozen=True, slots=True)
class IpAssetRevaluationDue:
    """A new value is to be stated by `revalue_by`, inclusive."""

    wire: ClassVar[str] = "IpAsset.RevaluationDue"
    reason: str
    revalue_by: date


@dataclass(frozen=True, slots=True)
class IpAssetInvalidated:
    """The right counts as never granted (Patent Law 47)."""

    wire: ClassVar[str] = "IpAsset.Invalidated"
    pledge: str
    decision: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class IpAssetDisputed:
    """Procedures on the right are suspended."""

    wire: ClassVar[str] = "IpAsset.Disputed"
    order: str
    pledge: str = ""


@dataclass(frozen=True, slots=True)
class IpAssetDisputeSettled:
    """Procedures on the right go on; the next fee reminder stands on `remind_on`, if any."""

    wire: ClassVar[str] = "IpAsset.DisputeSettled"
    decision: str
    remind_on: date | None
    pledge: str = ""


@dataclass(frozen=True, slots=True)
class IpAssetDispositionConsented:
    """The pledgee agreed to a licence or transfer; proceeds prepay the debt or are deposited."""

    wire: ClassVar[str] = "IpAsset.DispositionConsented"
    kind: str
    proceeds: str
    owners: tuple[str, ...]
    pledge: str = ""


@dataclass(frozen=True, slots=True)
class IpAssetDispositionRefused:
    """The pledgee did not agree."""

    wire: ClassVar[str] = "IpAsset.DispositionRefused"
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class IpAssetOpenLicenceAllowed:
    """The pledgee agreed to an open licence."""

    wire: ClassVar[str] = "IpAsset.OpenLicenceAllowed"
    consent: str


@dataclass(frozen=True, slots=True)
class IpAssetReleased:
    """No pledge rests on the right any more."""

    wire: ClassVar[str] = "IpAsset.Released"
    pledge: str


@dataclass(frozen=True, slots=True)
class IpAssetDisposed:
    """The right was realised for the debt."""

    wire: ClassVar[str] = "IpAsset.Disposed"
    pledge: str
    way: str
    proceeds: Money
    ended_on: date
