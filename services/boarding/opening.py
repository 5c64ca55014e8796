"""Open a book: its lines written down beside the fund it needs, in one transaction or not at all.

After this the workers board; opening the same file again adds nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, text

from services.boarding.commands import Users, opening_commands
from services.boarding.life import Life, payment_order
from services.boarding.plan import Plan
from services.boarding.tables import book, book_line
from services.kernel import bulk, clock, codec
from services.kernel.problems import Problem
from services.kernel.registry import Registry
from services.kernel.states import quoted
from services.kernel.unit import Unit
from workflows.claim.states import IN_LINE, ClaimState

_ALONE = text("SELECT pg_advisory_xact_lock(7018)")
_KNOWN = text(
    "SELECT loan_id, digest, state FROM book_line WHERE loan_id = ANY(CAST(:ids AS text[]))"
)
_TAKEN = text(
    "SELECT id FROM loan WHERE id = ANY(CAST(:ids AS text[]))"
    " AND NOT EXISTS (SELECT 1 FROM book_line l WHERE l.loan_id = loan.id)"
)
_PRESENT = text(
    "SELECT 'bank', id FROM bank WHERE id = :bank"
    " UNION ALL SELECT 'fund', id FROM fund WHERE id = :fund"
)
_QUEUE = text(
    "SELECT EXISTS (SELECT 1 FROM claim WHERE fund = :fund AND paid < fund_share"
    f" AND state IN ({quoted((ClaimState.APPROVED, *IN_LINE))}))"
)
_AGAIN = text(
    "UPDATE book_line SET state = 'WAITING', error = NULL"
    " WHERE state = 'FAILED' AND loan_id = ANY(CAST(:ids AS text[])) RETURNING loan_id"
)


class WorldTooLate(Problem):
    """The world's date lies after the first loan that is still to be boarded."""


class QueueOpen(Problem):
    """Claims of an earlier book still wait for this fund: they go first (ZD-3.9.9)."""


@dataclass(frozen=True, slots=True)
class Opened:
    """already: boarded before, with the same content; other: ids the world has otherwise;
    fresh: written down now; resumed: written down before, not yet boarded."""

    already: frozenset[str]
    other: frozenset[str]
    fresh: frozenset[str]
    resumed: frozenset[str]


def open_book(
    connection: Connection, registry: Registry, plan: Plan, *, digest: str, users: Users
) -> Opened:
    """Write the book down; give the fund its money by command. Raises WorldTooLate."""
    connection.execute(_ALONE)  # two calls for one file: the second finds all written down
    ids = [life.loan_id for life in plan.lives]
    known = {row.loan_id: row for row in connection.execute(_KNOWN, {"ids": ids})}
    taken = set(connection.execute(_TAKEN, {"ids": ids}).scalars())
    fresh = [one for one in plan.lives if one.loan_id not in known and one.loan_id not in taken]
    same = {one.loan_id for one in plan.lives if _same(one, known)}
    done = {i for i in same if known[i].state == "BOARDED"}
    connection.execute(_AGAIN, {"ids": list(same)})
    if fresh:
        _write(connection, registry, plan, fresh, digest=digest, users=users)
    other = frozenset(taken | {i for i in known if i not in same})
    names = frozenset(life.loan_id for life in fresh)
    return Opened(frozenset(done), other, names, frozenset(same - done))


def _same(life: Life, known: Mapping[str, object]) -> bool:
    row = known.get(life.loan_id)
    return row is not None and getattr(row, "digest", "") == _digest(life)


def _digest(life: Life) -> str:
    return codec.digest([life.loan_id, _content(life)]).hex()


def _content(life: Life) -> str:
    """What the line says; where it stands in the file does not matter."""
    return codec.encode(life.told)


def _write(
    connection: Connection,
    registry: Registry,
    plan: Plan,
    fresh: Sequence[Life],
    *,
    digest: str,
    users: Users,
) -> None:
    today = clock.held(connection)
    first = min(life.disbursed_on for life in fresh)
    if today > first:
        raise WorldTooLate("boarding.world_too_late", {"today": today, "first": first})
    if connection.execute(_QUEUE, {"fund": users.fund}).scalar_one():
        raise QueueOpen("boarding.queue_open", {"fund": users.fund})
    unit = Unit(connection, registry)
    present = connection.execute(_PRESENT, {"bank": users.bank, "fund": users.fund})
    known = {(noun, ident) for noun, ident in present}
    for envelope in opening_commands(users, plan.fund, today, known=known):
        unit.run([envelope])
    unit.flush()
    _write_book(connection, plan, fresh, digest=digest, users=users)


def _write_book(
    connection: Connection, plan: Plan, fresh: Sequence[Life], *, digest: str, users: Users
) -> None:
    row = {
        "digest": digest,
        "case_id": users.case,
        "bank": users.bank,
        "fund": users.fund,
        "fund_given": plan.fund.fen,
        "last_date": _last(fresh),
    }
    bulk.run_insert(connection, book, [row])
    order = {life.loan_id: place for place, life in enumerate(payment_order(plan.lives), 1)}
    rows = [
        {
            "loan_id": life.loan_id,
            "book": digest,
            "line": life.line,
            "digest": _digest(life),
            "life": codec.encode(life),
            "standing": codec.encode(plan.standings[life.loan_id]),
            "pay_order": order.get(life.loan_id),
        }
        for life in fresh
    ]
    bulk.run_insert(connection, book_line, rows)


def _last(lives: Iterable[Life]) -> date:
    return max(life.ended_on for life in lives)
