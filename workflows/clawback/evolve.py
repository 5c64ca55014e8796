"""How an event changes a clawback's record."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.clawback.events import (
    ClawbackConfirmed,
    ClawbackDemanded,
    ClawbackDismissed,
    ClawbackOffset,
    ClawbackOpened,
    ClawbackOverdue,
    ClawbackReferred,
    ClawbackRepaid,
)
from workflows.lifecycle.evolution import Evolve, takes

OPENED = (
    "claim", "loan", "bank", "fund", "enterprise", "policy", "ground", "finding", "amount",
    "opened_on", "paid_on",
)  # fmt: skip
ENDED = ("principal", "interest", "ended_on")

# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    ClawbackOpened:    takes(*OPENED),
    ClawbackDismissed: takes("reason"),
    ClawbackConfirmed: takes("annual_rate"),
    ClawbackDemanded:  takes("repay_by"),
    ClawbackOverdue:   takes(),
    ClawbackRepaid:    takes(*ENDED),
    ClawbackOffset:    takes(*ENDED),
    ClawbackReferred:  lambda _row, e: {"reason": e.authority},
}
# fmt: on
