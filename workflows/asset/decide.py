"""What follows from an act on an IP right: its events."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money
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
    IpAssetInvalidationRejected,
    IpAssetLapsed,
    IpAssetOpenLicenceAllowed,
    IpAssetReappraised,
    IpAssetReleased,
    IpAssetRevaluationDue,
    IpAssetVerificationFailed,
    IpAssetVerified,
)
from workflows.asset.fees import missed_fee, next_reminder
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
    VerifyIp,
)
from workflows.asset.watch import CallRevaluation, RejectInvalidation
from workflows.lifecycle.deadlines import months_from, working_days_from
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.roles import Role

INVALIDATION_REQUEST = "INVALIDATION_REQUEST"  # of revaluation_triggers


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
            annual_fee=a.annual_fee,
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
            a.value,
            s.today,
            a.method,
            a.appraiser,
            s.it.pledge,
            drop=drop,
            shortfall=shortfall,
            revalue_by=months_from(s, "revaluation_months"),
        ),
    )


def encumber(s: Situation[IpAsset, EncumberIp]) -> tuple[Any, ...]:
    """From here on fee and value are watched."""
    due = s.it.fee_due_on
    by = months_from(s, "revaluation_months", given(s.it.appraised_on))
    return (IpAssetEncumbered(s.act.pledge, s.act.bank, due, next_reminder(s, due), by),)


def remind_fee(s: Situation[IpAsset]) -> tuple[Any, ...]:
    """One reminder, and the day of the next."""
    due = given(s.it.fee_due_on)
    return (IpAssetFeeReminderSent(due, next_reminder(s, due)),)


def miss_fee(s: Situation[IpAsset]) -> tuple[Any, ...]:
    """The grace runs from the fee's due day, not from today."""
    due = given(s.it.fee_due_on)
    return (IpAssetFeeOverdue(due, months_from(s, "fee_grace_months", due), s.it.pledge),)


def pay_fee(s: Situation[IpAsset, PayFee]) -> tuple[Any, ...]:
    """Paid in time; the next fee is watched."""
    a = s.act
    return (
        IpAssetFeePaid(
            a.amount,
            a.next_due_on,
            next_reminder(s, a.next_due_on),
            annual_fee=a.next_fee or s.it.annual_fee,
            advanced=_advanced(s),
            pledge=s.it.pledge,
        ),
    )


def _advanced(s: Situation[IpAsset, PayFee | CureFee]) -> Money:
    """What the bank paid in the firm's place, to be added to the debt (ZD-5.5)."""
    return s.act.amount if s.actor.role is Role.BK_M else Money.ZERO


def cure_fee(s: Situation[IpAsset, CureFee]) -> tuple[Any, ...]:
    """Paid within the grace; the next fee is watched."""
    a = s.act
    return (
        IpAssetFeeCured(
            a.amount,
            a.next_due_on,
            next_reminder(s, a.next_due_on),
            surcharge=missed_fee(s).surcharge,
            annual_fee=a.next_fee or s.it.annual_fee,
            advanced=_advanced(s),
            pledge=s.it.pledge,
        ),
    )


def open_invalidation(s: Situation[IpAsset, OpenInvalidation]) -> tuple[Any, ...]:
    """The attack halves the value until it is over; a new value is asked for (ZD-5.5)."""
    alert = f"INVALIDATION {s.today.isoformat()}"
    by = _sooner(s, INVALIDATION_REQUEST)
    return (
        IpAssetInvalidationOpened(
            s.act.petitioner, (*s.it.alerts, alert), s.it.pledge, s.today, by
        ),
    )


def reject_invalidation(s: Situation[IpAsset, RejectInvalidation]) -> tuple[Any, ...]:
    """The value counts whole again."""
    return (IpAssetInvalidationRejected(s.act.decision, s.it.pledge),)


def call_revaluation(s: Situation[IpAsset, CallRevaluation]) -> tuple[Any, ...]:
    """A new value within revaluation_wd, where the reason is one of the policy's."""
    by = _sooner(s, s.act.reason)
    return (IpAssetRevaluationDue(s.act.reason, by),) if by else ()


def _sooner(s: Situation[IpAsset], reason: str) -> date | None:
    """The next revaluation, brought forward where the reason is one of revaluation_triggers."""
    if reason not in s.policy["revaluation_triggers"].value:
        return s.it.revalue_by
    by = working_days_from(s, "revaluation_wd")
    return min(by, s.it.revalue_by or by)


def transfer(s: Situation[IpAsset, TransferIp]) -> tuple[Any, ...]:
    """The new owner stands alone."""
    return (IpAssetDispositionConsented("TRANSFER", s.act.proceeds, (s.act.to,), s.it.pledge),)


def consent_disposition(s: Situation[IpAsset, ConsentDisposition]) -> tuple[Any, ...]:
    """A licence leaves the owners as they are."""
    return (IpAssetDispositionConsented(s.act.kind, s.act.proceeds, s.it.owners, s.it.pledge),)


def verify(s: Situation[IpAsset, VerifyIp]) -> tuple[Any, ...]:
    """The feed agreed today."""
    return (IpAssetVerified(s.today, s.act.well_known, s.act.similar_to),)


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
    return (IpAssetDisputed(s.act.order, s.it.pledge),)


def settle_dispute(s: Situation[IpAsset, SettleDispute]) -> tuple[Any, ...]:
    """Procedures go on, and the fee is watched again."""
    return (IpAssetDisputeSettled(s.act.decision, next_reminder(s, s.it.fee_due_on), s.it.pledge),)


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
    "reject_invalidation": reject_invalidation,
    "call_revaluation": call_revaluation,
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
