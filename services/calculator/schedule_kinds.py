"""Which method a schedule case asks for, and whether all it says belongs to that method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from services.calculator.reading import Uninterpretable, shown
from services.calculator.schedule_case import ScheduleCase, contradicting

FLAT_BALLOON = "flat_fixed_principal_balloon"
"""Interest flat, but a fixed part of the principal each period: the balloon comes last."""

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
    FLAT_BALLOON:                 "flat",
    "fixed_principal_balloon":    "fixed_principal_balloon",
    "fixed_instalment":           "fixed_instalment",
    "annuity_fixed_instalment":   "fixed_instalment",
    "capitalised_bullet":         "capitalised_bullet",
    "uncapitalised_bullet":       "uncapitalised_bullet",
    "broken_period_interest":     "broken_period_interest",
    "due_dates":                  "due_dates",
}
"""Kind of a case, and likewise `params.method`, -> method."""

NEEDED: Mapping[str, Sequence[str]] = {
    "principal_and_interest_grace": ("principal_grace_periods", "interest_grace_periods"),
    "instalment_multiple":          ("instalment_multiple",),
    "principal_grace":              ("principal_grace_periods",),
    "interest_grace":               ("interest_grace_periods",),
    "interest_free":                ("interest_free_periods",),
    "money_multiple":               ("money_multiple",),
    "grace":                        ("principal_grace_periods",),
}
"""What a longer kind may say of figures -> the fields that must then be given; longest first."""

TOLD_BY_DATES = frozenset((
    *("month", "end", "ends", "year", "leap", "day", "days", "date", "dates", "on", "in", "same"),
    *("short", "long", "broken", "irregular", "different", "first", "second", "last", "equal"),
    *("period", "periods", "multi", "multiple", "disbursement", "disbursements", "backdated"),
    *("instalment", "instalments", "weekly", "biweekly", "monthly", "quarterly", "semester"),
))
"""Words of a longer kind that add nothing to the dates and disbursements which the case gives."""

LUMPS = ("capitalised_bullet", "uncapitalised_bullet")
_ROWS = ("annuity", "equal_principal", "bullet", "flat", "fixed_principal_balloon",
         "fixed_instalment")

HEEDED: Mapping[str, Sequence[str]] = {
    "principal_grace_periods":     _ROWS,
    "interest_grace_periods":      _ROWS,
    "instalment_multiple":         ("annuity", "equal_principal", "flat"),
    "fixed_principal_pct_of_loan": ("fixed_principal_balloon", "flat"),
}
"""Fields that only some methods heed -> those methods; elsewhere they must be absent or zero."""
# fmt: on
FLAT, DECLINING = "flat", "declining_balance"


def method_of(case: ScheduleCase) -> str:
    """The method of a kind; `params.method`, where it stands, must say the same."""
    method = METHODS.get(case.kind) or _by_longer_name(case)
    if case.params.has("method") and METHODS[case.params.word("method", METHODS)] != method:
        raise contradicting("kind", "params.method")
    if case.fixed_instalment:
        method = _with_given_instalment(case, method)
    _check_heeded(case, method)
    return method


def _check_heeded(case: ScheduleCase, method: str) -> None:
    """Raise Uninterpretable when a field would change nothing under this method."""
    for name, methods in HEEDED.items():
        place = case.of(name)
        if place and method not in methods and place.raw(name) not in (0, "0"):
            raise contradicting(place.name(name), "kind")
    if not case.input.has("interest_type"):
        return
    flat = case.input.word("interest_type", (FLAT, DECLINING)) == FLAT
    if method != "fixed_principal_balloon" and flat != (method == "flat"):
        raise contradicting("input.interest_type", "kind")


def _with_given_instalment(case: ScheduleCase, method: str) -> str:
    """An annuity whose instalment is given is repaid by it; no other method takes one."""
    if method in ("annuity", "fixed_instalment"):
        return "fixed_instalment"
    raise contradicting(f"input.{case.fixed_instalment}", "kind")


def _by_longer_name(case: ScheduleCase) -> str:
    """The method of `<known kind>_<circumstance>`; a grace so named must be given as a field."""
    for name in sorted(METHODS, key=len, reverse=True):
        longer = METHODS[name] in _ROWS and case.kind.startswith(f"{name}_")
        if longer and _is_told(case, case.kind.removeprefix(name)):
            return METHODS[name]
    values = {"field": "kind", "found": shown(case.kind), "known": ", ".join(METHODS)}
    raise Uninterpretable("calc.unknown_word", values)


def _is_told(case: ScheduleCase, circumstance: str) -> bool:
    """Whether the case gives all that the rest of its kind speaks of."""
    for phrase, needed in NEEDED.items():
        if f"_{phrase}_" in f"{circumstance}_":
            circumstance = circumstance.replace(f"_{phrase}", "")
            if not all(case.of(field) for field in needed):
                return False
    return TOLD_BY_DATES.issuperset(circumstance.split("_")[1:])
