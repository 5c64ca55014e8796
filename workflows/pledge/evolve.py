"""How a pledge's events change its row, and which timers they set."""

from __future__ import annotations

from typing import Any

from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes, takes_and
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
    PledgeRevoked,
)
from workflows.pledge.records import CancelPledge, LapseFiling, Pledge

TERMS = ("contract", "debt", "debt_due_on")
PARTIES = ("policy", "application", "enterprise", "bank", "assets")

EVOLVE: dict[type[Any], Evolve] = {
    PledgePrepared: takes(*PARTIES, *TERMS),
    PledgeFiled: takes("documents", "due_by"),
    PledgeCorrectionRequested: takes("due_by"),
    PledgeCorrected: takes("documents", "due_by"),
    PledgeFilingLapsed: takes_and((), {"due_by": None}),
    PledgeRegistered: takes_and(("certificate", "registered_on", "insisted"), {"due_by": None}),
    PledgeRefused: takes_and(("ground",), {"due_by": None}),
    PledgeChanged: takes("debt", "debt_due_on"),
    PledgeCancellationDue: takes("due_by"),
    PledgeRealised: takes_and(("ended_on",), {"due_by": None}),
    PledgeCancelled: takes_and(("ended_on",), {"due_by": None}),
    PledgeRevoked: takes("ground", "ended_on"),
}


def lapse_timer(row: Pledge, event: PledgeCorrectionRequested) -> tuple[Any, ...]:
    """The day after the correction's last day the filing counts as withdrawn."""
    return (SetTimer("correction", day_after(event.due_by), LapseFiling(row.id)),)


def cancel_timer(row: Pledge, event: PledgeCancellationDue) -> tuple[Any, ...]:
    """The day after the bank's last day the platform cancels what the bank did not."""
    return (SetTimer("cancellation", day_after(event.due_by), CancelPledge(row.id, "PAID")),)


def no_timers(_row: Pledge, _event: Any) -> tuple[Any, ...]:
    """Nothing is awaited any more."""
    return (DropTimer("correction"), DropTimer("cancellation"))


TIMERS: dict[type[Any], Timers] = {
    PledgeCorrectionRequested: lapse_timer,
    PledgeCorrected: no_timers,
    PledgeCancellationDue: cancel_timer,
    PledgeRealised: no_timers,
    PledgeCancelled: no_timers,
    PledgeRevoked: no_timers,
}
