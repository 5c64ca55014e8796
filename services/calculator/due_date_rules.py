"""Due dates by a rule in words: `start`, `periods` and where in the month instalments fall.

Every word of a rule must be known, and together they must say one thing; otherwise it is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.calculator.reading import MOST_COUNT, Fields, Uninterpretable, shown
from services.calculator.schedule_case import sane, take
from workflows.lending.days.due_dates import (
    Dates,
    add_months,
    every_days,
    every_months,
    first_of_next_months,
    month_ends,
)

_OWN = ("start", "periods", "rule")
_NEXT = frozenset(("next", "following"))
_FIRST = frozenset(("first", "1st", "start", "beginning"))
_LAST = frozenset(("last", "end", "ends"))
_SAME = frozenset(("same", "monthly", "each", "every", "date"))
_OTHER = frozenset(
    (
        *("day", "of", "the", "on", "a", "as", "per", "in", "at", "from", "month", "months"),
        *("current", "this", "calendar", "repayment", "disbursement", "due", "that"),
    )
)
_KNOWN = _NEXT | _FIRST | _LAST | _SAME | _OTHER
_FORTNIGHT_DAYS, _WEEK_DAYS = 14, 7

# fmt: off
_STEPS: Mapping[str, Callable[[date, int], Dates]] = {
    "daily":           lambda start, count: every_days(start, count, step=1),
    "weekly":          lambda start, count: every_days(start, count, step=_WEEK_DAYS),
    "bi weekly":       lambda start, count: every_days(start, count, step=_FORTNIGHT_DAYS),
    "every two weeks": lambda start, count: every_days(start, count, step=_FORTNIGHT_DAYS),
    "monthly":         lambda start, count: every_months(start, count, step=1),
    "quarterly":       lambda start, count: every_months(start, count, step=3),
    "half yearly":     lambda start, count: every_months(start, count, step=6),
    "yearly":          lambda start, count: every_months(start, count, step=12),
}
"""Rules that say how far apart dates are, the start being the first."""
# fmt: on


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The rows n, due. Raises Uninterpretable."""
    given = take(case, more=_OWN).input.only(_OWN)
    count = given.whole("periods", least=1, most=MOST_COUNT)
    dates = dates_by(given, sane(given, "start"), count)
    rows = [{"n": n, "due": day.isoformat()} for n, day in enumerate(dates, 1)]
    return {"rows": rows, "complete": True}


def dates_by(given: Fields, start: date, count: int) -> Dates:
    """The dates of a rule. Raises Uninterpretable for a rule that is not known."""
    rule = " ".join(given.text("rule").lower().replace("_", " ").replace("-", " ").split())
    make = _STEPS.get(rule) or _by_words(frozenset(rule.split()))
    if make is None:
        known = ", ".join((*_STEPS, "same day", "first of next month", "last day of month"))
        values = {"field": given.name("rule"), "found": shown(rule), "known": known}
        raise Uninterpretable("calc.unknown_word", values)
    return make(start, count)


def _by_words(words: frozenset[str]) -> Callable[[date, int], Dates] | None:
    """Where in the month, from the words of a rule; None when they say nothing or too much."""
    if not words or words - _KNOWN:
        return None
    if words & _LAST:
        return _ends_of_next if words & _NEXT else month_ends
    if words & _NEXT:
        return first_of_next_months if words & _FIRST else None
    return _STEPS["monthly"] if words & _SAME else None


def _ends_of_next(start: date, count: int) -> Dates:
    return month_ends(add_months(start, 1), count)
