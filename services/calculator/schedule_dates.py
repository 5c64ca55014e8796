"""When a case's money goes out and its instalments fall due: given, by a rule, or without dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from services.calculator.reading import MOST_COUNT, MOST_MONEY, Uninterpretable
from services.calculator.schedule_case import YEARS, ScheduleCase, contradicting, sane
from workflows.lending.days.due_dates import (
    Dates,
    MonthEnd,
    Settlement,
    every_months,
    settlement_days,
)
from workflows.lending.rounding import fen
from workflows.lending.schedule.periods import Draw

# fmt: off
PERIOD_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "half_year": 6, "year": 12}
WAYS = {
    "due_dates":  ("due_dates",),
    "settlement": ("settlement", "maturity"),
    "periods":    ("periods", "period", "first_due"),
}
"""The ways to say when, each with the fields that belong to it alone."""
# fmt: on


@dataclass(frozen=True, slots=True)
class When:
    """`due_dates` and their `draws`; or `even`, a count of periods and months each, undated."""

    draws: tuple[Draw, ...]
    due_dates: Dates = ()
    even: tuple[int, int] | None = None


def when(case: ScheduleCase) -> When:
    """Read when. Raises Uninterpretable."""
    way = _way(case)
    dated = case.input.has("disbursement_date") or case.input.has("disbursements")
    if way == "periods" and not dated:
        if case.input.has("first_due"):
            raise Uninterpretable("calc.missing_field", {"field": "input.disbursement_date"})
        whole = Draw(date.min, fen(case.input.amount("principal")))
        return When((whole,), even=(_count(case), _step(case)))
    draws = _draws(case)
    start = min(draw.day for draw in draws)
    make = {"due_dates": _given, "settlement": _settled, "periods": _counted}[way]
    return When(draws, make(case, start))


def _way(case: ScheduleCase) -> str:
    """The one way that a case uses. Raises Uninterpretable when it mixes two."""
    used = {
        way: name for way, names in WAYS.items() for name in names[::-1] if case.input.has(name)
    }
    if len(used) > 1:
        first, second, *_ = used.values()
        raise contradicting(f"input.{first}", f"input.{second}")
    return next(iter(used), "due_dates")


def _given(case: ScheduleCase, start: date) -> Dates:
    days = case.input.days("due_dates")
    return _within(days, "due_dates")


def _settled(case: ScheduleCase, start: date) -> Dates:
    how = Settlement(case.input.word("settlement", [each.value for each in Settlement]))
    maturity = sane(case.input, "maturity")
    if maturity <= start:
        values = {"field": "input.maturity", "earlier": start, "later": maturity}
        raise Uninterpretable("calc.not_rising", values)
    return settlement_days(start, maturity, how)


def _counted(case: ScheduleCase, start: date) -> Dates:
    """Due dates a number of months apart, from the first or from the disbursement on."""
    count, step = case.input.whole("periods", least=1, most=MOST_COUNT), _step(case)
    if case.input.has("schedule_start"):
        start = sane(case.input, "schedule_start")
    rule = month_end(case) or MonthEnd.CLAMP
    first = sane(case.input, "first_due") if case.input.has("first_due") else None
    if start.year + count * step // 12 >= YEARS[1]:
        raise Uninterpretable("calc.too_far", {"field": "input.periods", "found": count})
    if first:
        return _within(every_months(first, count, step=step, rule=rule), "first_due")
    return every_months(start, count + 1, step=step, rule=rule)[1:]


def month_end(case: ScheduleCase) -> MonthEnd | None:
    """What becomes of a day that a month lacks, where the case says it."""
    if not case.params.has("month_end"):
        return None
    return MonthEnd(case.params.word("month_end", [each.value for each in MonthEnd]))


def _within(days: Dates, field: str) -> Dates:
    if YEARS[0] <= days[0].year and days[-1].year <= YEARS[1]:
        return days
    values = {"found": f"{days[0]} - {days[-1]}", "least": YEARS[0], "most": YEARS[1]}
    raise Uninterpretable("calc.out_of_range", {"field": f"input.{field}", **values})


def _count(case: ScheduleCase) -> int:
    """The number of periods; as many as may be where a given instalment decides it."""
    if case.fixed_instalment and not case.input.has("periods"):
        return MOST_COUNT
    return case.input.whole("periods", least=1, most=MOST_COUNT)


def _step(case: ScheduleCase) -> int:
    return PERIOD_MONTHS[case.input.word("period", PERIOD_MONTHS)]


def _draws(case: ScheduleCase) -> tuple[Draw, ...]:
    if not case.input.has("disbursements"):
        day = sane(case.input, "disbursement_date")
        return (Draw(day, fen(case.input.amount("principal"))),)
    for name in ("principal", "disbursement_date"):
        if case.input.has(name):
            raise contradicting("input.disbursements", f"input.{name}")
    each = [one.only(("date", "amount")) for one in case.input.each("disbursements")]
    draws = tuple(Draw(sane(one, "date"), fen(one.amount("amount"))) for one in each)
    if sum(draw.fen for draw in draws) > fen(MOST_MONEY):
        raise Uninterpretable("calc.too_much", {"field": "input.disbursements"})
    return draws
