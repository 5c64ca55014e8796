"""The terms of a schedule case: every field read, checked and brought to exact types.

A field may stand in `input` or in `params`; where both have it they must agree. Without a word on
rounding a case means half-even to 2 digits: that is the form's convention, ours is half-up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.calculator.reading import (
    CASE_ASIDE,
    MOST_COUNT,
    MOST_MONEY,
    Fields,
    Uninterpretable,
    fields,
)
from workflows.day_count import DayCount
from workflows.due_dates import Settlement, settlement_days
from workflows.periods import Draw
from workflows.rounding import Rounding, fen
from workflows.schedule import Grain

PERIOD_MONTHS = {"month": 1, "quarter": 3, "semester": 6, "half_year": 6, "year": 12}
FREE, DEFERRED = "free", "deferred"
EXACT, NOMINAL = "exact_period_factors", "nominal_monthly_rate"
MONTHS_OF_YEAR = 12
_DAY_COUNT = re.compile(r"([\w/+-]+)(\s*[,(].*)?", re.DOTALL)
_MOST_DIGITS = 2
_YEARS = (1900, 2200)
FIXED_INSTALMENT = ("fixed_instalment", "instalment", "instalment_amount", "monthly_instalment")
_INPUT = frozenset(
    (
        *("principal", "annual_rate_pct", "rate_pct_per_month", "disbursement_date"),
        *("disbursements", "schedule_start", "due_dates", "maturity", "settlement", "day_count"),
        *("periods", "period", "instalment_multiple", "money_multiple", "interest_type"),
        *("principal_grace_periods", "interest_grace_periods", "interest_free_periods"),
        *("fixed_principal_pct_of_loan", *FIXED_INSTALMENT),
    )
)
_PARAMS = frozenset(
    (
        *("rounding", "money_digits", "day_count", "annual_rate_pct", "method", "month_end"),
        *("principal_grace_periods", "interest_grace_periods", "interest_free_periods"),
        *("instalment_multiple", "money_multiple", "instalment_rounding"),
        *("instalment_levelled", "instalment_from", "fixed_principal_pct_of_loan"),
    )
)


@dataclass(frozen=True, slots=True)
class Case:
    """A case taken apart; `convention` is prose, read only where nothing else says a thing."""

    kind: str
    input: Fields
    params: Fields
    convention: str | None

    @property
    def fixed_instalment(self) -> str | None:
        """The field that gives the instalment, where one does."""
        return next((name for name in FIXED_INSTALMENT if self.input.has(name)), None)

    def of(self, name: str) -> Fields | None:
        """Where a field stands. Raises Uninterpretable when its two places disagree."""
        places = [place for place in (self.input, self.params) if place.has(name)]
        if len(places) == len((self.input, self.params)) and not _agree(places, name):
            values = {"field": self.input.name(name), "other": self.params.name(name)}
            raise Uninterpretable("calc.contradicts", values)
        return places[0] if places else None


@dataclass(frozen=True, slots=True)
class Terms:
    """What a schedule follows from. Amounts in fen, rates as fractions of one.

    Either `due_dates` or `even` (count, months each) says when; never both.
    """

    draws: tuple[Draw, ...]
    annual_rate: Decimal
    day_count: DayCount
    due_dates: tuple[date, ...]
    start: date | None
    even: tuple[int, int] | None
    grain: Grain
    grace: int
    interest_grace: int
    interest_grace_is: str


def take(case: Mapping[str, Any], *, more: Iterable[str] = ()) -> Case:
    """Take a case apart; `more`: input fields that one kind alone knows."""
    whole = fields(case).only(CASE_ASIDE | {"kind", "input", "params"})
    told = whole.text("convention") if whole.has("convention") else None
    params = whole.inside("params") if whole.has("params") else Fields({}, "params")
    return Case(
        whole.text("kind"),
        whole.inside("input").only(_INPUT | frozenset(more)),
        params.only(_PARAMS),
        told,
    )


def terms(case: Case) -> Terms:
    """Read all terms. Raises Uninterpretable."""
    even = _even(case)
    draws = _draws(case, dated=even is None)
    due = () if even else _due_dates(case, draws)
    count = even[0] if even else len(due)
    free = count_of(case, "interest_free_periods", most=count)
    deferred = count_of(case, "interest_grace_periods", most=count - 1)
    if free and deferred:
        names = {"field": "input.interest_free_periods", "other": "input.interest_grace_periods"}
        raise Uninterpretable("calc.contradicts", names)
    return Terms(
        draws=draws,
        annual_rate=annual_rate(case),
        day_count=day_count(case),
        due_dates=due,
        start=sane(case.input, "schedule_start") if case.input.has("schedule_start") else None,
        even=even,
        grain=grain(case),
        grace=count_of(case, "principal_grace_periods", most=count - 1),
        interest_grace=free or deferred,
        interest_grace_is=FREE if free else DEFERRED,
    )


def annual_rate(case: Case) -> Decimal:
    """The annual rate as a fraction of one; a monthly one counts twelve times."""
    yearly = case.of("annual_rate_pct")
    if not case.input.has("rate_pct_per_month"):
        return (yearly or case.input).per_cent("annual_rate_pct")
    monthly = case.input.per_cent("rate_pct_per_month") * MONTHS_OF_YEAR
    if yearly and yearly.per_cent("annual_rate_pct") != monthly:
        names = {"field": "input.rate_pct_per_month", "other": yearly.name("annual_rate_pct")}
        raise Uninterpretable("calc.contradicts", names)
    return monthly


def day_count(case: Case) -> DayCount:
    """The convention's word; `input` may add a remark after it in brackets or after a comma."""
    known = [each.value for each in DayCount]
    if case.input.has("day_count"):
        found = _DAY_COUNT.fullmatch(case.input.text("day_count"))
        word = found[1] if found else case.input.text("day_count")
        told = Fields({"day_count": word}, case.input.path).word("day_count", known)
        if case.params.has("day_count") and case.params.word("day_count", known) != told:
            names = {"field": "input.day_count", "other": "params.day_count"}
            raise Uninterpretable("calc.contradicts", names)
        return DayCount(told)
    if case.params.has("day_count"):
        return DayCount(case.params.word("day_count", known))
    return DayCount(case.input.word("day_count", known))


def grain(case: Case) -> Grain:
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


def count_of(case: Case, name: str, *, most: int) -> int:
    """A number of periods, 0 where nothing is said."""
    place = case.of(name)
    return place.whole(name, most=max(0, most)) if place else 0


def sane(place: Fields, name: str) -> date:
    """A date in the years that a loan may touch."""
    day = place.day(name)
    if not _YEARS[0] <= day.year <= _YEARS[1]:
        values = {"field": place.name(name), "found": day, "least": _YEARS[0], "most": _YEARS[1]}
        raise Uninterpretable("calc.out_of_range", values)
    return day


def _draws(case: Case, *, dated: bool) -> tuple[Draw, ...]:
    if not case.input.has("disbursements"):
        day = sane(case.input, "disbursement_date") if dated else date.min
        return (Draw(day, fen(case.input.amount("principal"))),)
    if case.input.has("principal") or case.input.has("disbursement_date"):
        names = {"field": "input.disbursements", "other": "input.principal"}
        raise Uninterpretable("calc.contradicts", names)
    each = [one.only(("date", "amount")) for one in case.input.each("disbursements")]
    draws = tuple(Draw(sane(one, "date"), fen(one.amount("amount"))) for one in each)
    if sum(draw.fen for draw in draws) > fen(MOST_MONEY):
        raise Uninterpretable("calc.too_much", {"field": "input.disbursements"})
    return draws


def _even(case: Case) -> tuple[int, int] | None:
    """Number of periods and months of each, in a case without dates."""
    if case.input.has("due_dates") or case.input.has("settlement"):
        for name in ("periods", "period"):
            if case.input.has(name):
                names = {"field": case.input.name(name), "other": "input.due_dates"}
                raise Uninterpretable("calc.contradicts", names)
        return None
    if not case.input.has("periods") and not case.input.has("period"):
        return None
    open_ended = case.fixed_instalment and not case.input.has("periods")
    count = MOST_COUNT if open_ended else case.input.whole("periods", least=1)
    return count, PERIOD_MONTHS[case.input.word("period", PERIOD_MONTHS)]


def _due_dates(case: Case, draws: tuple[Draw, ...]) -> tuple[date, ...]:
    if not case.input.has("settlement"):
        days = case.input.days("due_dates")
        if days[0].year < _YEARS[0] or days[-1].year > _YEARS[1]:
            values = {"found": f"{days[0]} - {days[-1]}", "least": _YEARS[0], "most": _YEARS[1]}
            raise Uninterpretable("calc.out_of_range", {"field": "input.due_dates", **values})
        return days
    known = [each.value for each in Settlement]
    how = Settlement(case.input.word("settlement", known))
    start, maturity = min(draw.day for draw in draws), sane(case.input, "maturity")
    if maturity <= start:
        values = {"field": "input.maturity", "earlier": start, "later": maturity}
        raise Uninterpretable("calc.not_rising", values)
    return settlement_days(start, maturity, how)


def _multiple(case: Case, name: str) -> int:
    """A multiple in yuan as fen; 0 where nothing is said."""
    place = case.of(name)
    return fen(place.amount(name, least=Decimal("0.01"))) if place else 0


def _agree(places: list[Fields], name: str) -> bool:
    found = [place.raw(name) for place in places]
    if found[0] == found[1]:
        return True
    try:
        return Decimal(str(found[0])) == Decimal(str(found[1]))
    except ArithmeticError:
        return name == "day_count"
