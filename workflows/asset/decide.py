"""What follows from an act on an IP right: its events, how they change the row, its timers."""

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
from workflows.asset.records import IpAsset, LapseIp, MissFee, RemindFee
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Decide, Evolve, Timers, takes, takes_and
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


def fee_timers(row: IpAsset, event: Any) -> tuple[Any, ...]:
    """The next reminder, and the day after the due day on which the fee counts as missed."""
    if row.fee_due_on is None:
        return ()
    missed = SetTimer("fee_due", day_after(row.fee_due_on), MissFee(row.id))
    if event.remind_on is None:
        return (missed, DropTimer("fee_reminder"), DropTimer("grace"))
    reminder = SetTimer("fee_reminder", event.remind_on, RemindFee(row.id))
    return (missed, reminder, DropTimer("grace"))


def grace_timer(row: IpAsset, event: IpAssetFeeOverdue) -> tuple[Any, ...]:
    """The day after the grace's last day the right lapses."""
    return (SetTimer("grace", day_after(event.grace_until), LapseIp(row.id)),)


def no_timers(_row: IpAsset, _event: Any) -> tuple[Any, ...]:
    """Nobody watches the fee any more, or procedures are suspended."""
    return (DropTimer("fee_due"), DropTimer("fee_reminder"), DropTimer("grace"))


def transfer_timers(row: IpAsset, event: Any) -> tuple[Any, ...]:
    """Once the right is another owner's, nobody here watches its fee."""
    return no_timers(row, event) if row.state == "TRANSFERRED" else ()


FREE = {"bank": None, "pledge": ""}
WATCHED = ("fee_due_on",)

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

EVOLVE: dict[type[Any], Evolve] = {
    IpAssetDeclared: takes(
        "policy",
        "enterprise",
        "ip_type",
        "number",
        "title",
        "owners",
        "term_ends_on",
        "fee_due_on",
    ),
    IpAssetVerified: takes_and(("verified_on",), {"failed_for": ()}),
    IpAssetVerificationFailed: takes("failed_for"),
    IpAssetAppraised: takes("value", "appraised_on", "method"),
    IpAssetReappraised: takes("value", "appraised_on", "method"),
    IpAssetEncumbered: takes("pledge", "bank"),
    IpAssetFeeReminderSent: takes(),
    IpAssetFeeOverdue: takes("grace_until"),
    IpAssetFeePaid: takes(*WATCHED),
    IpAssetFeeCured: takes_and(WATCHED, {"grace_until": None}),
    IpAssetLapsed: takes("ended_on"),
    IpAssetInvalidationOpened: takes("alerts"),
    IpAssetInvalidated: takes("ended_on"),
    IpAssetDisputed: lambda row, e: {"alerts": (*row.alerts, e.order)},
    IpAssetDisputeSettled: takes(),
    IpAssetDispositionConsented: takes("owners"),
    IpAssetDispositionRefused: takes(),
    IpAssetOpenLicenceAllowed: takes(),
    IpAssetReleased: takes_and((), FREE),
    IpAssetDisposed: takes("ended_on"),
}

TIMERS: dict[type[Any], Timers] = {
    IpAssetEncumbered: fee_timers,
    IpAssetFeeReminderSent: fee_timers,
    IpAssetFeePaid: fee_timers,
    IpAssetFeeCured: fee_timers,
    IpAssetFeeOverdue: grace_timer,
    IpAssetDisputed: no_timers,
    IpAssetDisputeSettled: fee_timers,
    IpAssetDispositionConsented: transfer_timers,
    IpAssetReleased: no_timers,
    IpAssetInvalidated: no_timers,
    IpAssetDisposed: no_timers,
}
