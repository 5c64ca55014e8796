"""An IP right that secures a loan: its record and the commands given to it.

`value` is the last appraised value; `term_ends_on` the right's last day; `fee_due_on` the next
annual fee's due day (None: the type knows no annual fee), `annual_fee` the whole fee of that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class IpAsset:
    """An IP right. `bank` and `pledge` are set while it is encumbered.

    attacked_on: an invalidation is pending since; revalue_by: last day of the next value.
    """

    id: str
    state: str
    policy: str
    enterprise: str
    ip_type: str
    number: str
    title: str
    owners: tuple[str, ...]
    term_ends_on: date
    fee_due_on: date | None = None
    annual_fee: Money = Money.ZERO
    well_known: bool = False
    similar_to: tuple[str, ...] = ()
    verified_on: date | None = None
    failed_for: tuple[str, ...] = ()
    value: Money = Money.ZERO
    appraised_on: date | None = None
    method: str = ""
    appraiser: str = ""  # engaged to value it; empty for none
    bank: str | None = None
    pledge: str = ""
    grace_until: date | None = None
    ended_on: date | None = None
    alerts: tuple[str, ...] = ()
    attacked_on: date | None = None
    revalue_by: date | None = None

    @property
    def asset(self) -> str:
        """Its own id."""
        return self.id


@dataclass(frozen=True, slots=True)
class DeclareIp:
    """Declare a right. `owners` are enterprise ids or names; `consents` the owners who agree.

    appraiser: who is to value it; may be engaged later.
    """

    trigger: ClassVar[str] = "declare"
    asset: str
    enterprise: str
    ip_type: str
    number: str
    title: str
    owners: tuple[str, ...]
    consents: tuple[str, ...]
    term_ends_on: date
    fee_due_on: date | None = None
    annual_fee: Money = Money.ZERO
    appraiser: str = ""


@dataclass(frozen=True, slots=True)
class EngageAppraiser:
    """Have the right valued by that appraiser, in place of any before."""

    trigger: ClassVar[str] = "engage_appraiser"
    asset: str
    appraiser: str


@dataclass(frozen=True, slots=True)
class VerifyIp:
    """What the registry's feed says of the right today; of a mark, the firm's `similar_to` it."""

    trigger: ClassVar[str] = "verify"
    asset: str
    in_force: bool
    owner_matches: bool
    fee_paid: bool
    pledged_elsewhere: bool
    well_known: bool = False
    similar_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FailVerification:
    """The registry's feed contradicts the declaration; `grounds` say how."""

    trigger: ClassVar[str] = "fail_verification"
    asset: str
    grounds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AppraiseIp:
    """State a value (market, income or cost approach, or internal scorecard)."""

    trigger: ClassVar[str] = "appraise"
    asset: str
    value: Money
    method: str
    appraiser: str


@dataclass(frozen=True, slots=True)
class ValueIpInternally:
    """State the bank's own value (内评法); proposed by the manager, confirmed by the approver."""

    trigger: ClassVar[str] = "value_internally"
    asset: str
    bank: str
    value: Money
    method: str


@dataclass(frozen=True, slots=True)
class ReappraiseIp:
    """State a new value while the right is pledged."""

    trigger: ClassVar[str] = "reappraise"
    asset: str
    value: Money
    method: str
    appraiser: str


@dataclass(frozen=True, slots=True)
class EncumberIp:
    """Mark the right as pledged; follows the registration."""

    trigger: ClassVar[str] = "encumber"
    asset: str
    pledge: str
    bank: str


@dataclass(frozen=True, slots=True)
class RemindFee:
    """Warn that the annual fee falls due."""

    trigger: ClassVar[str] = "remind_fee"
    asset: str


@dataclass(frozen=True, slots=True)
class MissFee:
    """The annual fee's due day passed unpaid."""

    trigger: ClassVar[str] = "miss_fee"
    asset: str


@dataclass(frozen=True, slots=True)
class PayFee:
    """Pay the annual fee in time; the one after is due on `next_due_on`, unless told as high."""

    trigger: ClassVar[str] = "pay_fee"
    asset: str
    amount: Money
    next_due_on: date
    next_fee: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class CureFee:
    """Pay a missed annual fee with its surcharge within the grace.

    fee: the whole annual fee, where it is not on file.
    """

    trigger: ClassVar[str] = "cure_fee"
    asset: str
    amount: Money
    next_due_on: date
    next_fee: Money = Money.ZERO
    fee: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class LapseIp:
    """The grace for the fee passed: the right is gone from the fee's due day."""

    trigger: ClassVar[str] = "lapse"
    asset: str


@dataclass(frozen=True, slots=True)
class OpenInvalidation:
    """A third party asks that the right be declared invalid."""

    trigger: ClassVar[str] = "open_invalidation"
    asset: str
    petitioner: str


@dataclass(frozen=True, slots=True)
class DeclareInvalid:
    """The right is finally declared invalid."""

    trigger: ClassVar[str] = "declare_invalid"
    asset: str
    decision: str


@dataclass(frozen=True, slots=True)
class DisputeIp:
    """A court or the registry suspends procedures over ownership or preservation."""

    trigger: ClassVar[str] = "dispute"
    asset: str
    order: str


@dataclass(frozen=True, slots=True)
class SettleDispute:
    """The suspension is lifted and the right stays with its owner."""

    trigger: ClassVar[str] = "settle_dispute"
    asset: str
    decision: str


@dataclass(frozen=True, slots=True)
class ConsentDisposition:
    """The pledgee consents to a licence; `proceeds` says where they go (PREPAY or DEPOSIT)."""

    trigger: ClassVar[str] = "consent_disposition"
    asset: str
    kind: str
    proceeds: str


@dataclass(frozen=True, slots=True)
class TransferIp:
    """The right goes to another owner with the pledgee's consent."""

    trigger: ClassVar[str] = "transfer"
    asset: str
    to: str
    proceeds: str


@dataclass(frozen=True, slots=True)
class RefuseDisposition:
    """The pledgee refuses a transfer or licence."""

    trigger: ClassVar[str] = "refuse_disposition"
    asset: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class AllowOpenLicence:
    """Declare an open licence on a pledged patent; `consent` names the pledgee's letter."""

    trigger: ClassVar[str] = "allow_open_licence"
    asset: str
    consent: str


@dataclass(frozen=True, slots=True)
class ReleaseIp:
    """End the encumbrance; follows the cancellation or revocation of the pledge."""

    trigger: ClassVar[str] = "release"
    asset: str
    pledge: str


@dataclass(frozen=True, slots=True)
class DisposeIp:
    """Realise the pledge by agreement, auction or sale near the market price."""

    trigger: ClassVar[str] = "dispose"
    asset: str
    way: str
    proceeds: Money
