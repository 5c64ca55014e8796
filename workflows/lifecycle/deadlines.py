"""Deadlines: declared beside the rows, counted by a policy parameter, watched by one mechanism.

A deadline is a lapse (when its last day is over the platform acts, and the state changes) or a duty
(it becomes `<Noun>.DeadlineMissed` and stays somebody's task; nothing else changes); ZD-1.7.

A period starts the next day (Civil Code 201). One that ends on a rest day ends on the next working
day (Civil Code 203, ZD-1.4). Dates do not move: due dates, maturities, thresholds in days past due,
minimum durations. The last day still counts: what ends it stands on the day after.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any

from dateutil.relativedelta import relativedelta

from policies.calendar import add_working_days, next_working_day, working_day
from workflows.lifecycle.effects import DUTY, LAPSE, Awaited, DropTimer, SetTimer
from workflows.lifecycle.roles import ORGANISATION_OF, Role
from workflows.lifecycle.rows import Situation

# --- counting -------------------------------------------------------------------------------------


def days_from(asked: Situation[Any, Any], parameter: str, since: date | None = None) -> date:
    """Last day of that many natural days from a day (today), moved off a rest day."""
    days: int = asked.policy[parameter].value
    return ending((since or asked.today) + timedelta(days=days))


def months_from(asked: Situation[Any, Any], parameter: str, since: date | None = None) -> date:
    """Last day of that many months from a day (today), moved off a rest day.

    The same day of the month, or its last day where it has no such day.
    """
    months: int = asked.policy[parameter].value
    return ending((since or asked.today) + relativedelta(months=months))


def working_days_from(
    asked: Situation[Any, Any], parameter: str, since: date | None = None
) -> date:
    """Last day of that many working days from a day (today)."""
    count: int = asked.policy[parameter].value
    return add_working_days(since or asked.today, count).date


def ending(last: date) -> date:
    """The day on which a period ends that would end on `last` (Civil Code 203)."""
    return next_working_day(last).date


def next_month_end(day: date) -> date:
    """The first last day of a month after that day."""
    last = day + relativedelta(day=31)
    return last if last > day else day + relativedelta(months=1, day=31)


COUNTED = frozenset({
    "amend_by",
    "answer_by", "closes_on", "decide_by", "draw_by", "due_by", "file_by", "grace_until",
    "guarantee_until", "inspect_by", "last_day", "limitation_on", "notify_by", "pay_by", "remit_by",
    "repay_by", "revalue_by", "review_by", "review_due", "settle_by", "shortfall_by", "suit_by",
    "valid_until",
})  # fmt: skip
"""Fields of rows and events that hold a day counted by the working calendar (ZD-1.4)."""


def calendar_assumed(name: str, day: Any) -> bool:
    """Whether a field's day was counted by a calendar that is not published yet (ZD-1.6)."""
    return name in COUNTED and isinstance(day, date) and working_day(day).assumed


def day_after(last: date) -> date:
    """The first day on which a period with that last day is over."""
    return last + timedelta(days=1)


# --- declaring ------------------------------------------------------------------------------------

States = Enum | tuple[Enum, ...]
Events = type[Any] | tuple[type[Any], ...]
Roles = Role | tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of a lifecycle, as `lapse` and `duty` declare it."""

    name: str
    begins: tuple[type[Any], ...]
    last: str
    rule: str
    who: Roles | Callable[[Any], tuple[Role, ...]]
    states: frozenset[str]
    then: Any
    ends: tuple[type[Any], ...]
    when: Callable[[Any], bool] | None

    @property
    def is_duty(self) -> bool:
        """Whether its passing changes nothing but is told, and stays a task."""
        return self.then is None

    def runs(self, row: Any) -> bool:
        """Whether it can run while the row stands like this."""
        return row.state in self.states and (self.when is None or self.when(row))

    def last_day(self, row: Any, event: Any) -> date | None:
        """Its last day, as the event says it, else the row."""
        holder = event if hasattr(event, self.last) else row
        day: date | None = getattr(holder, self.last)
        return day

    def owed_by(self, event: Any) -> tuple[Role, ...]:
        """Whose it is to act: the roles named, or those that the event names."""
        return _several(self.who) if isinstance(self.who, (Role, tuple)) else self.who(event)


def lapse(
    name: str,
    begins: Events,
    last: str,
    rule: str,
    who: Roles | Callable[[Any], tuple[Role, ...]],
    states: States,
    then: Any,
    *,
    ends: Events = (),
    when: Callable[[Any], bool] | None = None,
) -> Deadline:
    """When its last day is over the platform gives `then`: a command class, or a function of
    row and event.

    begins: events that begin it, or begin it anew; last: the field of the event, else of the row,
    with the last day (None begins nothing); rule: the parameter, or clause, that says how long;
    who: roles that can act until then, or a function of the event that tells them; states: it
    runs in these and is over in any other; ends: events that end it sooner; when: it runs only
    while this holds of the row.
    """
    return Deadline(
        name, _several(begins), last, rule, who, _names(states), then, _several(ends), when
    )  # fmt: skip


def duty(
    name: str,
    begins: Events,
    last: str,
    rule: str,
    who: Roles | Callable[[Any], tuple[Role, ...]],
    states: States,
    *,
    ends: Events = (),
    when: Callable[[Any], bool] | None = None,
) -> Deadline:
    """When its last day is over that is told as `<Noun>.DeadlineMissed`; `who` still owes it.

    The rest as `lapse`.
    """
    return Deadline(
        name, _several(begins), last, rule, who, _names(states), None, _several(ends), when
    )  # fmt: skip


def _several(one: Any) -> tuple[Any, ...]:
    return one if isinstance(one, tuple) else (one,)


def _names(states: States) -> frozenset[str]:
    return frozenset(state.name for state in _several(states))


# --- watching -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeadlineMissed:
    """`<Noun>.DeadlineMissed`: which duty, whose, by which rule, and how many days late."""

    duty: str
    roles: str
    organisation: str
    rule: str
    since: date
    last_day: date
    days_late: int


MISS = "miss_deadline"


def watched(
    deadlines: Iterable[Deadline],
    missing: Any,
    *,
    was: Any,
    now: Any,
    event: Any,
    today: date,
) -> list[SetTimer | DropTimer]:
    """Which deadlines an event sets or drops. missing: the command class that tells of a miss."""
    kind = type(event)
    moves: list[SetTimer | DropTimer] = []
    if kind is DeadlineMissed:
        return [_still_owed(missing, now, event)]
    for one in deadlines:
        last = one.last_day(now, event) if kind in one.begins and one.runs(now) else None
        if last is not None:
            awaited = _awaited(one, now, event, today, last)
            command = _command(one, missing, now, event, awaited)
            moves.append(SetTimer(one.name, day_after(max(last, today)), command, awaited))
        elif was is not None and one.runs(was) and (kind in one.ends or not one.runs(now)):
            moves.append(DropTimer(one.name))
    return moves


def _awaited(one: Deadline, row: Any, event: Any, since: date, last: date) -> Awaited:
    who = one.owed_by(event)
    return Awaited(
        DUTY if one.is_duty else LAPSE,
        since,
        last,
        ",".join(role.value for role in who),
        _organisation(who, row),
        one.rule,
    )


def _organisation(who: tuple[Role, ...], row: Any) -> str:
    """Whose it is to act, by the row; "" where the roles serve the whole programme."""
    named = (getattr(row, ORGANISATION_OF.get(role, ""), None) for role in who)
    return next((one for one in named if one), "")


def _command(one: Deadline, missing: Any, row: Any, event: Any, awaited: Awaited) -> Any:
    if one.then is None:
        return missing(row.id, one.name, awaited)
    return one.then(row.id) if isinstance(one.then, type) else one.then(row, event)


def _still_owed(missing: Any, row: Any, e: DeadlineMissed) -> SetTimer:
    awaited = Awaited(DUTY, e.since, e.last_day, e.roles, e.organisation, e.rule)
    return SetTimer(e.duty, None, missing(row.id, e.duty, awaited), awaited)


def missed(s: Situation[Any, Any]) -> tuple[Any, ...]:
    """What follows when the last day of a duty is over: it is told, with the days since."""
    a: Awaited = s.act.awaited
    late = (s.today - a.last_day).days
    return (DeadlineMissed(s.act.duty, a.roles, a.organisation, a.rule, a.since, a.last_day, late),)
