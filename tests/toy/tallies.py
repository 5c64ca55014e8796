"""The life of a tally: open or closed; while it is closed nothing can be counted."""

from __future__ import annotations

from enum import Enum
from typing import Any

from tests.toy.tally_records import (
    CloseTally,
    CountDraw,
    OpenTally,
    ReopenTally,
    Tally,
    TallyClosed,
    TallyCounted,
    TallyOpened,
    TallyReopened,
)
from workflows.lifecycle.evolution import takes
from workflows.lifecycle.machine import NEW, Lifecycle, Row, Situation
from workflows.lifecycle.roles import Role


class TallyState(Enum):
    """Whether it counts."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"


OPEN, CLOSED = TallyState

# fmt: off
ROWS = (
    Row("open_tally",   NEW,    OPEN,   Role.SYS, (), "Tally.Opened"),
    Row("count_draw",   OPEN,   OPEN,   Role.SYS, (), "Tally.Counted"),
    Row("close_tally",  OPEN,   CLOSED, Role.SYS, (), "Tally.Closed"),
    Row("reopen_tally", CLOSED, OPEN,   Role.SYS, (), "Tally.Reopened"),
)
# fmt: on


def _count(s: Situation[Any]) -> tuple[Any, ...]:
    return (TallyCounted(s.act.note, s.it.draws + 1, s.it.total + s.act.amount),)


TALLY = Lifecycle(
    noun="tally",
    record=Tally,
    states=TallyState,
    final=(),
    rows=ROWS,
    commands={
        OpenTally: "open_tally",
        CountDraw: "count_draw",
        CloseTally: "close_tally",
        ReopenTally: "reopen_tally",
    },
    events={
        "Tally.Opened": TallyOpened,
        "Tally.Counted": TallyCounted,
        "Tally.Closed": TallyClosed,
        "Tally.Reopened": TallyReopened,
    },
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
