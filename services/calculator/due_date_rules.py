"""Due dates by a rule in words: `start`, `periods` and where in the month instalments fall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from services.calculator.reading import MOST_COUNT, Fields, Uninterpretable
from services.calculator.schedule_terms import sane, take
from workflows.due_dates import (
    Dates,
    every_days,
    every_months,
    first_of_next_months,
    month_ends,
)

_OWN = ("start", "periods", "rule", "disbursement_date", "first_due")
_FORTNIGHT_DAYS, _WEEK_DAYS = 14, 7


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
    make = _RULES.get(rule)
    if make is None:
        values = {"field": given.name("rule"), "found": rule, "known": ", ".join(_RULES)}
        raise Uninterpretable("calc.unknown_word", values)
    return make(start, count)


def _monthly(step: int) -> Callable[[date, int], Dates]:
    return lambda start, count: every_months(start, count, step=step)


def _daily(step: int) -> Callable[[date, int], Dates]:
    return lambda start, count: every_days(start, count, step=step)


# fmt: off
_RULES: Mapping[str, Callable[[date, int], Dates]] = {
    "first of next month":            first_of_next_months,
    "first day of next month":        first_of_next_months,
    "start of next month":            first_of_next_months,
    "start of the next month":        first_of_next_months,
    "last day of month":              month_ends,
    "last of month":                  month_ends,
    "last day of the month":          month_ends,
    "last day of current month":      month_ends,
    "last day of the current month":  month_ends,
    "last of current month":          month_ends,
    "end of month":                   month_ends,
    "end of the month":               month_ends,
    "end of current month":           month_ends,
    "end of the current month":       month_ends,
    "month end":                      month_ends,
    "same day":                       _monthly(1),
    "same date":                      _monthly(1),
    "same day each month":            _monthly(1),
    "same day every month":           _monthly(1),
    "same day of month":              _monthly(1),
    "same day of each month":         _monthly(1),
    "same day of the month":          _monthly(1),
    "same date each month":           _monthly(1),
    "same day as start":              _monthly(1),
    "same day as the start":          _monthly(1),
    "same day as start date":         _monthly(1),
    "same date as start":             _monthly(1),
    "same date as disbursement":      _monthly(1),
    "monthly":                        _monthly(1),
    "monthly from start":             _monthly(1),
    "monthly from start date":        _monthly(1),
    "monthly from the start date":    _monthly(1),
    "monthly on the same day":        _monthly(1),
    "monthly on start day":           _monthly(1),
    "as per start date":              _monthly(1),
    "monthly as per start date":      _monthly(1),
    "monthly as per repayment start date": _monthly(1),
    "start date":                     _monthly(1),
    "from start date":                _monthly(1),
    "every month":                    _monthly(1),
    "quarterly":                      _monthly(3),
    "half yearly":                    _monthly(6),
    "yearly":                         _monthly(12),
    "weekly":                         _daily(_WEEK_DAYS),
    "bi weekly":                      _daily(_FORTNIGHT_DAYS),
    "every two weeks":                _daily(_FORTNIGHT_DAYS),
    "daily":                          _daily(1),
}
# fmt: on
