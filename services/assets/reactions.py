"""What a pledge's events lead to: its rights are encumbered, and free again when it ends."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.asset.records import EncumberIp, ReleaseIp


def encumber(happened: Happened) -> tuple[Any, ...]:
    """Every right of a registered pledge is encumbered (Civil Code 444)."""
    event = happened.event
    return tuple(EncumberIp(asset, happened.id, event.bank) for asset in event.assets)


def release(happened: Happened) -> tuple[Any, ...]:
    """Every right of an ended pledge is free again."""
    return tuple(ReleaseIp(asset, happened.id) for asset in happened.event.assets)


REACTIONS = (
    Reaction("asset.encumber", "Pledge.Registered", encumber),
    Reaction("asset.release", "Pledge.Cancelled", release),
    Reaction("asset.release_revoked", "Pledge.Revoked", release),
)
