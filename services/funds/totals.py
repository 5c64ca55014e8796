"""Running totals of a fund and a bank: covered loans, what is lent, what claims wait for.

The database keeps them: triggers on loan, filing and claim note each change in `cover_change`, and
whoever holds a fund adds the changes up in `cover_total`. So a guard costs the same in a large
book, and no act waits for another to add to a total (ZD-6.2).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Column, Connection, Index, Integer, Table, Text, text

from policies.money import Money, total
from services.kernel.tables import metadata
from workflows.breaker.facts import BreakersOver
from workflows.breaker.records import breaker_id
from workflows.breaker.states import BreakerState
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.fund.states import FundState


def _figures() -> list[Column[Any]]:
    return [
        Column("loans", Integer, nullable=False, comment="covered, not compensated, owing"),
        Column("balance", BigInteger, nullable=False, comment="their principal, fen"),
        Column("bad", BigInteger, nullable=False, comment="of it substandard or worse, fen"),
        Column("gone", BigInteger, nullable=False, comment="compensated, not come back, fen"),
        Column("promised", BigInteger, nullable=False, comment="approved claims unpaid, fen"),
        Column("lent", BigInteger, nullable=False, comment="principal of all loans, fen"),
    ]


cover_total = Table(
    "cover_total",
    metadata,
    Column("fund", Text, primary_key=True, comment="empty: loans that no fund covers"),
    Column("bank", Text, primary_key=True),
    *_figures(),
    Index("ix_cover_total_bank", "bank"),
)
cover_change = Table(
    "cover_change",
    metadata,
    Column("id", BigInteger, primary_key=True),
    Column("fund", Text, nullable=False),
    Column("bank", Text, nullable=False),
    *_figures(),
    Index("ix_cover_change_fund", "fund"),
    Index("ix_cover_change_bank", "bank"),
)

_NAMES = ("loans", "balance", "bad", "gone", "promised", "lent")
_LISTED = ", ".join(_NAMES)
_SUMS = ", ".join(f"sum({name}) AS {name}" for name in _NAMES)


def _reading(of: str) -> str:
    return f"""
        SELECT fund, bank, {_SUMS} FROM (
            SELECT fund, bank, {_LISTED} FROM cover_total WHERE {of}
            UNION ALL SELECT fund, bank, {_LISTED} FROM cover_change WHERE {of}
        ) one GROUP BY fund, bank
    """


_OF_FUNDS = text(_reading("fund = ANY(CAST(:funds AS text[]))"))
_OF_BANKS = text(_reading("bank = ANY(CAST(:banks AS text[]))"))
_ADDED = ", ".join(f"{name} = cover_total.{name} + excluded.{name}" for name in _NAMES)
_ADD_UP = text(
    f"""
    WITH noted AS (
        DELETE FROM cover_change WHERE fund = ANY(CAST(:funds AS text[])) RETURNING *
    )
    INSERT INTO cover_total (fund, bank, {_LISTED})
    SELECT fund, bank, {_SUMS} FROM noted GROUP BY fund, bank ORDER BY fund, bank
    ON CONFLICT (fund, bank) DO UPDATE SET {_ADDED}
    """
)
# Two acts at one moment could each fit under a cap and together not: one fund, one at a time, until
# the transaction ends. The fund's row itself is left to those who move its money.
_ONE_BY_ONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('cover:' || fund, 0))"
    " FROM unnest(CAST(:funds AS text[])) AS fund ORDER BY fund"
)
_FUNDS = text("SELECT id, state, cash, committed FROM fund WHERE id = ANY(CAST(:funds AS text[]))")
_BREAKERS = text(
    "SELECT id, state, ratio, monthly_room FROM breaker WHERE id = ANY(CAST(:ids AS text[]))"
)
_THIS_MONTH = text(
    "SELECT coalesce(sum(amount), 0)::bigint FROM filing WHERE fund = :fund"
    " AND (:bank = '' OR bank = :bank)"
    " AND accepted_on >= (SELECT date_trunc('month', business_date)::date FROM clock)"
)


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of one fund and bank."""

    fund: str
    bank: str
    loans: CoveredLoans
    promised: Money
    lent: Money


def hold(connection: Connection, funds: Sequence[str]) -> None:
    """Let nobody else take up these funds' capacity before the transaction ends; add changes up."""
    wanted = {"funds": sorted({fund for fund in funds if fund})}
    connection.execute(_ONE_BY_ONE, wanted)
    connection.execute(_ADD_UP, wanted)


def of_funds(connection: Connection, funds: Sequence[str]) -> tuple[Totals, ...]:
    """The totals of these funds, a row a bank."""
    wanted = {"funds": sorted({fund for fund in funds if fund})}
    return tuple(_totals(row) for row in connection.execute(_OF_FUNDS, wanted))


def lent(connection: Connection, banks: Sequence[str]) -> Mapping[str, Money]:
    """Principal outstanding of each of these banks, covered or not."""
    found: dict[str, int] = {}
    for row in connection.execute(_OF_BANKS, {"banks": sorted(set(banks))}):
        found[row.bank] = found.get(row.bank, 0) + int(row.lent)
    return {bank: Money(fen) for bank, fen in found.items()}


def _totals(row: Any) -> Totals:
    loans = CoveredLoans(
        int(row.loans), Money(int(row.balance)), Money(int(row.bad)), Money(int(row.gone))
    )
    return Totals(row.fund, row.bank, loans, Money(int(row.promised)), Money(int(row.lent)))


def together(rows: Sequence[Totals]) -> CoveredLoans:
    """The covered loans of several banks as one."""
    return CoveredLoans(
        loans=sum(row.loans.loans for row in rows),
        balance=total(row.loans.balance for row in rows),
        bad=total(row.loans.bad for row in rows),
        compensated=total(row.loans.compensated for row in rows),
    )


def book(rows: Sequence[Totals], fund: str, bank: str) -> FundBook:
    """A fund's book, and one bank's part in it."""
    of_fund = [row for row in rows if row.fund == fund]
    return FundBook(together(of_fund), together([row for row in of_fund if row.bank == bank]))


def cash(
    connection: Connection, rows: Sequence[Totals], funds: Sequence[str]
) -> Mapping[str, FundCash]:
    """What each fund can still promise: cash less approved unpaid claims, and commitments."""
    promised = {fund: total(row.promised for row in rows if row.fund == fund) for fund in funds}
    return {
        row.id: FundCash(
            max(Money.ZERO, Money(row.cash + row.committed) - promised[row.id]),
            exhausted=row.state == FundState.EXHAUSTED.name,
        )
        for row in connection.execute(_FUNDS, {"funds": sorted(promised)})
    }


def standings(
    connection: Connection, named: Sequence[tuple[str, str]]
) -> Mapping[tuple[str, str], BreakersOver]:
    """How the breakers of programme and bank stand, by fund and bank."""
    ids = sorted({i for fund, bank in named for i in (breaker_id(fund), breaker_id(fund, bank))})
    rows = {row.id: row for row in connection.execute(_BREAKERS, {"ids": ids})}
    return {pair: _standing(connection, rows, *pair) for pair in set(named)}


def _standing(
    connection: Connection, rows: Mapping[str, Any], fund: str, bank: str
) -> BreakersOver:
    room: Money | None = None
    for of_bank in ("", bank):
        row = rows.get(breaker_id(fund, of_bank))
        if row is None:
            continue
        if row.state == BreakerState.TRIPPED.name:
            return BreakersOver(row.id, f"{row.ratio:f}")
        if row.state == BreakerState.HALF_OPEN.name:
            asked = {"fund": fund, "bank": of_bank}
            used = Money(connection.execute(_THIS_MONTH, asked).scalar_one())
            left = max(Money.ZERO, Money(row.monthly_room) - used)
            room = left if room is None else min(room, left)
    return BreakersOver(room=room)
