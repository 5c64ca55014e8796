"""A tally that many notes share: it counts what was drawn, as a fund would."""

from __future__ import annotations

from dataclasses import dataclass

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
    tally: str
    case: str = "jiangsu"


@dataclass(frozen=True, slots=True)
class CountDraw:
    tally: str
    note: str
    amount: Money


@dataclass(frozen=True, slots=True)
class CloseTally:
    tally: str


@dataclass(frozen=True, slots=True)
class ReopenTally:
    tally: str


@dataclass(frozen=True, slots=True)
class TallyOpened:
    policy: str


@dataclass(frozen=True, slots=True)
class TallyCounted:
    note: str
    draws: int
    total: Money


@dataclass(frozen=True, slots=True)
class TallyClosed:
    pass


@dataclass(frozen=True, slots=True)
class TallyReopened:
    pass
