"""Penalty of a case: `calc penalty`. The fields given say which of three forms is asked for.

Daily on one overdue amount, daily on each unpaid instalment, or a percentage once an instalment.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from policies.money import Money, yuan
from services.calculator.reading import CASE_ASIDE, MOST_MONEY, Fields, Uninterpretable, fields
from workflows.lending.penalty import accrued_share, late_days, once

YEAR_DAYS = 365
ON_AMOUNT = frozenset(("overdue_amount", "penalty_rate_pct", "days"))
ON_INSTALMENTS = frozenset(("instalment", "due_dates", "as_of", "penalty_rate_pct"))
ONCE = frozenset(("instalments", "as_of", "penalty_pct", "base"))
BASES: Mapping[str, tuple[str, ...]] = {
    "principal": ("principal",),
    "interest": ("interest",),
    "principal+interest": ("principal", "interest"),
}
MOST_DAYS = 100_000


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The penalty in the form of the golden file. Raises Uninterpretable."""
    given = fields(case).only((*CASE_ASIDE, "kind", "input")).inside("input")
    for known, form in FORMS.items():
        if known == given.found.keys():
            return form(given)
    asked = max(FORMS, key=lambda known: len(known & given.found.keys()))
    given.only(asked)
    missing = ", ".join(sorted(given.name(field) for field in asked - given.found.keys()))
    raise Uninterpretable("calc.missing_field", {"field": missing})


def _on_amount(given: Fields) -> dict[str, Any]:
    rate, days = given.per_cent("penalty_rate_pct"), given.whole("days", most=MOST_DAYS)
    # Interest overdue may be an amount that was never rounded.
    overdue = given.number("overdue_amount", least=Decimal(0), most=MOST_MONEY)
    found = Fraction(overdue) * accrued_share(rate, (days,), year_days=YEAR_DAYS)
    return {"penalty": _fen(found).yuan}


def _on_instalments(given: Fields) -> dict[str, Any]:
    instalment, rate = given.amount("instalment"), given.per_cent("penalty_rate_pct")
    days = late_days(given.days("due_dates"), given.day("as_of"))
    found = Fraction(instalment) * accrued_share(rate, days, year_days=YEAR_DAYS)
    return {"penalty": _fen(found).yuan, "days": list(days)}


def _once(given: Fields) -> dict[str, Any]:
    share, as_of = given.per_cent("penalty_pct"), given.day("as_of")
    base, penalties = BASES[given.word("base", BASES)], list[Money]()
    for one in given.each("instalments"):
        one.only(("due", "principal", "interest"))
        parts = {name: yuan(one.amount(name)) for name in ("principal", "interest")}
        late = one.day("due") < as_of
        owed = sum((parts[name] for name in base), Money.ZERO)
        penalties.append(once(owed, share) if late else Money.ZERO)
    total = sum(penalties, Money.ZERO)
    return {"per_instalment": [one.yuan for one in penalties], "total": total.yuan}


def _fen(amount: Fraction) -> Money:
    return Money(round(amount * 100))


FORMS: Mapping[frozenset[str], Callable[[Fields], dict[str, Any]]] = {
    ON_AMOUNT: _on_amount,
    ON_INSTALMENTS: _on_instalments,
    ONCE: _once,
}
"""The fields of a form -> how it is answered."""
