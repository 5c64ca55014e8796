"""How an event changes a filing's record."""

from __future__ import annotations

from collections.abc import Mapping

from workflows.filing.events import (
    FilingAccepted,
    FilingAmended,
    FilingAmendmentAwaited,
    FilingCeased,
    FilingCoverSuspended,
    FilingLate,
    FilingOpened,
    FilingRefusedByBreaker,
    FilingRejected,
    FilingReturned,
    FilingSubmitted,
)
from workflows.lifecycle.evolution import Evolve, takes, takes_and

OPENED = ("loan", "bank", "fund", "enterprise", "policy", "amount", "drawn_on", "file_by")

# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    FilingOpened:    takes(*OPENED),
    FilingSubmitted: takes("filed_on", "late", "account"),
    FilingLate:      lambda _filing, _e: {"late": True},
    FilingReturned:  takes("reason", "returns", "file_by"),
    FilingAccepted:  takes("accepted_on", "accepted_by"),
    FilingRejected:  takes("reason"),
    FilingRefusedByBreaker: takes(),
    FilingAmendmentAwaited: takes("amend_by"),
    FilingCoverSuspended:   takes_and(("suspended_on",), {"amend_by": None}),
    FilingAmended:   takes_and(("amount",), {"amend_by": None, "suspended_on": None}),
    FilingCeased:    takes(),
}
# fmt: on
