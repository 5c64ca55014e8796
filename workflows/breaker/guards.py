"""When a breaker may be opened again: one question a function, the rule beside it."""

from __future__ import annotations

from datetime import timedelta

from workflows.breaker import clauses
from workflows.breaker.records import Breaker, HalfOpenBreaker
from workflows.lifecycle.clauses import refuse
from workflows.lifecycle.given import given
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Refusal, against

OnBreaker = Situation[Breaker]  # whatever is asked of it


def rectified(s: Situation[Breaker, HalfOpenBreaker]) -> Refusal | None:
    """A written rectification (ZD-3.12)."""
    if s.act.rectification:
        return None
    return refuse(s, "rectification_missing", clauses.RECTIFIED)


def low_long_enough(s: OnBreaker) -> Refusal | None:
    """Below breaker_reset for breaker_calm_days (ZD-3.12)."""
    line, since = s.policy["breaker_reset"], s.it.below_since
    if since is None:
        return against("ratio_not_low", line, s.it.ratio)
    days = s.policy["breaker_calm_days"]
    first = since + timedelta(days=days.value)
    if s.today >= first:
        return None
    return against("ratio_low_too_short", days, since, legal_from=first)


def trial_over(s: OnBreaker) -> Refusal | None:
    """The days of the trial are over (ZD-3.12)."""
    last = given(s.it.closes_on)
    if s.today >= last:
        return None
    return refuse(
        s, "trial_goes_on", clauses.MONITOR, actual=s.today, threshold=last, legal_from=last
    )
