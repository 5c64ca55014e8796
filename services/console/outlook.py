"""What comes next for a loan: timers with their days, and who may act.

Guards are not asked here: they need figures of the day and speak when the act is tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from services.console import words
from services.console.belongings import Belongings
from services.kernel.i18n import label
from services.kernel.registry import Registry
from workflows.lifecycle.deadlines import calendar_assumed
from workflows.lifecycle.machine import Lifecycle, Row
from workflows.lifecycle.roles import Role

# Where people must act first: what stands further left holds up the rest.
URGENCY = ("claim", "filing", "match", "application", "recovery", "loan", "pledge")
SLOW = ("asset", "enterprise", "product")  # their timers matter less than any other

_TIMERS = text(
    "SELECT stream, kind, nature, coalesce(last_day, due_on) AS due_on, command, parked, error"
    " FROM timer WHERE stream = ANY(CAST(:streams AS text[]))"
    " ORDER BY coalesce(last_day, due_on), stream, kind"
)


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A deadline with its last day, or what the platform will do on a day. days: from today.

    assumed: its last day was counted by a calendar that is not published yet.
    """

    noun: str
    stream: str
    due_on: date
    days: int
    assumed: bool
    act: str
    parked: bool
    error: str


@dataclass(frozen=True, slots=True)
class May:
    """An act that people may try in a row's present state."""

    noun: str
    state: str
    act: str
    roles: tuple[str, ...]
    checkers: tuple[str, ...]
    moves: bool


def due(
    connection: Connection, registry: Registry, streams: Sequence[str], *, today: date, lang: str
) -> list[Upcoming]:
    """Timers of those streams, soonest first."""
    rows = connection.execute(_TIMERS, {"streams": list(streams)})
    return [_due(row, registry, today, lang) for row in rows]


def first(timers: Sequence[Upcoming], *, live: bool) -> Upcoming | None:
    """The timer that matters first: a deadline of the loan before the upkeep of its security.

    The upkeep of a right is nothing to wait for once the loan has ended.
    """
    near = next((timer for timer in timers if timer.noun not in SLOW), None)
    return near or (timers[0] if timers and live else None)


def _due(row: Any, registry: Registry, today: date, lang: str) -> Upcoming:
    noun = row.stream.partition("/")[0]
    days = (row.due_on - today).days
    act = _called(row, registry, noun, lang)
    assumed = row.nature is not None and calendar_assumed("last_day", row.due_on)
    return Upcoming(noun, row.stream, row.due_on, days, assumed, act, row.parked, row.error or "")


def _called(row: Any, registry: Registry, noun: str, lang: str) -> str:
    """A deadline by its name, else the act that comes by itself."""
    if row.nature is not None:
        return label(f"deadline.{row.kind}", lang)
    kind, known = registry.commands.get(row.command), registry.nouns.get(noun)
    trigger = known.lifecycle.commands.get(kind) if kind and known else None
    return label(f"trigger.{noun}.{trigger}", lang) if trigger else str(row.command)


def may(registry: Registry, found: Belongings, lang: str) -> list[May]:
    """What people may try now, most urgent noun first, of each the steps that change its state."""
    acts: list[May] = []
    for noun in URGENCY:
        row = found.rows.get(noun)
        if row is not None:
            known = _may(registry.nouns[noun].lifecycle, row.state, lang)
            acts += sorted(known, key=lambda act: not act.moves)
    return acts


def _may(lifecycle: Lifecycle, state: str, lang: str) -> list[May]:
    return [
        May(
            noun=lifecycle.noun,
            state=label(f"state.{lifecycle.noun}.{state}", lang),
            act=label(f"trigger.{lifecycle.noun}.{row.trigger}", lang),
            roles=tuple(words.role(role.value, lang) for role in _people(row)),
            checkers=tuple(words.role(role.value, lang) for role in row.control.checkers),
            moves=row.dest.name != state,
        )
        for (_, source), row in lifecycle.table.items()
        if source == state and _people(row)
    ]


def _people(row: Row) -> tuple[Role, ...]:
    return tuple(role for role in row.roles if role is not Role.SYS)
