"""What follows when a breaker is evaluated, trips, opens again: its events and next steps."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal
from typing import Any

from workflows.breaker.events import (
    BreakerEvaluated,
    BreakerHalfOpened,
    BreakerReset,
    BreakerTripped,
    BreakerWarned,
    BreakerWarningEnded,
)
from workflows.breaker.facts import MonthlyVolume, Watched
from workflows.breaker.records import (
    Breaker,
    EndWarning,
    EvaluateBreaker,
    HalfOpenBreaker,
    TripBreaker,
    WarnBreaker,
)
from workflows.breaker.states import BreakerState
from workflows.fund.breaker import sample_suffices
from workflows.fund.records import EndWatch, Fund, WatchFund
from workflows.fund.states import FundState
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation

OnBreaker = Situation[Breaker]  # whatever is asked of it
Outcome = tuple[Any, ...]
DIGITS = Decimal("0.000001")


def evaluate(s: Situation[Breaker | None, EvaluateBreaker]) -> Outcome:
    """From data up to the day before (ZD-C.9); a fund's own breaker looks at its cash too."""
    loans, it = s.fact(Watched).loans, s.it
    ratio = loans.bad_ratio
    since = None if it is None else it.below_since
    below = ratio < s.policy["breaker_reset"].value
    evaluated = BreakerEvaluated(
        fund=s.act.fund,
        bank=s.act.bank,
        policy=s.policy.ref,
        ratio=ratio.quantize(DIGITS),
        loans=loans.loans,
        balance=loans.balance,
        evaluated_on=s.today,
        below_since=(since or s.today) if below else None,
    )
    return (evaluated, *_moved(s, ratio), *_watched(s))


def _moved(s: Situation[Breaker | None, EvaluateBreaker], ratio: Decimal) -> tuple[Then, ...]:
    state = BreakerState.CLOSED.name if s.it is None else s.it.state
    found, ident = s.fact(Watched), s.act.breaker
    if state == BreakerState.TRIPPED.name:
        return ()
    trip = s.policy.ceiling("breaker_trip")
    if not trip.unlimited and ratio >= trip.value and sample_suffices(found.loans, s.policy):
        return (Then(TripBreaker(ident, found.filings, found.products)),)
    high = ratio >= s.policy["breaker_warn"].value
    if high and state == BreakerState.CLOSED.name:
        return (Then(WarnBreaker(ident)),)
    calm = not high and state == BreakerState.WARNING.name
    return (Then(EndWarning(ident)),) if calm else ()


def _watched(s: Situation[Breaker | None, EvaluateBreaker]) -> tuple[Then, ...]:
    """Below fund_low_water of the covered balance the fund asks for a top-up (ZD-3.12.1)."""
    fund = s.rows.get(Fund)
    if s.act.bank or fund is None:
        return ()
    least = s.fact(Watched).loans.balance.share_floor(s.policy["fund_low_water"].value)
    low = fund.cash < least
    if low and fund.state == FundState.ACTIVE.name:
        return (Then(WatchFund(fund.id, least - fund.cash)),)
    if not low and fund.state == FundState.WATCH.name:
        return (Then(EndWatch(fund.id)),)
    return ()


def warn(s: OnBreaker) -> Outcome:
    """Told, nothing more."""
    return (BreakerWarned(s.it.ratio),)


def end_warning(s: OnBreaker) -> Outcome:
    """Told."""
    return (BreakerWarningEnded(s.it.ratio),)


def trip(s: Situation[Breaker, TripBreaker]) -> Outcome:
    """What it stops is named."""
    return (BreakerTripped(s.it.ratio, s.today, s.act.filings, s.act.products),)


def half_open(s: Situation[Breaker, HalfOpenBreaker]) -> Outcome:
    """breaker_half_open_share of a normal month, for breaker_trial_days."""
    room = s.fact(MonthlyVolume).amount.share_floor(s.policy["breaker_half_open_share"].value)
    closes_on = s.today + timedelta(days=s.policy["breaker_trial_days"].value)
    return (BreakerHalfOpened(s.act.rectification, s.today, closes_on, room),)


def reset(s: OnBreaker) -> Outcome:
    """As before the trip."""
    return (BreakerReset(given(s.it.half_opened_on)),)


# fmt: off
DECIDE: Mapping[str, Decide] = {
    "evaluate":    evaluate,
    "warn":        warn,
    "end_warning": end_warning,
    "trip":        trip,
    "half_open":   half_open,
    "reset":       reset,
}
# fmt: on
