"""The terms of a schedule case, read, checked and brought to exact types.

Without a word on rounding a case means half-even to 2 digits: that is the form's convention; the
house's own is half-up (ZD-1.3).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from services.calculator.day_counts import told_day_count
from services.calculator.reading import Fields
from services.calculator.schedule_case import ScheduleCase, contradicting, count_of, sane
from services.calculator.schedule_dates import When, month_end, when
from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import MONTHS_OF_YEAR, MonthEnd
from workflows.lending.rounding import Rounding, fen
from workflows.lending.schedule.rows import Grain

EXACT, NOMINAL = "exact_period_factors", "nominal_monthly_rate"
_MOST_DIGITS = 2


@dataclass(frozen=True, slots=True)
class ScheduleTerms:
    """What a schedule follows from. Amounts in fen, rates as fractions of one."""

    when: When
    start: date | None
    annual_rate: Decimal
    day_count: DayCount
    grain: Grain
    grace: int
    interest_free: int
    interest_deferred: int
    month_end: MonthEnd | None


def terms(case: ScheduleCase) -> ScheduleTerms:
    """Read all terms. Raises Uninterpretable."""
    dates = when(case)
    count = dates.even[0] if dates.even else len(dates.due_dates)
    free, deferred = _interest_grace(case, count)
    return ScheduleTerms(
        when=dates,
        start=_start(case, dates),
        annual_rate=annual_rate(case),
        day_count=day_count(case),
        grain=grain(case),
        grace=count_of(case, "principal_grace_periods", most=count - 1),
        interest_free=free,
        interest_deferred=deferred,
        month_end=month_end(case),
    )


def _interest_grace(case: ScheduleCase, count: int) -> tuple[int, int]:
    """How many first periods bear no interest, and of how many the interest is paid later.

    The generator that takes rate / 12 collects the interest of its "interest free" periods after
    them (Fineract RS07); everywhere else they are free.
    """
    nominal = is_nominal(case)
    free = count_of(case, "interest_free_periods", most=count - 1 if nominal else count)
    deferred = count_of(case, "interest_grace_periods", most=count - 1)
    if free and deferred:
        raise contradicting("input.interest_free_periods", "input.interest_grace_periods")
    return (0, free) if nominal and free else (free, deferred)


def is_nominal(case: ScheduleCase) -> bool:
    """Whether the instalment follows from rate / 12, whatever the days are."""
    if not case.params.has("instalment_from"):
        return False
    return case.params.word("instalment_from", (EXACT, NOMINAL)) == NOMINAL


def _start(case: ScheduleCase, dates: When) -> date | None:
    """When the first period starts, if not with the first disbursement."""
    if not case.input.has("schedule_start"):
        return None
    if dates.even:
        raise contradicting("input.schedule_start", "input.periods")
    return sane(case.input, "schedule_start")


def annual_rate(case: ScheduleCase) -> Decimal:
    """The annual rate as a fraction of one; a monthly one counts twelve times."""
    yearly = case.of("annual_rate_pct")
    if not case.input.has("rate_pct_per_month"):
        return (yearly or case.input).per_cent("annual_rate_pct")
    monthly = case.input.per_cent("rate_pct_per_month") * MONTHS_OF_YEAR
    if yearly and yearly.per_cent("annual_rate_pct") != monthly:
        raise contradicting("input.rate_pct_per_month", yearly.name("annual_rate_pct"))
    return monthly


def day_count(case: ScheduleCase) -> DayCount:
    """The convention; where both places tell one they must agree."""
    places = [place for place in (case.input, case.params) if place.has("day_count")]
    told = {told_day_count(place) for place in places or [case.input]}
    if len(told) > 1:
        raise contradicting("input.day_count", "params.day_count")
    return told.pop()


def grain(case: ScheduleCase) -> Grain:
    """How fine amounts and instalments are rounded, and how."""
    digits = _MOST_DIGITS
    if case.params.has("money_digits"):
        digits = case.params.whole("money_digits", most=_MOST_DIGITS)
    money = max(10 ** (_MOST_DIGITS - digits), _multiple(case, "money_multiple"))
    mode = rounding(case.params, "rounding") or Rounding.HALF_EVEN
    levelled = case.params.has("instalment_levelled") and case.params.flag("instalment_levelled")
    return Grain(
        rounding=mode,
        money=money,
        instalment=_multiple(case, "instalment_multiple"),
        instalment_rounding=rounding(case.params, "instalment_rounding"),
        levelled=levelled,
    )


def rounding(params: Fields, name: str) -> Rounding | None:
    """A rounding by its word; None where nothing is said."""
    known = [each.value for each in Rounding]
    return Rounding(params.word(name, known)) if params.has(name) else None


def _multiple(case: ScheduleCase, name: str) -> int:
    """A multiple in yuan as fen; 0 where nothing is said."""
    place = case.of(name)
    return fen(place.amount(name, least=Decimal("0.01"))) if place else 0
