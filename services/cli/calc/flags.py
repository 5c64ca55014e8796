"""Plain flags of `zhidai calc schedule` as a case: due dates made, words of the form chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.calculator.reading import MOST_COUNT, Fields
from services.calculator.schedule_case import YEARS, sane
from services.kernel.problems import Unusable
from workflows.lending.days.due_dates import MONTHS_OF_YEAR, MonthEnd, add_months, every_months

# fmt: off
_KINDS = {
    "annuity":            "annuity",
    "equal_principal":    "equal_principal",
    "interest_only":      "interest_only_bullet",
    "bullet":             "interest_with_principal",
    "flat":               "flat",
    "fixed_principal":    "fixed_principal_balloon",
    "capitalised_bullet": "capitalised_bullet",
    "fixed_instalment":   "fixed_instalment",
}

_FLAG_OF = {
    "input.fixed_principal_pct_of_loan": "--principal-share",
    "input.principal":               "--principal",
    "input.annual_rate_pct":         "--rate",
    "input.due_dates":               "--months",
    "input.maturity":                "--months",
    "input.disbursement_date":       "--start",
    "input.principal_grace_periods": "--grace-principal",
    "input.interest_grace_periods":  "--grace-interest",
    "input.interest_free_periods":   "--interest-free",
    "input.instalment_multiple":     "--instalment-multiple",
    "input.fixed_instalment":        "--fixed-instalment",
    "kind":                          "--method",
}
"""Field of the case that flags become -> the flag that a person typed."""
# fmt: on


@dataclass(frozen=True, slots=True)
class Flags:
    """The flags as typed; amounts in yuan and rates in per cent, as text."""

    principal: str | None
    rate: str | None
    months: int | None
    start: str | None
    method: str
    day_count: str
    every: int
    first_due: str | None
    month_end: str
    settlement: str | None
    grace_principal: int
    grace_interest: int
    interest_free: int
    rounding: str
    instalment_multiple: str | None
    fixed_instalment: str | None
    principal_share: str | None = None

    @property
    def given(self) -> bool:
        """Whether a person asks by flags: any of the four that every schedule needs."""
        return any(one is not None for one in (self.principal, self.rate, self.months, self.start))


def named_by_flags(refused: Unusable, flags: Flags) -> Unusable:
    """The same refusal, its fields named by the flags that a person typed."""
    dates = {"input.due_dates": "--first-due"} if flags.first_due else {}
    named = {**_FLAG_OF, **dates}
    values = {
        name: named.get(found, found) if isinstance(found, str) else found
        for name, found in refused.values.items()
    }
    return Unusable(refused.key, values)


def case_of(flags: Flags) -> dict[str, Any]:
    """The case that flags ask for. Raises Unusable, naming the flag."""
    _check_together(flags)
    fields = Fields({"--start": flags.start, "--first-due": flags.first_due})
    start = sane(fields, "--start")
    chosen = {
        "principal_grace_periods": flags.grace_principal or None,
        "interest_grace_periods": flags.grace_interest or None,
        "interest_free_periods": flags.interest_free or None,
        "instalment_multiple": flags.instalment_multiple,
        "fixed_instalment": flags.fixed_instalment,
        "fixed_principal_pct_of_loan": flags.principal_share,
    }
    given = {
        "principal": _needed(flags.principal, "--principal"),
        "annual_rate_pct": _needed(flags.rate, "--rate"),
        "disbursement_date": start.isoformat(),
        "day_count": flags.day_count,
        **_when(flags, fields, start),
        **{name: one for name, one in chosen.items() if one is not None},
    }
    params = {"rounding": flags.rounding, "month_end": flags.month_end}
    kind = _KINDS["fixed_instalment" if flags.fixed_instalment else flags.method]
    return {"kind": kind, "input": given, "params": params}


def _check_together(flags: Flags) -> None:
    """Raise Unusable for a flag that another would leave without effect."""
    pairs = (
        ("--settlement", flags.settlement, "--every", flags.every > 1),
        ("--settlement", flags.settlement, "--first-due", flags.first_due),
        ("--settlement", flags.settlement, "--method", flags.method == "bullet"),
        ("--first-due", flags.first_due, "--method", flags.method == "bullet"),
        ("--fixed-instalment", flags.fixed_instalment, "--method", flags.method != "annuity"),
    )
    for flag, given, other, against in pairs:
        if given and against:
            raise Unusable("calc.contradicts", {"field": flag, "other": other})


def _when(flags: Flags, fields: Fields, start: date) -> dict[str, Any]:
    """Due dates, or the rule that makes them."""
    months, rule = int(_needed(flags.months, "--months")), MonthEnd(flags.month_end)
    if months > MOST_COUNT or start.year + months // MONTHS_OF_YEAR > YEARS[1]:
        raise Unusable("calc.too_far", {"field": "--months", "found": months})
    maturity = add_months(start, months, rule)
    if flags.settlement:
        return {"settlement": flags.settlement, "maturity": maturity.isoformat()}
    if flags.method == "bullet":
        return {"due_dates": [maturity.isoformat()]}
    if months % flags.every:
        raise Unusable("calc.uneven_term", {"months": months, "every": flags.every})
    count = months // flags.every
    dates = every_months(start, count + 1, step=flags.every, rule=rule)[1:]
    if fields.has("--first-due"):
        dates = every_months(fields.day("--first-due"), count, step=flags.every, rule=rule)
    return {"due_dates": [day.isoformat() for day in dates]}


def _needed(found: str | int | None, flag: str) -> str | int:
    if found is None:
        raise Unusable("calc.flag_missing", {"flag": flag})
    return found
