"""What follows from an act on an IP right: its events."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from workflows.asset.events import (
    IpAssetAppraised,
    IpAssetAppraiserEngaged,
    IpAssetDeclared,
    IpAssetDisposed,
    IpAssetDispositionConsented,
    IpAssetDispositionRefused,
    IpAssetDisputed,
    IpAssetDisputeSettled,
    IpAssetEncumbered,
    IpAssetFeeCured,
    IpAssetFeeOverdue,
    IpAssetFeePaid,
    IpAssetFeeReminderSent,
    IpAssetInvalidated,
    IpAssetInvalidationOpened,
    IpAssetLapsed,
    IpAssetOpenLicenceAllowed,
    IpAssetReappraised,
    IpAssetReleased,
    IpAssetVerificationFailed,
    IpAssetVerified,
)
from workflows.asset.ip_number import folded
from workflows.asset.records import (
    AllowOpenLicence,
    AppraiseIp,
    ConsentDisposition,
    CureFee,
    DeclareInvalid,
    DeclareIp,
    DisposeIp,
    DisputeIp,
    EncumberIp,
    EngageAppraiser,
    FailVerification,
    IpAsset,
    OpenInvalidation,
    PayFee,
    ReappraiseIp,
    RefuseDisposition,
    SettleDispute,
    TransferIp,
    ValueIpInternally,
)
from workflows.lifecycle.deadlines import months_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation


def next_reminder(s: Situation[IpAsset], fee_due_on: date | None) -> date | None:
    """The next day on which the firm is reminded of that fee; None when none is left."""
    if fee_due_on is None:
        return None
    days: tuple[int, ...] = s.policy["fee_reminder_days"].value
    ahead = [fee_due_on - timedelta(days=n) for n in days]
    return min((day for day in ahead if day > s.today), default=None)


def declare(s: Situation[None, DeclareIp]) -> tuple[Any, ...]:
    """The right as the firm states it, under the firm's policy."""
    a = s.act
    return (
        IpAssetDeclared(
            policy=s.policy.ref,
            enterprise=a.enterprise,
            ip_type=a.ip_type,
            number=folded(a.ip_type, a.number),
            title=a.title,
            owners=a.owners,
            term_ends_on=a.term_ends_on,
            fee_due_on=a.fee_due_on,
            appraiser=a.appraiser,
        ),
    )


def engage_appraiser(s: Situation[IpAsset, EngageAppraiser]) -> tuple[Any, ...]:
    """From now on that one values it."""
    return (IpAssetAppraiserEngaged(s.act.appraiser),)


def appraise(s: Situation[IpAsset, AppraiseIp]) -> tuple[Any, ...]:
    """A value as of today."""
    a = s.act
    return (IpAssetAppraised(a.value, s.today, a.method, a.appraiser),)


def value_internally(s: Situation[IpAsset, ValueIpInternally]) -> tuple[Any, ...]:
    """The bank's own value as of today."""
    a = s.act
    return (IpAssetAppraised(a.value, s.today, a.method, a.bank),)


def reappraise(s: Situation[IpAsset, ReappraiseIp]) -> tuple[Any, ...]:
    """A new value, its fall since the last, and whether the fall is too deep (Civil Code 433)."""
    a, before = s.act, s.it.value
    drop = Decimal((before - a.value).fen) / Decimal(before.fen)
    shortfall = drop > s.policy["reappraisal_drop"].value
    return (
        IpAssetReappraised(
            a.value, s.today, a.method, a.appraiser, s.it.pledge, drop=drop, shortfall=shortfall
        ),
    )


def encumber(s: Situation[IpAsset, EncumberIp]) -> tuple[Any, ...]:
    """From here on the fee is watched."""
    due = s.it.fee_due_on
    return (IpAssetEncumbered(s.act.pledge, s.act.bank, due, next_reminder(s, due)),)


def remind_fee(s: Situation[IpAsset]) -> tuple[Any, ...]:
    """One reminder, and the day of the next."""
    due = given(s.it.fee_due_on)
    return (IpAssetFeeReminderSent(due, next_reminder(s, due)),)


def miss_fee(s: Situation[IpAsset]) -> tuple[Any, ...]:
    """The grace runs from the fee's due day, not from today."""
    due = given(s.it.fee_due_on)
    return (IpAssetFeeOverdue(due, months_from(s, "fee_grace_months", due)),)


def pay_fee(s: Situation[IpAsset, PayFee]) -> tuple[Any, ...]:
    """Paid in time; the next fee is watched."""
    a = s.act
    return (IpAssetFeePaid(a.amount, a.next_due_on, next_reminder(s, a.next_due_on)),)


def cure_fee(s: Situation[IpAsset, CureFee]) -> tuple[Any, ...]:
    """Paid within the grace; the next fee is watched."""
    a = s.act
    return (IpAssetFeeCured(a.amount, a.next_due_on, next_reminder(s, a.next_due_on)),)


def open_invalidation(s: Situation[IpAsset, OpenInvalidation]) -> tuple[Any, ...]:
    """The attack stands on the right as an alert."""
    alert = f"INVALIDATION {s.today.isoformat()}"
    return (IpAssetInvalidationOpened(s.act.petitioner, (*s.it.alerts, alert)),)


def transfer(s: Situation[IpAsset, TransferIp]) -> tuple[Any, ...]:
    """The new owner stands alone."""
    return (IpAssetDispositionConsented("TRANSFER", s.act.proceeds, (s.act.to,)),)


def consent_disposition(s: Situation[IpAsset, ConsentDisposition]) -> tuple[Any, ...]:
    """A licence leaves the owners as they are."""
    return (IpAssetDispositionConsented(s.act.kind, s.act.proceeds, s.it.owners),)


def verify(s: Situation[IpAsset]) -> tuple[Any, ...]:
    """The feed agreed today."""
    return (IpAssetVerified(s.today),)


def fail_verification(s: Situation[IpAsset, FailVerification]) -> tuple[Any, ...]:
    """What the feed contradicts."""
    return (IpAssetVerificationFailed(s.act.grounds),)


def lapse(s: Situation[IpAsset]) -> tuple[Any, ...]:
    """Gone from the day the fee was due."""
    return (IpAssetLapsed(s.it.pledge, given(s.it.fee_due_on)),)


def declare_invalid(s: Situation[IpAsset, DeclareInvalid]) -> tuple[Any, ...]:
    """Gone from today, by that decision."""
    return (IpAssetInvalidated(s.it.pledge, s.act.decision, s.today),)


def dispute(s: Situation[IpAsset, DisputeIp]) -> tuple[Any, ...]:
    """Procedures stand still, by that order."""
    return (IpAssetDisputed(s.act.order),)


def settle_dispute(s: Situation[IpAsset, SettleDispute]) -> tuple[Any, ...]:
    """Procedures go on, and the fee is watched again."""
    return (IpAssetDisputeSettled(s.act.decision, next_reminder(s, s.it.fee_due_on)),)


def refuse_disposition(s: Situation[IpAsset, RefuseDisposition]) -> tuple[Any, ...]:
    """The pledgee said no, for a reason."""
    return (IpAssetDispositionRefused(s.act.kind, s.act.reason),)


def allow_open_licence(s: Situation[IpAsset, AllowOpenLicence]) -> tuple[Any, ...]:
    """The pledgee agreed in that letter."""
    return (IpAssetOpenLicenceAllowed(s.act.consent),)


def release(s: Situation[IpAsset]) -> tuple[Any, ...]:
    """No pledge rests on it any more."""
    return (IpAssetReleased(s.it.pledge),)


def dispose(s: Situation[IpAsset, DisposeIp]) -> tuple[Any, ...]:
    """Realised today, by that way and for that sum."""
    return (IpAssetDisposed(s.it.pledge, s.act.way, s.act.proceeds, s.today),)


DECIDE: dict[str, Decide] = {
    "declare": declare,
    "verify": verify,
    "fail_verification": fail_verification,
    "engage_appraiser": engage_appraiser,
    "appraise": appraise,
    "value_internally": value_internally,
    "reappraise": reappraise,
    "encumber": encumber,
    "remind_fee": remind_fee,
    "pay_fee": pay_fee,
    "miss_fee": miss_fee,
    "cure_fee": cure_fee,
    "lapse": lapse,
    "open_invalidation": open_invalidation,
    "declare_invalid": declare_invalid,
    "dispute": dispute,
    "settle_dispute": settle_dispute,
    "consent_disposition": consent_disposition,
    "transfer": transfer,
    "refuse_disposition": refuse_disposition,
    "allow_open_licence": allow_open_licence,
    "release": release,
    "dispose": dispose,
}
