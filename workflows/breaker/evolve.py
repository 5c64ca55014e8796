"""How an event changes a breaker's record, and which timers it sets or drops."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies.money import Money
from workflows.breaker.events import (
    BreakerEvaluated,
    BreakerHalfOpened,
    BreakerReset,
    BreakerTripped,
    BreakerWarned,
    BreakerWarningEnded,
)
from workflows.breaker.records import Breaker, ResetBreaker
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.evolution import Evolve, Timers, takes, takes_and

EVALUATED = (
    "fund", "bank", "policy", "ratio", "loans", "balance", "evaluated_on", "below_since",
)  # fmt: skip
OPENED = ("rectification", "half_opened_on", "closes_on", "monthly_room")
TRIAL = "trial"
NO_TRIAL = {"closes_on": None, "monthly_room": Money.ZERO}
NO_TRIAL = {"closes_on": None, "monthly_room": Money.ZERO}

# fmt: off
EVOLVE: Mapping[type, Evolve] = {
    BreakerEvaluated:    takes(*EVALUATED),
    BreakerWarned:       takes(),
    BreakerWarningEnded: takes(),
    BreakerTripped:      takes_and(("tripped_on",), NO_TRIAL),
    BreakerHalfOpened:   takes(*OPENED),
    BreakerReset:        takes_and((), NO_TRIAL),
}
# fmt: on


def _await_reset(breaker: Breaker, e: BreakerHalfOpened) -> tuple[Any, ...]:
    return (SetTimer(TRIAL, e.closes_on, ResetBreaker(breaker.id)),)


# fmt: off
TIMERS: Mapping[type, Timers] = {
    BreakerHalfOpened: _await_reset,
    BreakerTripped:    lambda _breaker, _e: (DropTimer(TRIAL),),
}
# fmt: on
