"""A tally that many notes share: it counts what was drawn, as a fund would."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Tally:
    """How often and how much was drawn on the notes that name it."""

    id: str
    state: str
    policy: str
    draws: int = 0
    total: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class OpenTally:
    trigger: ClassVar[str] = "open_tally"
    tally: str
    case: str = "jiangsu"


@dataclass(frozen=True, slots=True)
class CountDraw:
    trigger: ClassVar[str] = "count_draw"
    tally: str
    note: str
    amount: Money


@dataclass(frozen=True, slots=True)
class CloseTally:
    trigger: ClassVar[str] = "close_tally"
    tally: str


@dataclass(frozen=True, slots=True)
class ReopenTally:
    trigger: ClassVar[str] = "reopen_tally"
    tally: str


@dataclass(frozen=True, slots=True)
class TallyOpened:
    wire: ClassVar[str] = "Tally.Opened"
    policy: str


@dataclass(frozen=True, slots=True)
class TallyCounted:
    wire: ClassVar[str] = "Tally.Counted"
    note: str
    draws: int
    total: Money


@dataclass(frozen=True, slots=True)
class TallyClosed:
    wire: ClassVar[str] = "Tally.Closed"


@dataclass(frozen=True, slots=True)
class TallyReopened:
    wire: ClassVar[str] = "Tally.Reopened"
