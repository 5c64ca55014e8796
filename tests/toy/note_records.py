"""A note: the record and the commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Note:
    """A note: amounts in Money, `due_on` and `reminded` once it runs."""

    id: str
    state: str
    policy: str
    bank: str
    tally: str
    amount: Money
    rate: Decimal
    drawn: Money = Money.ZERO
    due_on: date | None = None
    reminded: int = 0
    frozen: bool = False
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WriteNote:
    trigger: ClassVar[str] = "write"
    note: str
    bank: str
    amount: Money
    tally: str
    case: str = "jiangsu"
    rate: Decimal = Decimal("0.0365")
    papers: tuple[str, ...] = ("合同", "invoice")


@dataclass(frozen=True, slots=True)
class SignNote:
    trigger: ClassVar[str] = "sign"
    note: str


@dataclass(frozen=True, slots=True)
class GuaranteeNote:
    trigger: ClassVar[str] = "guarantee"
    note: str


@dataclass(frozen=True, slots=True)
class FreezeNote:
    trigger: ClassVar[str] = "freeze"
    note: str


@dataclass(frozen=True, slots=True)
class DrawNote:
    trigger: ClassVar[str] = "draw"
    note: str
    amount: Money


@dataclass(frozen=True, slots=True)
class DrawTwo:
    """Draw the same amount on two notes, or on none."""

    trigger: ClassVar[str] = "draw_two"
    note: str
    other: str
    amount: Money


@dataclass(frozen=True, slots=True)
class MisbookNote:
    trigger: ClassVar[str] = "misbook"
    note: str


@dataclass(frozen=True, slots=True)
class LapseNote:
    trigger: ClassVar[str] = "lapse"
    note: str


@dataclass(frozen=True, slots=True)
class FallDue:
    trigger: ClassVar[str] = "fall_due"
    note: str


@dataclass(frozen=True, slots=True)
class RemindNote:
    trigger: ClassVar[str] = "remind"
    note: str


@dataclass(frozen=True, slots=True)
class PayNote:
    trigger: ClassVar[str] = "pay"
    note: str
