"""An approved claim goes in line for payment; the first payment opens recovery."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.claim.events import ClaimApproved, ClaimPaid, ClaimPartiallyPaid
from workflows.claim.records import QueueClaim
from workflows.recovery.records import OpenRecovery


def queue_claim(h: Happened) -> tuple[Any, ...]:
    """At once; whether the fund can pay is asked when it pays."""
    return (QueueClaim(claim=h.id),)


def open_recovery(h: Happened) -> tuple[Any, ...]:
    """Once a claim, with the first money; its id is the claim's and the loan's."""
    return (OpenRecovery(recovery=h.id, claim=h.id, loan=h.id),) if h.event.first else ()


# fmt: off
REACTIONS = (
    Reaction("claim_queued",               ClaimApproved.wire,      queue_claim),
    Reaction("recovery_opens",             ClaimPaid.wire,          open_recovery),
    Reaction("recovery_opens_with_a_part", ClaimPartiallyPaid.wire, open_recovery),
)
# fmt: on
