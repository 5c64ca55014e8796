"""How an IP right's events change its row, and which timers they set."""

from __future__ import annotations

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
    IpAssetInvalidationRejected,
    IpAssetLapsed,
    IpAssetOpenLicenceAllowed,
    IpAssetReappraised,
    IpAssetReleased,
    IpAssetRevaluationDue,
    IpAssetVerificationFailed,
    IpAssetVerified,
)
from workflows.asset.records import IpAsset, MissFee, RemindFee
from workflows.asset.states import AssetState
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes, takes_and

# Events that say on which day the firm is reminded next.
FeeWatched = (
    IpAssetEncumbered
    | IpAssetFeeReminderSent
    | IpAssetFeePaid
    | IpAssetFeeCured
    | IpAssetDisputeSettled
)


def fee_timers(row: IpAsset, event: FeeWatched) -> tuple[Any, ...]:
    """The next reminder, and the day after the due day on which the fee counts as missed."""
    if row.fee_due_on is None:
        return ()
    missed = SetTimer("fee_due", day_after(row.fee_due_on), MissFee(row.id))
    if event.remind_on is None:
        return (missed, DropTimer("fee_reminder"))
    reminder = SetTimer("fee_reminder", event.remind_on, RemindFee(row.id))
    return (missed, reminder)


def no_timers(_row: IpAsset, _event: Any) -> tuple[Any, ...]:
    """Nobody watches the fee any more, or procedures are suspended."""
    return (DropTimer("fee_due"), DropTimer("fee_reminder"))


def transfer_timers(row: IpAsset, event: Any) -> tuple[Any, ...]:
    """Once the right is another owner's, nobody here watches its fee."""
    return no_timers(row, event) if row.state == AssetState.TRANSFERRED.name else ()


UNPLEDGED = {"bank": None, "pledge": "", "revalue_by": None}
WATCHED = ("fee_due_on", "annual_fee")

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
        "annual_fee",
        "appraiser",
    ),
    IpAssetAppraiserEngaged: takes("appraiser"),
    IpAssetVerified: takes_and(("verified_on", "well_known", "similar_to"), {"failed_for": ()}),
    IpAssetVerificationFailed: takes("failed_for"),
    IpAssetAppraised: takes("value", "appraised_on", "method"),
    IpAssetReappraised: takes("value", "appraised_on", "method", "revalue_by"),
    IpAssetEncumbered: takes("pledge", "bank", "revalue_by"),
    IpAssetFeeReminderSent: takes(),
    IpAssetFeeOverdue: takes("grace_until"),
    IpAssetFeePaid: takes(*WATCHED),
    IpAssetFeeCured: takes_and(WATCHED, {"grace_until": None}),
    IpAssetLapsed: takes("ended_on"),
    IpAssetInvalidationOpened: takes("alerts", "attacked_on", "revalue_by"),
    IpAssetInvalidationRejected: takes_and((), {"attacked_on": None}),
    IpAssetRevaluationDue: takes("revalue_by"),
    IpAssetInvalidated: takes("ended_on"),
    IpAssetDisputed: lambda row, e: {"alerts": (*row.alerts, e.order)},
    IpAssetDisputeSettled: takes(),
    IpAssetDispositionConsented: takes("owners"),
    IpAssetDispositionRefused: takes(),
    IpAssetOpenLicenceAllowed: takes(),
    IpAssetReleased: takes_and((), UNPLEDGED),
    IpAssetDisposed: takes("ended_on"),
}

TIMERS: dict[type[Any], Timers] = {
    IpAssetEncumbered: fee_timers,
    IpAssetFeeReminderSent: fee_timers,
    IpAssetFeePaid: fee_timers,
    IpAssetFeeCured: fee_timers,
    IpAssetDisputed: no_timers,
    IpAssetDisputeSettled: fee_timers,
    IpAssetDispositionConsented: transfer_timers,
    IpAssetReleased: no_timers,
    IpAssetInvalidated: no_timers,
    IpAssetDisposed: no_timers,
}
