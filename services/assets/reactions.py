"""What a pledge's events lead to: its rights are encumbered, and free again when it ends."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.asset.records import EncumberIp, ReleaseIp
from workflows.asset.watch import CallRevaluation
from workflows.pledge.impairment import Cause
from workflows.pledge.records import CallRevaluations, ExamineSecurity


def encumber(happened: Happened) -> tuple[Any, ...]:
    """Every right of a registered pledge is encumbered (Civil Code 444)."""
    event = happened.event
    return tuple(EncumberIp(asset, happened.id, event.bank) for asset in event.assets)


def release(happened: Happened) -> tuple[Any, ...]:
    """Every right of an ended pledge is free again."""
    return tuple(ReleaseIp(asset, happened.id) for asset in happened.event.assets)


def _to_pledge(ground: Cause) -> Callable[[Happened], tuple[Any, ...]]:
    """The pledge that rests on the right tells its loans, on that ground."""

    def tell(h: Happened) -> tuple[Any, ...]:
        return (ExamineSecurity(h.event.pledge, h.id, ground.name),) if h.event.pledge else ()

    return tell


def tell_value(h: Happened) -> tuple[Any, ...]:
    """A new value, or a fall beyond what the policy tolerates."""
    ground = Cause.VALUE_DROP if h.event.shortfall else Cause.REVALUED
    return (ExamineSecurity(h.event.pledge, h.id, ground.name),)


def tell_transfer(h: Happened) -> tuple[Any, ...]:
    """A right that is another owner's secures nothing here; a licence leaves it."""
    e = h.event
    if e.kind != "TRANSFER" or not e.pledge:
        return ()
    return (ExamineSecurity(e.pledge, h.id, Cause.SOLD_ON.name),)


def revalue_others(h: Happened) -> tuple[Any, ...]:
    """When a right of the pledge lapsed the others are valued anew."""
    return (CallRevaluations(h.event.pledge, "LAPSE"),) if h.event.pledge else ()


def revalue(h: Happened) -> tuple[Any, ...]:
    """Every right of the pledge is to be valued anew."""
    return tuple(CallRevaluation(asset, h.event.reason) for asset in h.event.assets)


REACTIONS = (
    Reaction("asset.encumber", "Pledge.Registered", encumber),
    Reaction("asset.release", "Pledge.Cancelled", release),
    Reaction("asset.release_revoked", "Pledge.Revoked", release),
    Reaction("asset.revalue", "Pledge.RevaluationCalled", revalue),
    Reaction("pledge.tell_lapse", "IpAsset.Lapsed", _to_pledge(Cause.RIGHT_LAPSED)),
    Reaction("pledge.revalue_others", "IpAsset.Lapsed", revalue_others),
    Reaction("pledge.tell_invalid", "IpAsset.Invalidated", _to_pledge(Cause.RIGHT_INVALID)),
    Reaction("pledge.tell_dispute", "IpAsset.Disputed", _to_pledge(Cause.IN_DISPUTE)),
    Reaction("pledge.tell_settled", "IpAsset.DisputeSettled", _to_pledge(Cause.IN_ORDER_AGAIN)),
    Reaction(
        "pledge.tell_attack",
        "IpAsset.InvalidationOpened",
        _to_pledge(Cause.INVALIDATION_PENDING),
    ),
    Reaction(
        "pledge.tell_upheld", "IpAsset.InvalidationRejected", _to_pledge(Cause.IN_ORDER_AGAIN)
    ),
    Reaction("pledge.tell_fee_missed", "IpAsset.FeeOverdue", _to_pledge(Cause.FEE_OVERDUE)),
    Reaction("pledge.tell_fee_cured", "IpAsset.FeeCured", _to_pledge(Cause.IN_ORDER_AGAIN)),
    Reaction("pledge.tell_value", "IpAsset.Reappraised", tell_value),
    Reaction("pledge.tell_transfer", "IpAsset.DispositionConsented", tell_transfer),
)
