"""Boarding by workers: lives in parallel, a batch a transaction; then the fund's payments in order.

A killed worker's batch rolls back and another takes it up; a line is marked in the transaction
that boards it, so nothing is boarded twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from services.boarding.commands import Users, claim_commands, keys_of, life_commands
from services.boarding.life import Life
from services.boarding.sweep import BookStanding
from services.kernel import clock, codec, tally
from services.kernel.db import Conflict, passing, transact
from services.kernel.record import EventRow
from services.kernel.registry import Registry
from services.kernel.unit import Envelope, Unit

LINES = 200  # lives a transaction
CLAIMS = 500  # payments a transaction

log = structlog.get_logger("zhidai.boarding")

_CLAIM = text(
    "SELECT l.loan_id, l.life, l.standing, l.pay_order, b.case_id, b.bank, b.fund"
    " FROM book_line l JOIN book b ON b.digest = l.book"
    " WHERE l.state = 'WAITING' ORDER BY l.line LIMIT :most FOR UPDATE OF l SKIP LOCKED"
)
WAITS = "EXISTS (SELECT 1 FROM book WHERE finished_at IS NULL)"
_WAITING = text("SELECT EXISTS (SELECT 1 FROM book_line WHERE state = 'WAITING')")
_ALONE = text("SELECT pg_try_advisory_xact_lock(7018)")
_PAYABLE = text(
    "SELECT l.loan_id, l.life, l.standing, l.pay_order, b.case_id, b.bank, b.fund"
    " FROM book_line l JOIN book b ON b.digest = l.book"
    " WHERE l.state = 'CLAIMING' ORDER BY l.pay_order, l.line LIMIT :most FOR UPDATE OF l"
)
_MARK = text(
    "UPDATE book_line l SET state = v.state, error = v.error,"
    " waived = coalesce(l.waived, '[]'::jsonb) || v.waived"
    " FROM ROWS FROM (unnest(CAST(:loan_id AS text[])), unnest(CAST(:state AS text[])),"
    " unnest(CAST(:error AS text[])), jsonb_array_elements(CAST(:waived AS jsonb)))"
    " AS v(loan_id, state, error, waived) WHERE l.loan_id = v.loan_id RETURNING l.loan_id"
)
_FINISH = text(
    "UPDATE book SET finished_at = clock_timestamp() WHERE finished_at IS NULL RETURNING last_date"
)


@dataclass(frozen=True, slots=True)
class Boarded:
    """What became of one line in this transaction."""

    loan_id: str
    state: str
    waived: tuple[str, ...] = ()
    error: str | None = None


def board_lines(bind: Engine, registry: Registry) -> int:
    """One batch: lives, else payments, else the finish. 0 = nothing to do, or others are at it."""
    for lines, claims in ((LINES, CLAIMS), (1, 1)):
        try:
            return transact(bind, partial(_step, registry=registry, lines=lines, claims=claims))
        except Exception as error:
            if passing(error):
                raise
            log.warning("could not be boarded together", lines=lines, error=repr(error))
            told = str(error)[:500]
    return transact(bind, lambda connection: _give_up(connection, told))


def _give_up(connection: Connection, error: str) -> int:
    """Mark the line that the database itself refuses; the others go on."""
    rows = connection.execute(_CLAIM, {"most": 1}).all()
    rows = rows or connection.execute(_PAYABLE, {"most": 1}).all()
    _mark(connection, [Boarded(row.loan_id, "FAILED", error=error) for row in rows])
    return len(rows)


def _step(connection: Connection, *, registry: Registry, lines: int, claims: int) -> int:
    rows = connection.execute(_CLAIM, {"most": lines}).all()
    if rows:
        return _board(connection, registry, rows)
    if connection.execute(_WAITING).scalar_one():
        return 0  # another worker boards the last lines and will go on with the payments
    if not connection.execute(_ALONE).scalar_one():
        return 0
    rows = connection.execute(_PAYABLE, {"most": claims}).all()
    return _pay(connection, registry, rows) if rows else _finish(connection)


def _board(connection: Connection, registry: Registry, rows: Sequence[Any]) -> int:
    unit = Unit(connection, registry)
    users = {row.loan_id: Users(row.bank, row.fund, row.case_id) for row in rows}
    lives = {row.loan_id: codec.of_plain(Life, row.life) for row in rows}
    unit.preload([key for life in lives.values() for key in keys_of(life)], lock=True)
    results = []
    for row in rows:
        life, standing = lives[row.loan_id], codec.of_plain(BookStanding, row.standing)
        envelopes = life_commands(life, standing, users[row.loan_id])
        results.append(_run(unit, life, envelopes, "CLAIMING" if life.claimed else "BOARDED"))
    unit.flush()
    _mark(connection, results)
    return len(results)


def _pay(connection: Connection, registry: Registry, rows: Sequence[Any]) -> int:
    """Claims by date, then line: what the fund has goes to the oldest (ZD-3.9.9)."""
    unit = Unit(connection, registry)
    lives = [codec.of_plain(Life, row.life) for row in rows]
    unit.preload([key for life in lives for key in keys_of(life)], lock=True)
    results = []
    for row, life in zip(rows, lives, strict=True):
        envelopes = claim_commands(life, Users(row.bank, row.fund, row.case_id))
        results.append(_run(unit, life, envelopes, "BOARDED"))
    unit.flush()
    _mark(connection, results)
    return len(results)


def _run(unit: Unit, life: Life, envelopes: Sequence[Envelope], state: str) -> Boarded:
    try:
        events = unit.run(envelopes, inline=True)
    except (DBAPIError, Conflict):
        raise
    except Exception as error:
        tally.count(tally.BOARDING, tally.outcome_of(error))
        log.warning("a line could not be boarded", loan=life.loan_id, error=repr(error))
        return Boarded(life.loan_id, "FAILED", error=str(error)[:500])
    tally.count(tally.BOARDING, tally.DONE, len(envelopes))
    return Boarded(life.loan_id, state, _waived(events))


def _waived(events: Sequence[EventRow]) -> tuple[str, ...]:
    return tuple(row.event.code for row in events if row.type.endswith(".GuardWaived"))


def _mark(connection: Connection, results: Sequence[Boarded]) -> None:
    values = {
        "loan_id": [one.loan_id for one in results],
        "state": [one.state for one in results],
        "error": [one.error for one in results],
        "waived": codec.encode([one.waived for one in results]),
    }
    connection.execute(_MARK, values)


def _finish(connection: Connection) -> int:
    """All is boarded and paid: the world goes to the book's last date, once."""
    dates = list(connection.execute(_FINISH).scalars())
    if dates:
        clock.aim(connection, max(dates))
    return len(dates)
