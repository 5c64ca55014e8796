"""Answer a schedule case: read its terms, choose the method, give the rows in the form's keys.

The kind names the method; `params.method`, where it stands, must agree. What no rule determines
is refused (Uninterpretable), never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from services.calculator import broken_periods, due_date_rules, even_annuity
from services.calculator.answers import flow, lump
from services.calculator.reading import Uninterpretable
from services.calculator.schedule_case import ScheduleCase, contradicting, take
from services.calculator.schedule_kinds import FLAT, FLAT_BALLOON, method_of
from services.calculator.schedule_terms import ScheduleTerms, is_nominal, terms
from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import MONTHS_OF_YEAR
from workflows.lending.days.repayment_months import months_of_periods
from workflows.lending.schedule import methods
from workflows.lending.schedule.capitalised import capitalised_bullet, uncapitalised_bullet
from workflows.lending.schedule.periods import (
    NoSchedule,
    Period,
    dated_periods,
    even_periods,
    interest_free,
)
from workflows.lending.schedule.rows import Schedule


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one case, in the form of its `expected`. Raises Uninterpretable."""
    kind = case.get("kind")
    if kind == "due_dates":
        return due_date_rules.answer(case)
    try:
        if kind == "broken_period_interest":
            return broken_periods.answer(case)
        taken = take(case)
        method = method_of(taken)
        read = terms(taken)
        if even_annuity.applies(taken, read, method):
            return even_annuity.answer(taken, read, method=method)
        return _lump(read, method) if method in LUMPS else _rows(taken, read, method)
    except NoSchedule as refused:
        values = {"period": refused.period, "field": "input.due_dates"}
        raise Uninterpretable(f"calc.{refused.code}", values) from refused


def _periods(read: ScheduleTerms) -> tuple[Period, ...]:
    if read.when.even:
        count, months = read.when.even
        if read.day_count is not DayCount.THIRTY_360:
            raise Uninterpretable("calc.missing_field", {"field": "input.due_dates"})
        drawn = sum(draw.fen for draw in read.when.draws)
        periods = even_periods(drawn, count, annual_rate=read.annual_rate, months=months)
    else:
        periods = dated_periods(
            read.when.draws,
            read.when.due_dates,
            annual_rate=read.annual_rate,
            day_count=read.day_count,
            start=read.start,
            month_end=read.month_end,
        )
    return interest_free(periods, read.interest_free)


def _annuity(case: ScheduleCase, read: ScheduleTerms, periods: tuple[Period, ...]) -> Schedule:
    nominal = _nominal(read) if is_nominal(case) else None
    if nominal is not None and read.grain.levelled:
        raise contradicting("params.instalment_levelled", "params.instalment_from")
    return methods.annuity(periods, read.grain, grace=read.grace, nominal=nominal)


def _nominal(read: ScheduleTerms) -> Fraction:
    """Rate x months / 12, where every period after the first has the same whole months."""
    if read.when.even:
        return Fraction(read.annual_rate) * read.when.even[1] / MONTHS_OF_YEAR
    start, due = read.start or min(draw.day for draw in read.when.draws), read.when.due_dates
    months = set(months_of_periods(start, due)[-max(1, len(due) - 1) :])
    if len(months) != 1 or (found := months.pop()).denominator != 1:
        raise Uninterpretable("calc.uneven_months", {"field": "params.instalment_from"})
    return Fraction(read.annual_rate) * found / MONTHS_OF_YEAR


def _equal_principal(
    case: ScheduleCase, read: ScheduleTerms, periods: tuple[Period, ...]
) -> Schedule:
    return methods.equal_principal(periods, read.grain, grace=read.grace)


def _bullet(case: ScheduleCase, read: ScheduleTerms, periods: tuple[Period, ...]) -> Schedule:
    return methods.interest_only(periods, read.grain)


def _flat(case: ScheduleCase, read: ScheduleTerms, periods: tuple[Period, ...]) -> Schedule:
    asked = case.kind == FLAT_BALLOON or case.of("fixed_principal_pct_of_loan")
    share = _share(case) if asked else None
    return methods.flat(periods, read.grain, grace=read.grace, share=share)


def _fixed_principal(
    case: ScheduleCase, read: ScheduleTerms, periods: tuple[Period, ...]
) -> Schedule:
    if case.input.has("interest_type") and case.input.text("interest_type") == FLAT:
        return _flat(case, read, periods)
    return methods.fixed_principal(periods, read.grain, share=_share(case), grace=read.grace)


def _share(case: ScheduleCase) -> Fraction:
    place = case.of("fixed_principal_pct_of_loan") or case.input
    return Fraction(place.per_cent("fixed_principal_pct_of_loan"))


def _fixed_instalment(
    case: ScheduleCase, read: ScheduleTerms, periods: tuple[Period, ...]
) -> Schedule:
    amount = even_annuity.fixed_amount(case)
    return methods.fixed_instalment(periods, read.grain, amount=amount, grace=read.grace)


def _rows(case: ScheduleCase, read: ScheduleTerms, method: str) -> dict[str, Any]:
    made = _BUILDERS[method](case, read, _periods(read))
    made = methods.interest_in_arrears(made, grace=read.interest_deferred)
    single = not case.input.has("disbursements")
    plain = not case.of("instalment_multiple") and not case.input.has("principal_grace_periods")
    shown = method == "annuity" and single and plain
    return flow(made, balance=method != "fixed_principal_balloon", instalment=shown)


def _lump(read: ScheduleTerms, method: str) -> dict[str, Any]:
    grain = read.grain
    return lump(LUMPS[method](_periods(read), rounding=grain.rounding, multiple=grain.money))


# fmt: off
_BUILDERS: Mapping[str, Callable[[ScheduleCase, ScheduleTerms, tuple[Period, ...]], Schedule]] = {
    "annuity":                 _annuity,
    "equal_principal":         _equal_principal,
    "bullet":                  _bullet,
    "flat":                    _flat,
    "fixed_principal_balloon": _fixed_principal,
    "fixed_instalment":        _fixed_instalment,
}

LUMPS = {
    "capitalised_bullet":   capitalised_bullet,
    "uncapitalised_bullet": uncapitalised_bullet,
}
"""Methods that pay everything at maturity and have no rows."""
# fmt: on
