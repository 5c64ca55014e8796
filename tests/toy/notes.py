"""A toy noun for tests of the kernel: a promissory note that a bank writes, signs, draws and pays.

Small, but it has all: two persons, guards, facts, postings, timers that set themselves again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any

from policies.money import Money
from tests.toy import note_events, note_records
from tests.toy.note_events import (
    NoteDrawn,
    NoteFellDue,
    NoteFrozen,
    NoteGuaranteed,
    NoteLapsed,
    NoteMisbooked,
    NotePaid,
    NoteReminded,
    NoteSigned,
    NoteWritten,
)
from tests.toy.note_records import (
    DrawNote,
    DrawTwo,
    FallDue,
    LapseNote,
    Note,
    RemindNote,
    WriteNote,
)
from workflows.lifecycle.effects import DropTimer, Posting, SetTimer, Then
from workflows.lifecycle.evolution import takes
from workflows.lifecycle.machine import (
    ALONE,
    NEW,
    Lifecycle,
    Row,
    Situation,
    Turn,
    commands_of,
    events_of,
    in_turn,
    two_persons,
)
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
Drawing = Situation[Note, DrawNote | DrawTwo]


@dataclass(frozen=True, slots=True)
class BankDrawn:
    """A fact: what is drawn on all notes of the bank."""

    amount: Money


def something_written(s: Situation[None, WriteNote]) -> Refusal | None:
    """A note is for more than nothing."""
    return None if s.act.amount else Refusal("nothing_written")


def within_amount(s: Drawing) -> Refusal | None:
    """No more is drawn than was written."""
    after = s.it.drawn + s.act.amount
    if after <= s.it.amount:
        return None
    return Refusal("over_amount", threshold=s.it.amount, actual=after)


def not_frozen(s: Situation[Note]) -> Refusal | None:
    """A frozen note is not drawn on."""
    return Refusal("note_frozen") if s.it.frozen else None


def within_bank_limit(s: Drawing) -> Refusal | None:
    """All notes of one bank together stay under its limit."""
    after = s.fact(BankDrawn).amount + s.act.amount
    if after <= BANK_LIMIT:
        return None
    return Refusal("over_bank_limit", threshold=BANK_LIMIT, actual=after)


BK_M, BK_L, SYS = Role.BK_M, Role.BK_L, Role.SYS
TWO = two_persons(Role.BK_A)
THREE = in_turn(Turn((Role.BK_R,)), Turn((Role.BK_A,)))
DRAW = (within_amount, not_frozen, within_bank_limit)

# fmt: off
ROWS = (
    #    trigger     from            to      who          only if               event             two?
    Row("write",    NEW,            OPEN,   BK_M,        (something_written,), NoteWritten,   ALONE),
    Row("sign",     OPEN,           SIGNED, BK_M,        (),                   NoteSigned,    TWO),
    Row("lapse",    OPEN,           VOID,   SYS,         (),                   NoteLapsed,    ALONE),
    Row("guarantee", SIGNED,        SIGNED, BK_M,        (),                   NoteGuaranteed,    THREE),
    Row("freeze",   SIGNED,         SIGNED, BK_M,        (),                   NoteFrozen,    ALONE),
    Row("draw",     SIGNED,         SIGNED, (BK_L, SYS), DRAW,                 NoteDrawn,     ALONE),
    Row("draw_two", SIGNED,         SIGNED, BK_L,        DRAW,                 NoteDrawn,     ALONE),
    Row("misbook",  SIGNED,         SIGNED, (BK_L, SYS), (),                   NoteMisbooked, ALONE),
    Row("fall_due", SIGNED,         DUE,    SYS,         (),                   NoteFellDue,   ALONE),
    Row("remind",   DUE,            DUE,    SYS,         (),                   NoteReminded,  ALONE),
    Row("pay",      (SIGNED, DUE),  PAID,   BK_L,        (),                   NotePaid,      ALONE),
)
# fmt: on


def _write(s: Situation[None, WriteNote]) -> tuple[Any, ...]:
    a = s.act
    written = (s.policy.ref, a.bank, a.tally, a.amount, a.rate, a.papers, s.today + LAPSES_AFTER)
    return (NoteWritten(*written),)


def _draw(s: Drawing) -> tuple[Any, ...]:
    return (NoteDrawn(s.act.amount, s.it.drawn + s.act.amount, s.it.tally),)


def _draw_two(s: Situation[Note, DrawTwo]) -> tuple[Any, ...]:
    return (*_draw(s), Then(DrawNote(s.act.other, s.act.amount)))


DECIDE = {
    "write": _write,
    "sign": lambda s: (NoteSigned(s.today + RUNS_FOR),),
    "lapse": lambda s: (NoteLapsed(),),
    "guarantee": lambda s: (NoteGuaranteed(tuple(one.user for one in s.persons)),),
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
    NoteGuaranteed: takes(),
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
    commands=commands_of(note_records),
    events=events_of(note_events),
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
