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
from services.calculator.even_annuity import SCALE, YUAN
from services.calculator.reading import MOST_COUNT, Fields, Uninterpretable
from services.calculator.schedule_terms import annual_rate, day_count, grain, sane, take
from workflows.day_count import year_fraction
from workflows.due_dates import MONTHS_OF_YEAR, add_months, every_months
from workflows.instalment import nominal_instalment
from workflows.periods import Draw, dated_periods
from workflows.rounding import Rounding, fen, rounded
from workflows.schedule import Grain, walk

UPFRONT, FIRST, TENURE = "upfront", "first", "tenure"
_MARKS = {UPFRONT: ("upfront", "up front"), FIRST: ("first",), TENURE: ("tenure", "amorti")}
_OWN = ("first_due", "broken_days", "method")


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The interest of every instalment, row 0 being what is kept back at disbursement."""
    taken = take(case, more=_OWN)
    given = taken.input
    start, first = sane(given, "disbursement_date"), sane(given, "first_due")
    count = given.whole("periods", least=1, most=MOST_COUNT)
    how, rate, basis = _method(given), annual_rate(taken), day_count(taken)
    principal = fen(given.amount("principal")) * SCALE
    broken = _broken_days(given, start, first)
    extra = principal * Fraction(rate) * year_fraction(add_months(start, 1), first, basis)
    draws = (Draw(add_months(first, -1), principal),)
    periods = dated_periods(
        draws, every_months(first, count, step=1), annual_rate=rate, day_count=basis
    )
    fine = Grain(instalment=YUAN, instalment_rounding=Rounding.UP)
    amount = nominal_instalment(principal, Fraction(rate) / MONTHS_OF_YEAR, count, grain=fine)
    rows = walk(periods, fine, lambda at_end: amount - at_end.interest)
    mode = grain(taken).rounding
    shares = _shares(how, extra if broken else Fraction(0), count)
    interest = {row.n: row.interest + shares.get(row.n, Fraction(0)) for row in rows}
    if how == UPFRONT:
        interest = {0: extra, **interest}
    told = {n: yuan_text(rounded(one / SCALE, mode)) for n, one in interest.items()}
    return {"rows": [{"n": n, "interest": one} for n, one in told.items()], "complete": True}


def _shares(how: str, extra: Fraction, count: int) -> dict[int, Fraction]:
    """What of the broken days' interest each instalment bears beside its own."""
    if how == FIRST:
        return {1: extra}
    return {n: extra / count for n in range(1, count + 1)} if how == TENURE else {}


def _method(given: Fields) -> str:
    told = given.text("method").lower().replace("_", " ").replace("-", " ")
    found = [how for how, marks in _MARKS.items() if any(mark in told for mark in marks)]
    if len(found) != 1:
        values = {"field": given.name("method"), "found": told, "known": ", ".join(_MARKS)}
        raise Uninterpretable("calc.unknown_word", values)
    return found[0]


def _broken_days(given: Fields, start: date, first: date) -> int:
    """Days from disbursement + 1 month to the first due date. Raises Uninterpretable below 0."""
    days = (first - add_months(start, 1)).days
    if days < 0:
        values = {"field": "input.first_due", "earlier": add_months(start, 1), "later": first}
        raise Uninterpretable("calc.not_rising", values)
    if given.has("broken_days") and given.whole("broken_days") != days:
        names = {"field": "input.broken_days", "other": "input.first_due"}
        raise Uninterpretable("calc.contradicts", names)
    return days
