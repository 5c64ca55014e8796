"""Days past due of a case, a date at a time: `calc dpd`.

A date that stands several times in `as_of` is looked at after one more event of that day each
time; a date that stands once, after all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from policies.money import Money, yuan
from services.calculator.figures import decimals, written
from services.calculator.reading import CASE_ASIDE, MOST_COUNT, Fields, Uninterpretable, fields
from workflows.lending.arrears.unpaid import (
    DAY_AFTER,
    DUE_DAY,
    AgeRange,
    Due,
    Pause,
    arrears,
    by_range,
    resumed,
    unpaid,
)

FIELDS = (*CASE_ASIDE, "kind", "schedule", "grace_days", "ranges", "events", "as_of")
LOAN, INSTALMENT, DRAWDOWN = "loan_level", "instalment_level", "drawdown_level"
PAUSED, INCLUSIVE = "_with_pause", "_inclusive"
KINDS: Mapping[str, tuple[str, int]] = {
    f"{level}{paused}{inclusive}": (level, DUE_DAY if inclusive else DAY_AFTER)
    for level in (LOAN, INSTALMENT, DRAWDOWN)
    for paused in ("", PAUSED)
    for inclusive in ("", INCLUSIVE)
}
MOST_DAYS = 100_000


@dataclass(frozen=True, slots=True)
class State:
    """What has been paid and paused so far."""

    paid: Money = Money.ZERO
    pauses: tuple[Pause, ...] = ()


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the case: the day it becomes known and what it does."""

    on: date
    does: Callable[[State], State]


@dataclass(frozen=True, slots=True)
class DpdCase:
    """A case read: what is constant while the dates pass."""

    level: str
    counting: int
    schedule: tuple[Due, ...]
    grace_days: int
    ranges: tuple[AgeRange, ...]
    digits: int


def answer(case: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One entry for each date of `as_of`, in its order. Raises Uninterpretable."""
    read = fields(case).only(FIELDS)
    question, happenings = _question(read), _happenings(read)
    days = _days(read)
    return [
        _entry(question, _state(question, happenings, days=days, place=place), on)
        | _repetition(days, place)
        for place, on in enumerate(days)
    ]


def _repetition(days: Sequence[date], place: int) -> dict[str, int]:
    """Of a date that stands several times, which time this is: after how many steps of the day."""
    on = days[place]
    return {"after_events": days[:place].count(on)} if days.count(on) > 1 else {}


def _question(read: Fields) -> DpdCase:
    level, counting = KINDS[read.word("kind", KINDS)]
    ranges = _ranges(read)
    if level == INSTALMENT and not ranges:
        raise Uninterpretable("calc.missing_field", {"field": "ranges"})
    schedule = tuple(_due(one) for one in read.each("schedule"))
    raws = [one["amount"] for one in (*read.raw("schedule"), *_events(read)) if "amount" in one]
    grace = read.whole("grace_days")
    return DpdCase(level, counting, schedule, grace, ranges, decimals(raws))


def _due(one: Fields) -> Due:
    one.only(("due", "amount"))
    return Due(one.day("due"), yuan(one.amount("amount")))


def _ranges(read: Fields) -> tuple[AgeRange, ...]:
    if not read.has("ranges"):
        return ()
    found = read.raw("ranges")
    if not isinstance(found, list):
        raise read.wrong("ranges", "ranges")
    ranges = tuple(_range(read, one) for one in found)
    for one, following in pairwise(ranges):
        if one.last is None or one.last >= following.first:
            raise read.wrong("ranges", "ranges")
    return ranges


def _range(read: Fields, one: Any) -> AgeRange:
    if not isinstance(one, list) or len(one) != 3 or not isinstance(one[0], str):
        raise read.wrong("ranges", "ranges")
    ends = Fields({"first": one[1], "last": one[2]}, read.name("ranges"))
    first = ends.whole("first", most=MOST_DAYS)
    last = ends.whole("last", least=first, most=MOST_DAYS) if ends.has("last") else None
    return AgeRange(one[0], first, last)


def _events(read: Fields) -> Sequence[Any]:
    found = read.raw("events")
    listed = isinstance(found, list) and len(found) <= MOST_COUNT
    if not listed or not all(isinstance(one, Mapping) for one in found):
        raise read.wrong("events", "objects")
    return found


def _happenings(read: Fields) -> tuple[Happening, ...]:
    named = (fields(one, f"events[{n}]") for n, one in enumerate(_events(read)))
    # Stable: events of one day keep the order in which the case gives them.
    return tuple(sorted((_happening(one) for one in named), key=lambda happening: happening.on))


def _happening(one: Fields) -> Happening:
    return EVENTS[one.word("type", EVENTS)](one)


def _payment(one: Fields) -> Happening:
    one.only(("type", "date", "amount"))
    amount = yuan(one.amount("amount"))
    return Happening(one.day("date"), lambda state: replace(state, paid=state.paid + amount))


def _pause(one: Fields) -> Happening:
    one.only(("type", "entered", "from", "to"))
    pause = Pause(one.day("entered"), one.day("from"), one.day("to"))
    if pause.end < pause.start:
        values = {"field": one.name("to"), "earlier": pause.start, "later": pause.end}
        raise Uninterpretable("calc.not_rising", values)
    return Happening(pause.entered, lambda state: replace(state, pauses=(*state.pauses, pause)))


def _resume(one: Fields) -> Happening:
    one.only(("type", "date"))
    on = one.day("date")

    def resume(state: State) -> State:
        after = resumed(state.pauses, on)
        if not any(pause.start <= on <= pause.end for pause in state.pauses):
            raise Uninterpretable("calc.dpd.nothing_to_resume", {"date": on})
        return replace(state, pauses=after)

    return Happening(on, resume)


def _days(read: Fields) -> tuple[date, ...]:
    found = read.raw("as_of")
    if not isinstance(found, list) or not 0 < len(found) <= MOST_COUNT:
        raise read.wrong("as_of", "dates")
    return tuple(Fields({"as_of": one}).day("as_of") for one in found)


def _state(
    question: DpdCase, happenings: Sequence[Happening], *, days: Sequence[date], place: int
) -> State:
    """What is known at the place of `as_of`. Raises Uninterpretable where a repeated date is open.

    A date that stands once more than it has events is looked at after each; one whose events make
    fewer differences, after each difference.
    """
    on = days[place]
    states = _states(happenings, on)
    times, before = days.count(on), days[:place].count(on)
    if times == 1:
        return states[-1]
    if times == len(states):
        return states[before]
    told = [_entry(question, one, on) for one in states]
    distinct = [one for n, one in enumerate(states) if n == 0 or told[n] != told[n - 1]]
    if len(distinct) not in (1, times):
        values = {"date": on, "times": times, "states": len(states)}
        raise Uninterpretable("calc.dpd.open_repetition", values)
    return distinct[min(before, len(distinct) - 1)]


def _states(happenings: Sequence[Happening], on: date) -> list[State]:
    """The states of a day: after none, one, two .. of its events."""
    state = State()
    for happening in happenings:
        if happening.on < on:
            state = happening.does(state)
    states = [state]
    for happening in happenings:
        if happening.on == on:
            states.append(happening.does(states[-1]))
    return states


def _entry(question: DpdCase, state: State, on: date) -> dict[str, Any]:
    open_dues = unpaid(question.schedule, state.paid)
    found = arrears(
        open_dues,
        on,
        grace_days=question.grace_days,
        pauses=state.pauses,
        counting=question.counting,
    )
    entry = {
        "as_of": on.isoformat(),
        "days_past_due": found.days_past_due,
        "delinquent_days": found.delinquent_days,
        "overdue_amount": written(found.overdue, question.digits),
    }
    if question.level != INSTALMENT:
        return entry
    amounts = by_range(
        open_dues, on, question.ranges, pauses=state.pauses, counting=question.counting
    )
    told = {name: written(amount, question.digits) for name, amount in amounts.items()}
    return {**entry, "by_bucket": told}


EVENTS: Mapping[str, Callable[[Fields], Happening]] = {
    "payment": _payment,
    "pause": _pause,
    "resume": _resume,
}
"""Type of an event -> how it is read."""
