"""A toy noun for tests of the kernel: a promissory note that a bank writes, signs, draws and pays.

Small, but it has all: two persons, guards, facts, postings, timers that set themselves again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

from policies.money import Money
from workflows.lifecycle.effects import DropTimer, Posting, SetTimer, Then
from workflows.lifecycle.evolution import takes
from workflows.lifecycle.machine import ALONE, NEW, Lifecycle, Row, Situation, two_persons
from workflows.lifecycle.refusals import Refusal
from workflows.lifecycle.roles import Role

LAPSES_AFTER = timedelta(days=30)
RUNS_FOR = timedelta(days=90)
REMINDED_EVERY = timedelta(days=10)
REMINDED_AT_MOST = 3
BANK_LIMIT = Money(100_000_000)


class NoteState(Enum):
    """Where a note stands."""

    OPEN = "OPEN"
    SIGNED = "SIGNED"
    DUE = "DUE"
    PAID = "PAID"
    VOID = "VOID"


OPEN, SIGNED, DUE, PAID, VOID = NoteState


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
    note: str
    bank: str
    amount: Money
    tally: str
    case: str = "jiangsu"
    rate: Decimal = Decimal("0.0365")
    papers: tuple[str, ...] = ("合同", "invoice")


@dataclass(frozen=True, slots=True)
class SignNote:
    note: str


@dataclass(frozen=True, slots=True)
class FreezeNote:
    note: str


@dataclass(frozen=True, slots=True)
class DrawNote:
    note: str
    amount: Money


@dataclass(frozen=True, slots=True)
class DrawTwo:
    """Draw the same amount on two notes, or on none."""

    note: str
    other: str
    amount: Money


@dataclass(frozen=True, slots=True)
class MisbookNote:
    note: str


@dataclass(frozen=True, slots=True)
class LapseNote:
    note: str


@dataclass(frozen=True, slots=True)
class FallDue:
    note: str


@dataclass(frozen=True, slots=True)
class RemindNote:
    note: str


@dataclass(frozen=True, slots=True)
class PayNote:
    note: str


@dataclass(frozen=True, slots=True)
class NoteWritten:
    policy: str
    bank: str
    tally: str
    amount: Money
    rate: Decimal
    papers: tuple[str, ...]
    lapses_on: date


@dataclass(frozen=True, slots=True)
class NoteSigned:
    due_on: date


@dataclass(frozen=True, slots=True)
class NoteFrozen:
    frozen: bool = True


@dataclass(frozen=True, slots=True)
class NoteDrawn:
    amount: Money
    drawn: Money
    tally: str


@dataclass(frozen=True, slots=True)
class NoteMisbooked:
    pass


@dataclass(frozen=True, slots=True)
class NoteLapsed:
    pass


@dataclass(frozen=True, slots=True)
class NoteFellDue:
    remind_on: date


@dataclass(frozen=True, slots=True)
class NoteReminded:
    reminded: int
    remind_on: date


@dataclass(frozen=True, slots=True)
class NotePaid:
    amount: Money


Asked = Situation[Any]


def something_written(s: Asked) -> Refusal | None:
    """A note is for more than nothing."""
    return None if s.act.amount else Refusal("nothing_written")


def within_amount(s: Asked) -> Refusal | None:
    """No more is drawn than was written."""
    after = s.it.drawn + s.act.amount
    if after <= s.it.amount:
        return None
    return Refusal("over_amount", threshold=s.it.amount.grouped, actual=after.grouped)


def not_frozen(s: Asked) -> Refusal | None:
    """A frozen note is not drawn on."""
    return Refusal("note_frozen") if s.it.frozen else None


def within_bank_limit(s: Asked) -> Refusal | None:
    """All notes of one bank together stay under its limit. Fact: bank_drawn."""
    after = s.facts["bank_drawn"] + s.act.amount
    if after <= BANK_LIMIT:
        return None
    return Refusal("over_bank_limit", threshold=BANK_LIMIT.grouped, actual=after.grouped)


BK_M, BK_L, SYS = Role.BK_M, Role.BK_L, Role.SYS
TWO = two_persons(Role.BK_A)
DRAW = (within_amount, not_frozen, within_bank_limit)

# fmt: off
ROWS = (
    #    trigger     from            to      who          only if               event             two?
    Row("write",    NEW,            OPEN,   BK_M,        (something_written,), "Note.Written",   ALONE),
    Row("sign",     OPEN,           SIGNED, BK_M,        (),                   "Note.Signed",    TWO),
    Row("lapse",    OPEN,           VOID,   SYS,         (),                   "Note.Lapsed",    ALONE),
    Row("freeze",   SIGNED,         SIGNED, BK_M,        (),                   "Note.Frozen",    ALONE),
    Row("draw",     SIGNED,         SIGNED, (BK_L, SYS), DRAW,                 "Note.Drawn",     ALONE),
    Row("draw_two", SIGNED,         SIGNED, BK_L,        DRAW,                 "Note.Drawn",     ALONE),
    Row("misbook",  SIGNED,         SIGNED, (BK_L, SYS), (),                   "Note.Misbooked", ALONE),
    Row("fall_due", SIGNED,         DUE,    SYS,         (),                   "Note.FellDue",   ALONE),
    Row("remind",   DUE,            DUE,    SYS,         (),                   "Note.Reminded",  ALONE),
    Row("pay",      (SIGNED, DUE),  PAID,   BK_L,        (),                   "Note.Paid",      ALONE),
)
# fmt: on

COMMANDS: dict[type[Any], str] = {
    WriteNote: "write",
    SignNote: "sign",
    LapseNote: "lapse",
    FreezeNote: "freeze",
    DrawNote: "draw",
    DrawTwo: "draw_two",
    MisbookNote: "misbook",
    FallDue: "fall_due",
    RemindNote: "remind",
    PayNote: "pay",
}
EVENTS: dict[str, type[Any]] = {
    "Note.Written": NoteWritten,
    "Note.Signed": NoteSigned,
    "Note.Lapsed": NoteLapsed,
    "Note.Frozen": NoteFrozen,
    "Note.Drawn": NoteDrawn,
    "Note.Misbooked": NoteMisbooked,
    "Note.FellDue": NoteFellDue,
    "Note.Reminded": NoteReminded,
    "Note.Paid": NotePaid,
}


def _write(s: Asked) -> tuple[Any, ...]:
    a = s.act
    written = (s.policy.ref, a.bank, a.tally, a.amount, a.rate, a.papers, s.today + LAPSES_AFTER)
    return (NoteWritten(*written),)


def _draw(s: Asked) -> tuple[Any, ...]:
    return (NoteDrawn(s.act.amount, s.it.drawn + s.act.amount, s.it.tally),)


def _draw_two(s: Asked) -> tuple[Any, ...]:
    return (*_draw(s), Then(DrawNote(s.act.other, s.act.amount)))


DECIDE = {
    "write": _write,
    "sign": lambda s: (NoteSigned(s.today + RUNS_FOR),),
    "lapse": lambda s: (NoteLapsed(),),
    "freeze": lambda s: (NoteFrozen(),),
    "draw": _draw,
    "draw_two": _draw_two,
    "misbook": lambda s: (NoteMisbooked(),),
    "fall_due": lambda s: (NoteFellDue(s.today + REMINDED_EVERY),),
    "remind": lambda s: (NoteReminded(s.it.reminded + 1, s.today + REMINDED_EVERY),),
    "pay": lambda s: (NotePaid(s.it.drawn),),
}
EVOLVE = {
    NoteWritten: takes("policy", "bank", "tally", "amount", "rate", "papers"),
    NoteSigned: takes("due_on"),
    NoteLapsed: takes(),
    NoteFrozen: takes("frozen"),
    NoteDrawn: takes("drawn"),
    NoteMisbooked: takes(),
    NoteFellDue: takes(),
    NoteReminded: takes("reminded"),
    NotePaid: lambda _row, _event: {"drawn": Money.ZERO},
}


def _booked(row: Note, amount: Money) -> tuple[Posting, ...]:
    owner = f"bank:{row.bank}"
    return (Posting(owner, "loans", amount), Posting(owner, "cash", -amount))


def _reminds_again(row: Note, event: NoteReminded) -> tuple[Any, ...]:
    if event.reminded >= REMINDED_AT_MOST:
        return ()
    return (SetTimer("remind", event.remind_on, RemindNote(row.id)),)


NOTE = Lifecycle(
    noun="note",
    record=Note,
    states=NoteState,
    final=(PAID, VOID),
    rows=ROWS,
    commands=COMMANDS,
    events=EVENTS,
    decide=DECIDE,
    evolve=EVOLVE,
    postings={
        NoteDrawn: lambda row, event: _booked(row, event.amount),
        NotePaid: lambda row, event: _booked(row, -event.amount),
        NoteMisbooked: lambda row, event: (Posting(f"bank:{row.bank}", "cash", Money(1)),),
    },
    timers={
        NoteWritten: lambda row, e: (SetTimer("lapse", e.lapses_on, LapseNote(row.id)),),
        NoteSigned: lambda row, e: (
            DropTimer("lapse"),
            SetTimer("due", e.due_on, FallDue(row.id)),
        ),
        NoteFellDue: lambda row, e: (SetTimer("remind", e.remind_on, RemindNote(row.id)),),
        NoteReminded: _reminds_again,
        NotePaid: lambda row, e: (DropTimer("due"), DropTimer("remind")),
    },
)
