"""A schedule case taken apart: which fields it may have and where each of them stands.

A field may stand in `input` or in `params`; where both have it they must agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.calculator.reading import CASE_ASIDE, Fields, Uninterpretable, fields

FIXED_INSTALMENT = ("fixed_instalment", "instalment", "instalment_amount", "monthly_instalment")
YEARS = (1900, 2200)
"""The first and the last year that a loan may touch."""
_INPUT = frozenset(
    (
        *("principal", "annual_rate_pct", "rate_pct_per_month", "disbursement_date"),
        *(
            "disbursements",
            "schedule_start",
            "first_due",
            "due_dates",
            "maturity",
            "settlement",
            "day_count",
        ),
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
class ScheduleCase:
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
            raise contradicting(self.input.name(name), self.params.name(name))
        return places[0] if places else None


def take(case: Mapping[str, Any], *, more: Iterable[str] = ()) -> ScheduleCase:
    """Take a case apart; `more`: input fields that one kind alone knows."""
    whole = fields(case).only(CASE_ASIDE | {"kind", "input", "params"})
    told = whole.text("convention") if whole.has("convention") else None
    params = whole.inside("params") if whole.has("params") else Fields({}, "params")
    return ScheduleCase(
        whole.text("kind"),
        whole.inside("input").only(_INPUT | frozenset(more)),
        params.only(_PARAMS),
        told,
    )


def count_of(case: ScheduleCase, name: str, *, most: int) -> int:
    """A number of periods, 0 where nothing is said."""
    place = case.of(name)
    return place.whole(name, most=max(0, most)) if place else 0


def sane(place: Fields, name: str) -> date:
    """A date in the years that a loan may touch."""
    day = place.day(name)
    if not YEARS[0] <= day.year <= YEARS[1]:
        values = {"field": place.name(name), "found": day, "least": YEARS[0], "most": YEARS[1]}
        raise Uninterpretable("calc.out_of_range", values)
    return day


def contradicting(field: str, other: str) -> Uninterpretable:
    """The refusal of two fields that do not go together, each with its path."""
    return Uninterpretable("calc.contradicts", {"field": field, "other": other})


def _agree(places: list[Fields], name: str) -> bool:
    found = [place.raw(name) for place in places]
    if found[0] == found[1]:
        return True
    try:
        return Decimal(str(found[0])) == Decimal(str(found[1]))
    except ArithmeticError:
        return name == "day_count"
