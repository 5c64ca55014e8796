"""How an event changes a filing's record, and which timers it sets or drops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workflows.filing.events import (
    FilingAccepted,
    FilingCeased,
    FilingLate,
    FilingOpened,
    FilingRejected,
    FilingReturned,
    FilingSubmitted,
)
from workflows.filing.records import Filing, MarkFilingLate
from workflows.lifecycle.deadlines import day_after
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes

OPENED = ("loan", "bank", "fund", "enterprise", "policy", "amount", "drawn_on", "file_by")

# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    FilingOpened:    takes(*OPENED),
    FilingSubmitted: takes("filed_on", "late", "account"),
    FilingLate:      lambda _filing, _e: {"late": True},
    FilingReturned:  takes("reason", "returns", "file_by"),
    FilingAccepted:  takes("accepted_on", "accepted_by"),
    FilingRejected:  takes("reason"),
    FilingCeased:    takes(),
}
# fmt: on

WINDOW = "filing_window"


def _await_filing(filing: Filing, e: FilingOpened | FilingReturned) -> tuple[Any, ...]:
    return (SetTimer(WINDOW, day_after(e.file_by), MarkFilingLate(filing.id)),)


def _await_nothing(_filing: Filing, _e: Any) -> tuple[Any, ...]:
    return (DropTimer(WINDOW),)


# fmt: off
TIMERS: Mapping[type, Timers] = {
    FilingOpened:    _await_filing,
    FilingReturned:  _await_filing,
    FilingSubmitted: _await_nothing,
    FilingCeased:    _await_nothing,
}
# fmt: on
