"""What follows from an act on an IP right: its events."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from dateutil.relativedelta import relativedelta

from workflows.asset.events import (
    IpAssetAppraised,
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
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation

Asked = Situation[Any]


def next_reminder(s: Asked, fee_due_on: date | None) -> date | None:
    """The next day on which the firm is reminded of that fee; None when none is left."""
    if fee_due_on is None:
        return None
    days: tuple[int, ...] = s.policy["fee_reminder_days"].value
    ahead = [fee_due_on - timedelta(days=n) for n in days]
    return min((day for day in ahead if day > s.today), default=None)


def declare(s: Asked) -> tuple[Any, ...]:
    """The right as the firm states it, under the firm's policy."""
    a = s.act
    return (
        IpAssetDeclared(
            policy=s.policy.ref,
            enterprise=a.enterprise,
            ip_type=a.ip_type,
            number=a.number,
            title=a.title,
            owners=a.owners,
            term_ends_on=a.term_ends_on,
            fee_due_on=a.fee_due_on,
        ),
    )


def appraise(s: Asked) -> tuple[Any, ...]:
    """A value as of today."""
    a = s.act
    return (IpAssetAppraised(a.value, s.today, a.method, a.appraiser),)


def value_internally(s: Asked) -> tuple[Any, ...]:
    """The bank's own value as of today."""
    a = s.act
    return (IpAssetAppraised(a.value, s.today, a.method, a.bank),)


def reappraise(s: Asked) -> tuple[Any, ...]:
    """A new value, its fall since the last, and whether the fall is too deep (Civil Code 433)."""
    a, before = s.act, s.it.value
    drop = Decimal((before - a.value).fen) / Decimal(before.fen)
    shortfall = drop > s.policy["reappraisal_drop"].value
    return (
        IpAssetReappraised(
            a.value, s.today, a.method, a.appraiser, s.it.pledge, drop=drop, shortfall=shortfall
        ),
    )


def encumber(s: Asked) -> tuple[Any, ...]:
    """From here on the fee is watched."""
    due = s.it.fee_due_on
    return (IpAssetEncumbered(s.act.pledge, s.act.bank, due, next_reminder(s, due)),)


def remind_fee(s: Asked) -> tuple[Any, ...]:
    """One reminder, and the day of the next."""
    due = s.it.fee_due_on
    return (IpAssetFeeReminderSent(due, next_reminder(s, due)),)


def miss_fee(s: Asked) -> tuple[Any, ...]:
    """The grace runs from the fee's due day, not from today."""
    months: int = s.policy["fee_grace_months"].value
    due = s.it.fee_due_on
    return (IpAssetFeeOverdue(due, due + relativedelta(months=months)),)


def pay_fee(s: Asked) -> tuple[Any, ...]:
    """Paid in time; the next fee is watched."""
    a = s.act
    return (IpAssetFeePaid(a.amount, a.next_due_on, next_reminder(s, a.next_due_on)),)


def cure_fee(s: Asked) -> tuple[Any, ...]:
    """Paid within the grace; the next fee is watched."""
    a = s.act
    return (IpAssetFeeCured(a.amount, a.next_due_on, next_reminder(s, a.next_due_on)),)


def open_invalidation(s: Asked) -> tuple[Any, ...]:
    """The attack stands on the right as an alert."""
    alert = f"INVALIDATION {s.today.isoformat()}"
    return (IpAssetInvalidationOpened(s.act.petitioner, (*s.it.alerts, alert)),)


def transfer(s: Asked) -> tuple[Any, ...]:
    """The new owner stands alone."""
    return (IpAssetDispositionConsented("TRANSFER", s.act.proceeds, (s.act.to,)),)


def consent_disposition(s: Asked) -> tuple[Any, ...]:
    """A licence leaves the owners as they are."""
    return (IpAssetDispositionConsented(s.act.kind, s.act.proceeds, s.it.owners),)


DECIDE: dict[str, Decide] = {
    "declare": declare,
    "verify": lambda s: (IpAssetVerified(s.today),),
    "fail_verification": lambda s: (IpAssetVerificationFailed(s.act.grounds),),
    "appraise": appraise,
    "value_internally": value_internally,
    "reappraise": reappraise,
    "encumber": encumber,
    "remind_fee": remind_fee,
    "pay_fee": pay_fee,
    "miss_fee": miss_fee,
    "cure_fee": cure_fee,
    "lapse": lambda s: (IpAssetLapsed(s.it.pledge, s.it.fee_due_on),),
    "open_invalidation": open_invalidation,
    "declare_invalid": lambda s: (IpAssetInvalidated(s.it.pledge, s.act.decision, s.today),),
    "dispute": lambda s: (IpAssetDisputed(s.act.order),),
    "settle_dispute": lambda s: (
        IpAssetDisputeSettled(s.act.decision, next_reminder(s, s.it.fee_due_on)),
    ),
    "consent_disposition": consent_disposition,
    "transfer": transfer,
    "refuse_disposition": lambda s: (IpAssetDispositionRefused(s.act.kind, s.act.reason),),
    "allow_open_licence": lambda s: (IpAssetOpenLicenceAllowed(s.act.consent),),
    "release": lambda s: (IpAssetReleased(s.it.pledge),),
    "dispose": lambda s: (IpAssetDisposed(s.it.pledge, s.act.way, s.act.proceeds, s.today),),
}
