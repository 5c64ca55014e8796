"""The toy application: two nouns, their tables in a metadata of their own, and reactions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from policies.money import Money
from services.kernel.registry import Handle, Happened, Noun, Reaction, Registry
from services.kernel.tables import aggregate_columns
from tests.toy.note_records import DrawNote, DrawTwo, MisbookNote
from tests.toy.notes import NOTE, BankDrawn
from tests.toy.tallies import TALLY
from tests.toy.tally_records import CountDraw

metadata = MetaData()

note = Table(
    "note",
    metadata,
    *aggregate_columns(),
    Column("policy", Text, nullable=False),
    Column("bank", Text, nullable=False),
    Column("tally", Text, nullable=False),
    Column("amount", BigInteger, nullable=False),
    Column("rate", Numeric, nullable=False),
    Column("drawn", BigInteger, nullable=False),
    Column("due_on", Date),
    Column("reminded", Integer, nullable=False),
    Column("frozen", Boolean, nullable=False),
    Column("papers", JSONB, nullable=False),
)
tally = Table(
    "tally",
    metadata,
    *aggregate_columns(),
    Column("policy", Text, nullable=False),
    Column("draws", Integer, nullable=False),
    Column("total", BigInteger, nullable=False),
)

UNLUCKY = Money(13)  # a draw of 13 fen: its reaction fails as long as BROKEN is set
WRONGLY_BOOKED = Money(17)  # a draw of 17 fen: its reaction books what does not balance
BROKEN = {"unlucky": True}

_DRAWN = text("SELECT bank, sum(drawn)::bigint AS fen FROM note GROUP BY bank")


def bank_drawn(
    connection: Connection, batch: Sequence[Mapping[str, Any]]
) -> list[tuple[BankDrawn]]:
    """What is drawn on all notes of each bank."""
    drawn = {row.bank: Money(row.fen) for row in connection.execute(_DRAWN)}
    return [(BankDrawn(drawn.get(row["it"].bank, Money.ZERO)),) for row in batch]


def count(happened: Happened) -> tuple[Any, ...]:
    """Every draw is counted once."""
    if happened.event.amount == UNLUCKY and BROKEN["unlucky"]:
        raise RuntimeError("13 fen bring bad luck")
    return (CountDraw(happened.event.tally, happened.id, happened.event.amount),)


def misbook(happened: Happened) -> tuple[Any, ...]:
    """A draw of 17 fen is followed by a wrong booking, which the database refuses."""
    wrong = happened.event.amount == WRONGLY_BOOKED and BROKEN["unlucky"]
    return (MisbookNote(happened.id),) if wrong else ()


def registry() -> Registry:
    """The toy application's registry."""
    nouns = {"note": Noun(NOTE, note), "tally": Noun(TALLY, tally)}
    handles = {
        **{kind: Handle("note") for kind in NOTE.commands},
        **{kind: Handle("tally") for kind in TALLY.commands},
        DrawNote: Handle("note", facts=bank_drawn),
        DrawTwo: Handle("note", facts=bank_drawn),
    }
    return Registry(nouns, handles, REACTIONS)


REACTIONS = (
    Reaction("tally.count", "Note.Drawn", count),
    Reaction("note.misbook", "Note.Drawn", misbook),
)
