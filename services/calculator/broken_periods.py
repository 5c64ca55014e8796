"""Broken period interest: the days before the first whole month, and who pays them when.

Frappe Lending's convention: the instalment is the monthly annuity rounded up to the next whole
yuan; the days between disbursement plus one month and the first due date bear interest for
themselves, collected by one of three methods beside the instalments.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from services.calculator.answers import yuan_text
from services.calculator.even_annuity import SCALE, YUAN, repaid_by_instalment
from services.calculator.reading import MOST_COUNT, Fields, Uninterpretable, shown
from services.calculator.schedule_case import (
    FIXED_INSTALMENT,
    ScheduleCase,
    contradicting,
    sane,
    take,
)
from services.calculator.schedule_terms import annual_rate, day_count, grain
from workflows.lending.days.day_count import year_fraction
from workflows.lending.days.due_dates import MONTHS_OF_YEAR, add_months, every_months
from workflows.lending.rounding import Rounding, fen, rounded
from workflows.lending.schedule.instalment import nominal_instalment
from workflows.lending.schedule.periods import Draw, dated_periods
from workflows.lending.schedule.rows import Grain, ScheduleRow, walk

UPFRONT, FIRST, TENURE = "upfront", "first", "tenure"
_MARKS = {UPFRONT: ("upfront", "up front"), FIRST: ("first",), TENURE: ("tenure", "amorti")}
_OWN = ("broken_days", "method")
_HEEDED = (
    *("principal", "annual_rate_pct", "rate_pct_per_month", "disbursement_date", "first_due"),
    *("periods", "day_count", *FIXED_INSTALMENT, *_OWN),
)


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The interest of every instalment, row 0 being what is kept back at disbursement."""
    taken = take(case, more=_OWN)
    given, mode = taken.input.only(_HEEDED), grain(taken).rounding
    rows = _regular(taken)
    how, extra = _method(given), _broken_interest(taken)
    shares = _shares(how, extra, len(rows))
    interest = {row.n: row.interest + shares.get(row.n, 0) for row in rows}
    if how == UPFRONT:
        interest = {0: extra, **interest}
    told = {n: yuan_text(rounded(Fraction(one) / SCALE, mode)) for n, one in interest.items()}
    return {"rows": [{"n": n, "interest": one} for n, one in told.items()], "complete": True}


def _regular(taken: ScheduleCase) -> tuple[ScheduleRow, ...]:
    """The rows as if it had been disbursed a month before the first due date.

    Of an annuity over `periods`, or of a given instalment until nothing is owed.
    """
    given, rate = taken.input, annual_rate(taken)
    fixed, count = taken.fixed_instalment is not None, MOST_COUNT
    if not fixed or given.has("periods"):
        count = given.whole("periods", least=1, most=MOST_COUNT)
    first, principal = sane(given, "first_due"), fen(given.amount("principal")) * SCALE
    periods = dated_periods(
        (Draw(add_months(first, -1), principal),),
        every_months(first, count, step=1),
        annual_rate=rate,
        day_count=day_count(taken),
    )
    fine = Grain(instalment=YUAN, instalment_rounding=Rounding.UP)
    if fixed:
        return repaid_by_instalment(taken, periods, fine).rows
    amount = nominal_instalment(principal, Fraction(rate) / MONTHS_OF_YEAR, count, grain=fine)
    return walk(periods, fine, lambda at_end: amount - at_end.interest)


def _broken_interest(taken: ScheduleCase) -> Fraction:
    """Interest of the days between disbursement + 1 month and the first due date."""
    start, first = sane(taken.input, "disbursement_date"), sane(taken.input, "first_due")
    _check_days(taken.input, start, first)
    part = year_fraction(add_months(start, 1), first, day_count(taken))
    return fen(taken.input.amount("principal")) * SCALE * Fraction(annual_rate(taken)) * part


def _shares(how: str, extra: Fraction, count: int) -> dict[int, Fraction]:
    """What of the broken days' interest each instalment bears beside its own."""
    if how == FIRST:
        return {1: extra}
    return {n: extra / count for n in range(1, count + 1)} if how == TENURE else {}


def _method(given: Fields) -> str:
    told = given.text("method").lower().replace("_", " ").replace("-", " ")
    found = [how for how, marks in _MARKS.items() if any(mark in told for mark in marks)]
    if len(found) != 1:
        values = {"field": given.name("method"), "found": shown(told), "known": ", ".join(_MARKS)}
        raise Uninterpretable("calc.unknown_word", values)
    return found[0]


def _check_days(given: Fields, start: date, first: date) -> None:
    """Raise Uninterpretable when the broken days lie below 0 or are told otherwise."""
    days = (first - add_months(start, 1)).days
    if days < 0:
        values = {"field": "input.first_due", "earlier": add_months(start, 1), "later": first}
        raise Uninterpretable("calc.not_rising", values)
    if given.has("broken_days") and given.whole("broken_days") != days:
        raise contradicting("input.broken_days", "input.first_due")
