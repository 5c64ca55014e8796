"""Arrears of a loan paid in instalments: days past due with grace and pauses, amount, age ranges.

Derived on read from schedule, payments and dates; nothing counts days up. Which day is the first
past due is a convention: the day after the due date (ours and Fineract's), or the due day itself
while it is unpaid at its end (Frappe's "inclusive"). ZD-3.8.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from policies.money import Money, total
from workflows.lending.overdue import days_past_due

DAY_AFTER, DUE_DAY = 0, 1
"""Days past due on the due date itself: none, or one where the due day counts (inclusive)."""


@dataclass(frozen=True, slots=True)
class Due:
    """One instalment of a schedule: an amount and the day it is to be paid by."""

    on: date
    amount: Money


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which delinquency does not run: from `start` until `end`, known from `entered` on."""

    entered: date
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class AgeRange:
    """A named range of delinquent days, both ends included; `last` None for no end."""

    name: str
    first: int
    last: int | None

    def holds(self, days: int) -> bool:
        """Whether so many days lie in the range."""
        return days >= self.first and (self.last is None or days <= self.last)


@dataclass(frozen=True, slots=True)
class Arrears:
    """How a loan stands on a day. days_past_due counts from the oldest unpaid due date."""

    days_past_due: int
    delinquent_days: int
    overdue: Money


def unpaid(schedule: Sequence[Due], paid: Money) -> tuple[Due, ...]:
    """What is left of each instalment when payments have filled the oldest first."""
    left, found = paid, []
    for due in sorted(schedule, key=lambda one: one.on):
        met = min(left, due.amount)
        left -= met
        if met < due.amount:
            found.append(replace(due, amount=due.amount - met))
    return tuple(found)


def past_due(open_dues: Iterable[Due], as_of: date, counting: int = DAY_AFTER) -> tuple[Due, ...]:
    """Those past due on a day. `counting`: DAY_AFTER or DUE_DAY."""
    return tuple(due for due in open_dues if (as_of - due.on).days + counting > 0)


def age(due: Due, as_of: date, counting: int = DAY_AFTER) -> int:
    """Days past due of one unpaid instalment; 0 before."""
    return days_past_due(due.on, as_of) + counting if due.on <= as_of else 0


def paused_days(pauses: Iterable[Pause], as_of: date) -> int:
    """Days paused before a day, each once however many pauses cover it.

    They count from the pause's start even where nothing was overdue yet (golden README).
    """
    known = (one for one in pauses if one.entered <= as_of)
    days, reached = 0, date.min
    for one in sorted(known, key=lambda pause: (pause.start, pause.end)):
        start, end = max(one.start, reached), min(one.end, as_of)
        days += max(0, (end - start).days)
        reached = max(reached, end)
    return days


def resumed(pauses: Sequence[Pause], on: date) -> tuple[Pause, ...]:
    """The pauses after delinquency was resumed on a day: those that cover it end there."""
    return tuple(
        replace(one, end=on) if one.entered <= on and one.start <= on <= one.end else one
        for one in pauses
    )


def arrears(
    open_dues: Sequence[Due],
    as_of: date,
    *,
    grace_days: int = 0,
    pauses: Sequence[Pause] = (),
    counting: int = DAY_AFTER,
) -> Arrears:
    """The loan on a day: delinquent days = days past due - grace - paused, never below zero."""
    late = past_due(open_dues, as_of, counting)
    if not late:
        return Arrears(0, 0, Money.ZERO)
    days = max(age(due, as_of, counting) for due in late)
    delinquent = max(0, days - grace_days - paused_days(pauses, as_of))
    return Arrears(days, delinquent, total(due.amount for due in late))


def by_range(
    open_dues: Sequence[Due],
    as_of: date,
    ranges: Sequence[AgeRange],
    *,
    pauses: Sequence[Pause] = (),
    counting: int = DAY_AFTER,
) -> dict[str, Money]:
    """Overdue amounts by the range of each instalment's own age; ranges without any left out.

    Grace is the loan's and does not apply to an instalment; pauses do.
    """
    paused, found = paused_days(pauses, as_of), dict[str, Money]()
    for one in ranges:
        inside = [
            due.amount
            for due in past_due(open_dues, as_of, counting)
            if one.holds(max(0, age(due, as_of, counting) - paused))
        ]
        if inside:
            found[one.name] = total(inside)
    return found
