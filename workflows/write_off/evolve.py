"""How an event changes a write-off's record."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.lifecycle.evolution import Evolve, takes
from workflows.write_off.events import (
    WriteOffApproved,
    WriteOffBooked,
    WriteOffProposed,
    WriteOffResponsibilityFound,
    WriteOffReturned,
    WriteOffReviewed,
)

PROPOSED = (
    "loan", "bank", "fund", "enterprise", "policy", "ground", "papers", "amount", "debt",
    "proposed_on", "proposed_by",
)  # fmt: skip

# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    WriteOffProposed:            takes(*PROPOSED),
    WriteOffReviewed:            takes("members", "in_favour"),
    WriteOffReturned:            takes("reason"),
    WriteOffApproved:            takes("decided_by"),
    WriteOffBooked:              takes("amount", "debt", "booked_on", "answer_by"),
    WriteOffResponsibilityFound: takes("finding"),
}
# fmt: on
