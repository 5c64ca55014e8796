"""The double-entry ledger of a world: journal entries in order, and the balance of each account.

Reads postings and the events they belong to; writes nothing. Amounts are fen, debits positive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money

# The fund's entries about a loan stand in the fund's stream and name the claim or recovery.
_OWN = """
    (CAST(:loan AS text) IS NULL
     OR e.stream IN ('loan/' || :loan, 'claim/' || :loan, 'recovery/' || :loan)
     OR (e.stream LIKE 'fund/%' AND :loan IN (e.payload ->> 'claim', e.payload ->> 'recovery')))
"""
_ENTRIES = text(
    f"""
    SELECT e.position, e.stream, e.seq, e.type, e.actor, e.policy, e.business_date,
           p.owner, p.account, p.fen, p.currency
    FROM posting p JOIN event e ON e.stream = p.stream AND e.seq = p.seq
    WHERE {_OWN} ORDER BY e.business_date, e.position, p.id
    """
)
_BALANCES = text(
    f"""
    SELECT p.owner, p.account, p.currency, sum(p.fen)::bigint AS fen
    FROM posting p JOIN event e ON e.stream = p.stream AND e.seq = p.seq
    WHERE {_OWN} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
    """
)


@dataclass(frozen=True, slots=True)
class BookedLine:
    """One posting: whose book, which account, how much; a debit is positive."""

    owner: str
    account: str
    amount: Money


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One event that moved money, with its postings, which sum to zero."""

    on: date
    event: str
    stream: str
    seq: int
    actor: str
    policy: str
    lines: tuple[BookedLine, ...]


def entries(connection: Connection, loan: str | None = None) -> Iterator[JournalEntry]:
    """Every entry, or those of one loan, by business date and then as they were recorded."""
    rows = connection.execute(_ENTRIES, {"loan": loan})
    for _, group in groupby(rows, key=lambda row: row.position):
        yield _entry(list(group))


def balances(connection: Connection, loan: str | None = None) -> tuple[BookedLine, ...]:
    """The balance of each account that was ever posted to, as the database sums it."""
    rows = connection.execute(_BALANCES, {"loan": loan})
    return tuple(BookedLine(row.owner, row.account, Money(row.fen, row.currency)) for row in rows)


def _entry(rows: Sequence[Any]) -> JournalEntry:
    first = rows[0]
    return JournalEntry(
        on=first.business_date,
        event=first.type,
        stream=first.stream,
        seq=first.seq,
        actor=first.actor,
        policy=first.policy or "",
        lines=tuple(BookedLine(r.owner, r.account, Money(r.fen, r.currency)) for r in rows),
    )
