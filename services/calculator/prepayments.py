"""Prepayment, payoff, early, late and excess payments of a case: `calc prepayment`.

A kind `early_exact:reduce` says when and how much was paid, and what that changes. The arithmetic
follows from the events; the kind's words must agree with nothing else than the mode.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from policies.money import Money, yuan
from services.calculator.day_counts import told_day_count
from services.calculator.reading import CASE_ASIDE, MOST_COUNT, Fields, Uninterpretable, fields
from workflows.lending.days.day_count import DayCount
from workflows.lending.days.day_share import ADDITIVE
from workflows.lending.payments.prepayment import Bullet, at_maturity
from workflows.lending.payments.recalculation import (
    KEEP,
    REDUCE,
    RESCHEDULE,
    LoanTerms,
    Overpaid,
    Paid,
    RecalculatedPeriod,
    payoff,
    period_end,
    recalculated,
)
from workflows.lending.rounding import Rounding

TERMS = ("principal", "annual_rate_pct", "disbursement_date", "due_dates", "day_count", "events")
INSTALMENT, ORIGINAL, MULTIPLE = "instalment", "original_instalment", "instalment_multiple"
MODES: Mapping[str, str] = {
    "reduce": REDUCE,
    "reduce_instalment": REDUCE,
    "reduce_number": KEEP,
    "late": KEEP,
    "keep": KEEP,
    "reschedule": RESCHEDULE,
    "reschedule_next": RESCHEDULE,
}
"""What stands after the colon of a kind -> what a prepayment changes."""
_TIMED = re.compile(r"(?:early|late|on_?time)_(?:exact|partial|excess)(?::(\w+))?")
_PERIOD_END = re.compile(
    r"payoff_(?:to|till)_(?:next_)?(?:due_date|rest_date|rest_frequency(?:_date)?|end_of_period)"
)
"""Other words for interest to the end of the running period."""
_FEN = Decimal("0.01")
LAST_DAY = date(9998, 12, 31)
"""The month after a due date must be in the calendar."""


def answer(case: Mapping[str, Any]) -> dict[str, Any]:
    """The answer in the form of the kind's `expected`. Raises Uninterpretable."""
    read = fields(case).only((*CASE_ASIDE, "kind", "input"))
    given = read.inside("input")
    timed = _TIMED.fullmatch(read.text("kind"))
    try:
        if timed is not None:
            return _timed(read, given, timed[1])
        if _PERIOD_END.fullmatch(read.text("kind")):
            return _payoff_period_end(given)
        return KINDS[read.word("kind", (*KINDS, *_TIMED_KINDS))](given)
    except Overpaid:
        raise Uninterpretable("calc.prepayment.overpaid", {"field": given.name("events")}) from None


def _timed(read: Fields, given: Fields, mode: str | None) -> dict[str, Any]:
    """An unknown mode is refused where it matters, not where all modes come to the same."""
    given.only((*TERMS, MULTIPLE, ORIGINAL, INSTALMENT, "as_of"))
    known = MODES.get(mode or "")
    modes = (known,) if known else tuple(sorted(set(MODES.values())))
    found = [_recalculated(given, one) for one in modes]
    if any(one != found[0] for one in found):
        read.word("kind", (*KINDS, *_TIMED_KINDS))
    return found[0]


def _recalculated(given: Fields, mode: str) -> dict[str, Any]:
    least = given.amount(MULTIPLE, least=_FEN) if given.has(MULTIPLE) else _FEN
    paid = _payments(given, given.raw("events"))
    terms = replace(_terms(given), multiple=yuan(least), by_segment=True, prepayment=mode)
    return _rows(recalculated(terms, paid, _as_of(given, paid)))


def _overdue(given: Fields) -> dict[str, Any]:
    given.only((*TERMS, INSTALMENT, "as_of"))
    paid = _payments(given, given.raw("events"))
    return _rows(recalculated(_terms(given), paid, _as_of(given, paid)))


def _payoff(given: Fields) -> dict[str, Any]:
    return _paid_off(given, lambda _terms, on: on)


def _payoff_period_end(given: Fields) -> dict[str, Any]:
    return _paid_off(given, period_end)


def _paid_off(given: Fields, interest_to: Callable[[LoanTerms, date], date]) -> dict[str, Any]:
    given.only((*TERMS, INSTALMENT))
    events = given.each("events")
    if events[-1].raw("pay") != "payoff":
        raise events[-1].wrong("pay", "payoff")
    on, paid = events[-1].day("date"), _payments(given, given.raw("events")[:-1])
    if any(one.on > on for one in paid):
        raise Uninterpretable("calc.prepayment.after", {"field": given.name("events"), "on": on})
    terms = _terms(given)
    _inside(given, terms.disbursed_on, on)
    found = payoff(terms, paid, on, interest_to=interest_to(terms, on))
    told = {"payoff": found.total, "principal": found.principal, "interest": found.interest}
    return {name: amount.yuan for name, amount in told.items()}


def _bullet(given: Fields) -> dict[str, Any]:
    given.only(TERMS)
    dues = given.days("due_dates")
    if len(dues) != 1 or dues[0] > LAST_DAY:
        raise given.wrong("due_dates", "one_date")
    paid = _payments(given, given.raw("events"))
    if any(one.on > dues[0] for one in paid):
        after = {"field": given.name("events"), "on": dues[0]}
        raise Uninterpretable("calc.prepayment.after", after)
    bullet = Bullet(
        yuan(given.amount("principal")),
        given.per_cent("annual_rate_pct"),
        given.day("disbursement_date"),
        dues[0],
        _day_count(given),
        Rounding.HALF_EVEN,
    )
    for one in (*paid, Paid(dues[0], Money.ZERO)):
        _inside(given, bullet.disbursed_on, one.on)
    left = at_maturity(bullet, paid)
    return {
        "interest_days_after": left.days,
        "interest_due_at_maturity": left.interest.yuan,
        "principal_left": left.principal.yuan,
    }


def _terms(given: Fields) -> LoanTerms:
    dues, opened = given.days("due_dates"), given.day("disbursement_date")
    _inside(given, opened, dues[0])
    if dues[-1] > LAST_DAY:
        values = {"field": given.name("due_dates"), "found": dues[-1], "least": opened}
        raise Uninterpretable("calc.out_of_range", {**values, "most": LAST_DAY})
    return LoanTerms(
        principal=yuan(given.amount("principal")),
        annual_rate=given.per_cent("annual_rate_pct"),
        disbursed_on=opened,
        due_dates=dues,
        instalment=yuan(given.amount(ORIGINAL if given.has(ORIGINAL) else INSTALMENT)),
        day_count=_day_count(given),
        rounding=Rounding.HALF_EVEN,
    )


def _day_count(given: Fields) -> DayCount:
    return told_day_count(given, ADDITIVE)


def _payments(given: Fields, events: Any) -> tuple[Paid, ...]:
    if not isinstance(events, list) or len(events) > MOST_COUNT:
        raise given.wrong("events", "objects")
    return tuple(
        _payment(fields(one, f"{given.name('events')}[{n}]")) for n, one in enumerate(events)
    )


def _payment(one: Fields) -> Paid:
    one.only(("date", "pay"))
    return Paid(one.day("date"), yuan(one.amount("pay")))


def _as_of(given: Fields, paid: Sequence[Paid]) -> date:
    """The day asked for, or that of the last payment. Raises Uninterpretable."""
    last = max((one.on for one in paid), default=None)
    on = given.day("as_of") if last is None or given.has("as_of") else last
    if last is not None and last > on:
        raise Uninterpretable("calc.prepayment.after", {"field": given.name("events"), "on": on})
    _inside(given, given.day("disbursement_date"), min((on, *(one.on for one in paid))))
    return on


def _inside(given: Fields, opened: date, on: date) -> None:
    if on < opened:
        values = {"field": given.name("disbursement_date"), "earlier": opened, "later": on}
        raise Uninterpretable("calc.not_rising", values)


def _rows(rows: Sequence[RecalculatedPeriod]) -> dict[str, Any]:
    return {
        "rows": [
            {"n": row.number, "principal": row.principal.yuan, "interest": row.interest.yuan}
            for row in rows
        ]
    }


_TIMED_KINDS = tuple(f"early_excess:{mode}" for mode in MODES)
KINDS: Mapping[str, Callable[[Fields], dict[str, Any]]] = {
    "payoff_to_date": _payoff,
    "payoff_to_period_end": _payoff_period_end,
    "overdue_interest": _overdue,
    "bullet_partial_prepayment": _bullet,
}
"""Kinds beside the timed ones (`early_exact:reduce` ..) -> how they are answered."""
