"""What can happen to a note."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class NoteWritten:
    wire: ClassVar[str] = "Note.Written"
    policy: str
    bank: str
    tally: str
    amount: Money
    rate: Decimal
    papers: tuple[str, ...]
    lapses_on: date


@dataclass(frozen=True, slots=True)
class NoteSigned:
    wire: ClassVar[str] = "Note.Signed"
    due_on: date


@dataclass(frozen=True, slots=True)
class NoteGuaranteed:
    wire: ClassVar[str] = "Note.Guaranteed"
    persons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoteFrozen:
    wire: ClassVar[str] = "Note.Frozen"
    frozen: bool = True


@dataclass(frozen=True, slots=True)
class NoteDrawn:
    wire: ClassVar[str] = "Note.Drawn"
    amount: Money
    drawn: Money
    tally: str


@dataclass(frozen=True, slots=True)
class NoteMisbooked:
    wire: ClassVar[str] = "Note.Misbooked"


@dataclass(frozen=True, slots=True)
class NoteLapsed:
    wire: ClassVar[str] = "Note.Lapsed"


@dataclass(frozen=True, slots=True)
class NoteFellDue:
    wire: ClassVar[str] = "Note.FellDue"
    remind_on: date


@dataclass(frozen=True, slots=True)
class NoteReminded:
    wire: ClassVar[str] = "Note.Reminded"
    reminded: int
    remind_on: date


@dataclass(frozen=True, slots=True)
class NotePaid:
    wire: ClassVar[str] = "Note.Paid"
    amount: Money
