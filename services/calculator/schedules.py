"""Answer a schedule case: read its terms, choose the method, give the rows in the form's keys.

The kind names the method; `params.method`, where it stands, must agree. What no rule determines
is refused (Uninterpretable), never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from services.calculator import broken_periods, due_date_rules, even_annuity
from services.calculator.answers import flow, lump
from services.calculator.reading import Uninterpretable, shown
from services.calculator.schedule_terms import (
    DEFERRED,
    EXACT,
    FREE,
    MONTHS_OF_YEAR,
    NOMINAL,
    Case,
    Terms,
    take,
    terms,
)
from workflows import schedule_methods
from workflows.capitalised import capitalised_bullet, uncapitalised_bullet
from workflows.day_count import DayCount
from workflows.periods import NoSchedule, Period, dated_periods, even_periods, interest_free
from workflows.repayment_months import months_of_periods
from workflows.schedule import Schedule

# fmt: off
METHODS: Mapping[str, str] = {
    "annuity":                    "annuity",
    "annuity_multi_disbursement": "annuity",
    "annuity_short_first_period": "annuity",
    "annuity_month_end":          "annuity",
    "annuity_principal_grace":    "annuity",
    "equal_principal":            "equal_principal",
    "interest_only_bullet":       "bullet",
    "interest_only":              "bullet",
    "single_period_bullet":       "bullet",
    "interest_with_principal":    "bullet",
    "bullet":                     "bullet",
    "flat_equal":                 "flat",
    "flat":                       "flat",
    "fixed_principal_balloon":    "fixed_principal_balloon",
    "fixed_instalment":           "fixed_instalment",
    "annuity_fixed_instalment":   "fixed_instalment",
    "capitalised_bullet":         "capitalised_bullet",
    "uncapitalised_bullet":       "uncapitalised_bullet",
    "broken_period_interest":     "broken_period_interest",
    "due_dates":                  "due_dates",
}
"""Kind of a case, and likewise `params.method`, -> method."""

CIRCUMSTANCES: Mapping[str, Sequence[str]] = {
    "month_end":           (),
    "irregular_dates":     (),
    "multi_disbursement":  (),
    "short_first_period":  (),
    "long_first_period":   (),
    "equal_instalments":   (),
    "grace":               ("principal_grace_periods",),
    "principal_grace":     ("principal_grace_periods",),
    "interest_grace":      ("interest_grace_periods",),
    "interest_free":       ("interest_free_periods",),
    "money_multiple":      ("money_multiple",),
    "instalment_multiple": ("instalment_multiple",),
    "principal_and_interest_grace": ("principal_grace_periods", "interest_grace_periods"),
}
"""What a longer kind may add to a known one -> the fields that must then be given."""
# fmt: on


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer to one case, in the form of its `expected`. Raises Uninterpretable."""
    kind = case.get("kind")
    if kind == "due_dates":
        return due_date_rules.answer(case)
    if kind == "broken_period_interest":
        return broken_periods.answer(case)
    taken = take(case)
    method = method_of(taken)
    try:
        if even_annuity.applies(taken, method):
            return even_annuity.answer(taken, terms(taken), method=method)
        return _FORMS.get(method, _rows)(taken, method)
    except NoSchedule as refused:
        raise Uninterpretable(f"calc.{refused.code}", {"period": refused.period}) from refused


def method_of(case: Case) -> str:
    """The method of a kind; `params.method`, where it stands, must say the same."""
    method = METHODS.get(case.kind) or _by_longer_name(case)
    if case.params.has("method") and METHODS[case.params.word("method", METHODS)] != method:
        raise Uninterpretable("calc.contradicts", {"field": "kind", "other": "params.method"})
    if case.fixed_instalment:
        return _with_given_instalment(case, method)
    return method


def _with_given_instalment(case: Case, method: str) -> str:
    """An annuity whose instalment is given is repaid by it; no other method takes one."""
    if method in ("annuity", "fixed_instalment"):
        return "fixed_instalment"
    names = {"field": f"input.{case.fixed_instalment}", "other": "kind"}
    raise Uninterpretable("calc.contradicts", names)


def _by_longer_name(case: Case) -> str:
    """The method of `<known kind>_<circumstance>`; a grace so named must be given as a field."""
    for name in sorted(METHODS, key=len, reverse=True):
        rest = case.kind.removeprefix(f"{name}_")
        if rest in CIRCUMSTANCES and all(case.of(field) for field in CIRCUMSTANCES[rest]):
            return METHODS[name]
    values = {"field": "kind", "found": shown(case.kind), "known": ", ".join(METHODS)}
    raise Uninterpretable("calc.unknown_word", values)


def schedule_of(case: Case, method: str) -> Schedule:
    """The schedule of a case. Raises Uninterpretable or NoSchedule."""
    read = terms(case)
    periods = _periods(read)
    made = _BUILDERS[method](case, read, periods)
    if read.interest_grace_is == DEFERRED:
        return schedule_methods.interest_in_arrears(made, grace=read.interest_grace)
    return made


def _periods(read: Terms) -> tuple[Period, ...]:
    if read.even:
        count, months = read.even
        if read.day_count is not DayCount.THIRTY_360:
            raise Uninterpretable("calc.missing_field", {"field": "input.due_dates"})
        drawn = sum(draw.fen for draw in read.draws)
        periods = even_periods(drawn, count, annual_rate=read.annual_rate, months=months)
    else:
        periods = dated_periods(
            read.draws,
            read.due_dates,
            annual_rate=read.annual_rate,
            day_count=read.day_count,
            start=read.start,
        )
    free = read.interest_grace if read.interest_grace_is == FREE else 0
    return interest_free(periods, free)


def _annuity(case: Case, read: Terms, periods: tuple[Period, ...]) -> Schedule:
    nominal = _nominal(read) if _is_nominal(case) else None
    return schedule_methods.annuity(periods, read.grain, grace=read.grace, nominal=nominal)


def _is_nominal(case: Case) -> bool:
    if not case.params.has("instalment_from"):
        return False
    return case.params.word("instalment_from", (EXACT, NOMINAL)) == NOMINAL


def _nominal(read: Terms) -> Fraction:
    """Rate x months / 12, where every period after the first has the same whole months."""
    if read.even:
        return Fraction(read.annual_rate) * read.even[1] / MONTHS_OF_YEAR
    start = read.start or min(draw.day for draw in read.draws)
    months = set(months_of_periods(start, read.due_dates)[-max(1, len(read.due_dates) - 1) :])
    if len(months) != 1 or (found := months.pop()).denominator != 1:
        raise Uninterpretable("calc.uneven_months", {"field": "params.instalment_from"})
    return Fraction(read.annual_rate) * found / MONTHS_OF_YEAR


def _equal_principal(case: Case, read: Terms, periods: tuple[Period, ...]) -> Schedule:
    return schedule_methods.equal_principal(periods, read.grain, grace=read.grace)


def _bullet(case: Case, read: Terms, periods: tuple[Period, ...]) -> Schedule:
    return schedule_methods.interest_only(periods, read.grain)


def _flat(case: Case, read: Terms, periods: tuple[Period, ...]) -> Schedule:
    share = _share(case) if case.of("fixed_principal_pct_of_loan") else None
    return schedule_methods.flat(periods, read.grain, grace=read.grace, share=share)


def _fixed_principal(case: Case, read: Terms, periods: tuple[Period, ...]) -> Schedule:
    known = ("flat", "declining_balance")
    if case.input.has("interest_type") and case.input.word("interest_type", known) == "flat":
        return _flat(case, read, periods)
    return schedule_methods.fixed_principal(
        periods, read.grain, share=_share(case), grace=read.grace
    )


def _share(case: Case) -> Fraction:
    place = case.of("fixed_principal_pct_of_loan") or case.input
    return Fraction(place.per_cent("fixed_principal_pct_of_loan"))


def _fixed_instalment(case: Case, read: Terms, periods: tuple[Period, ...]) -> Schedule:
    amount = even_annuity.fixed_amount(case)
    return schedule_methods.fixed_instalment(periods, read.grain, amount=amount, grace=read.grace)


def _rows(case: Case, method: str) -> dict[str, Any]:
    made = schedule_of(case, method)
    single = not case.input.has("disbursements")
    plain = not case.of("instalment_multiple") and not case.input.has("principal_grace_periods")
    shown = method == "annuity" and single and plain
    return flow(made, balance=method != "fixed_principal_balloon", instalment=shown)


def _lump(case: Case, method: str) -> dict[str, Any]:
    read = terms(case)
    make = capitalised_bullet if method == "capitalised_bullet" else uncapitalised_bullet
    grain = read.grain
    return lump(make(_periods(read), rounding=grain.rounding, multiple=grain.money))


# fmt: off
_BUILDERS: Mapping[str, Callable[[Case, Terms, tuple[Period, ...]], Schedule]] = {
    "annuity":                 _annuity,
    "equal_principal":         _equal_principal,
    "bullet":                  _bullet,
    "flat":                    _flat,
    "fixed_principal_balloon": _fixed_principal,
    "fixed_instalment":        _fixed_instalment,
}

_FORMS: Mapping[str, Callable[[Case, str], dict[str, Any]]] = {
    "capitalised_bullet":   _lump,
    "uncapitalised_bullet": _lump,
}
# fmt: on
