"""How a pledge's events change its row."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.evolution import Evolve, takes, takes_and
from workflows.pledge.events import (
    PledgeCancellationDue,
    PledgeCancelled,
    PledgeChanged,
    PledgeCorrected,
    PledgeCorrectionRequested,
    PledgeFiled,
    PledgeFilingLapsed,
    PledgePrepared,
    PledgeRealised,
    PledgeRefused,
    PledgeRegistered,
    PledgeRevaluationCalled,
    PledgeRevoked,
    PledgeSecurityChanged,
)

TERMS = ("contract", "debt", "debt_due_on")
PARTIES = ("policy", "application", "enterprise", "bank", "assets")

EVOLVE: dict[type[Any], Evolve] = {
    PledgePrepared: takes(*PARTIES, *TERMS),
    PledgeFiled: takes("documents", "due_by", "channel"),
    PledgeCorrectionRequested: takes("due_by"),
    PledgeCorrected: takes("documents", "due_by"),
    PledgeFilingLapsed: takes_and((), {"due_by": None}),
    PledgeRegistered: takes_and(("certificate", "registered_on", "insisted"), {"due_by": None}),
    PledgeRefused: takes_and(("ground",), {"due_by": None}),
    PledgeSecurityChanged: takes(),
    PledgeRevaluationCalled: takes(),
    PledgeChanged: takes("debt", "debt_due_on"),
    PledgeCancellationDue: takes("due_by"),
    PledgeRealised: takes_and(("ended_on",), {"due_by": None}),
    PledgeCancelled: takes_and(("ended_on",), {"due_by": None}),
    PledgeRevoked: takes("ground", "ended_on"),
}
