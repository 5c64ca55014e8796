"""The life of a tally: open or closed; while it is closed nothing can be counted."""

from __future__ import annotations

from enum import Enum
from typing import Any

from tests.toy import tally_records
from tests.toy.tally_records import (
    CountDraw,
    Tally,
    TallyClosed,
    TallyCounted,
    TallyOpened,
    TallyReopened,
)
from workflows.lifecycle.evolution import takes
from workflows.lifecycle.machine import NEW, Lifecycle, Row, Situation, commands_of, events_of
from workflows.lifecycle.roles import Role


class TallyState(Enum):
    """Whether it counts."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


OPEN, CLOSED = TallyState

# fmt: off
ROWS = (
    Row("open_tally",   NEW,    OPEN,   Role.SYS, (), TallyOpened),
    Row("count_draw",   OPEN,   OPEN,   Role.SYS, (), TallyCounted),
    Row("close_tally",  OPEN,   CLOSED, Role.SYS, (), TallyClosed),
    Row("reopen_tally", CLOSED, OPEN,   Role.SYS, (), TallyReopened),
)
# fmt: on


def _count(s: Situation[Tally, CountDraw]) -> tuple[Any, ...]:
    return (TallyCounted(s.act.note, s.it.draws + 1, s.it.total + s.act.amount),)


TALLY = Lifecycle(
    noun="tally",
    record=Tally,
    states=TallyState,
    final=(),
    rows=ROWS,
    commands=commands_of(tally_records),
    events=events_of(tally_records),
    decide={
        "open_tally": lambda s: (TallyOpened(s.policy.ref),),
        "count_draw": _count,
        "close_tally": lambda s: (TallyClosed(),),
        "reopen_tally": lambda s: (TallyReopened(),),
    },
    evolve={
        TallyOpened: takes("policy"),
        TallyCounted: takes("draws", "total"),
        TallyClosed: takes(),
        TallyReopened: takes(),
    },
)
