"""Figures that guards and the ranking ask of the programme's book, one query a batch.

Loans and filings stand to the right of this noun: their tables are named here, not imported.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from services.assets.queries import rights
from services.kernel.states import quoted
from workflows.application.facts import LastRejection, Reserved
from workflows.application.records import Application
from workflows.application.states import ApplicationState
from workflows.bank.states import BankState
from workflows.filing.states import FilingState
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.lending.overdue import NON_PERFORMING
from workflows.lifecycle.rows import Facts
from workflows.loan.states import LoanState
from workflows.match.facts import BankOutstanding
from workflows.match.ranking import Offer, Offers, Sought
from workflows.product.states import ProductState

Asked = Sequence[Mapping[str, Any]]

_COVERED, _REJECTED = quoted((FilingState.COVERED,)), quoted((ApplicationState.REJECTED,))
_CREDITS = quoted((ApplicationState.APPROVED, ApplicationState.SIGNED))
_UNDRAWN = quoted((LoanState.APPROVED,))
_UNCOVERED = quoted((FilingState.PENDING, FilingState.LATE, FilingState.FILED))
_PUBLISHED, _SIGNED = quoted((ProductState.PUBLISHED,)), quoted((BankState.SIGNED,))

# As services/filings/queries.py has it before an acceptance (ZD-3.12).
_BOOK = text(
    f"""
    SELECT f.fund, f.bank,
           count(*) FILTER (WHERE l.compensated = 0 AND l.outstanding > 0) AS loans,
           coalesce(sum(l.outstanding) FILTER (WHERE l.compensated = 0), 0)::bigint AS balance,
           coalesce(sum(l.outstanding) FILTER (
               WHERE l.compensated = 0 AND l.classification = ANY(CAST(:bad AS text[]))
           ), 0)::bigint AS bad,
           coalesce(sum(l.outstanding + l.written_off - l.late_recovered) FILTER (
               WHERE l.compensated > 0
           ), 0)::bigint AS gone
    FROM filing f JOIN loan l ON l.id = f.loan
    WHERE f.fund = ANY(CAST(:funds AS text[])) AND f.state = {_COVERED}
    GROUP BY f.fund, f.bank
    """
)
_REJECTIONS = text(
    f"""
    SELECT enterprise, bank, max(decided_on) AS decided_on FROM application
    WHERE state = {_REJECTED} AND enterprise = ANY(CAST(:enterprises AS text[]))
    GROUP BY enterprise, bank
    """
)
_OUTSTANDING = text(
    """
    SELECT bank, sum(outstanding)::bigint FROM loan
    WHERE bank = ANY(CAST(:banks AS text[])) GROUP BY bank
    """
)
_OFFERS = text(
    f"""
    SELECT p.fund, p.policy, p.bank, p.amount_cap, p.max_term_months, p.annual_rate, p.purposes,
           coalesce(b.quota, 0) AS quota, coalesce(used.fen, 0)::bigint AS used, past.days
    FROM product p
    LEFT JOIN bank b ON b.id = p.bank
    LEFT JOIN (SELECT bank, sum(outstanding) AS fen FROM loan GROUP BY bank) used
           ON used.bank = p.bank
    LEFT JOIN (SELECT bank, avg(decided_on - lead_on) AS days FROM application
               WHERE decided_on IS NOT NULL GROUP BY bank) past ON past.bank = p.bank
    WHERE p.fund = ANY(CAST(:funds AS text[])) AND p.state = {_PUBLISHED}
          AND (b.state = {_SIGNED} OR p.fund = '')
    ORDER BY p.id
    """
)


# Approved and not drawn, drawn and not yet covered: what the fund has promised beside its cover.
_RESERVED = text(
    f"""
    SELECT fund, sum(fen)::bigint AS fen FROM (
        SELECT fund, approved_amount AS fen FROM application WHERE state IN ({_CREDITS})
        UNION ALL SELECT fund, approved_amount FROM loan WHERE state = {_UNDRAWN}
        UNION ALL SELECT fund, amount FROM filing WHERE state IN ({_UNCOVERED})
    ) promised
    WHERE fund = ANY(CAST(:funds AS text[])) GROUP BY fund
    """
)
_CASH = text("SELECT id, cash FROM fund WHERE id = ANY(CAST(:funds AS text[]))")
# Two approvals at one moment could each fit under the cap and together not (as filings/queries.py).
_ONE_BY_ONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('cover:' || fund, 0))"
    " FROM unnest(CAST(:funds AS text[])) AS fund ORDER BY fund"
)


def may_approve(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The rights named, and what the fund bears, has promised and has.

    An approval earlier in the batch counts as given.
    """
    funds = [_of(one, "it", "fund") for one in asked]
    connection.execute(_ONE_BY_ONE, {"funds": sorted(set(funds))})
    book, values = _book(connection, funds), {"funds": sorted(set(funds))}
    promised = {row.fund: Money(row.fen) for row in connection.execute(_RESERVED, values)}
    cash = {row.id: Money(row.cash) for row in connection.execute(_CASH, values)}
    facts: list[Facts] = []
    for one, fund, those in zip(asked, funds, rights(connection, asked), strict=True):
        before = promised.get(fund, Money.ZERO)
        bank = _of(one, "it", "bank")
        own = FundCash(cash.get(fund, Money.ZERO))
        facts.append((*those, _breaker(book, fund, bank), Reserved(before), own))
        promised[fund] = before + one["act"].amount
    return facts


def may_start(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The book of the product's fund, and when its bank last rejected the firm."""
    named = [(_of(one, "product", "fund"), _of(one, "product", "bank")) for one in asked]
    book = _book(connection, [fund for fund, _ in named])
    firms = sorted({one["act"].enterprise for one in asked})
    rows = connection.execute(_REJECTIONS, {"enterprises": firms}).all()
    rejected = {(row.enterprise, row.bank): row.decided_on for row in rows}
    return [
        (_breaker(book, fund, bank), LastRejection(rejected.get((one["act"].enterprise, bank))))
        for one, (fund, bank) in zip(asked, named, strict=True)
    ]


def may_offer(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The book of the application's fund, and what the bank has outstanding."""
    named = [(_of(one, "application", "fund"), one["act"].bank) for one in asked]
    book = _book(connection, [fund for fund, _ in named])
    banks = sorted({bank for _, bank in named})
    used: dict[str, int] = {
        row[0]: row[1] for row in connection.execute(_OUTSTANDING, {"banks": banks})
    }
    return [
        (_breaker(book, fund, bank), BankOutstanding(Money(used.get(bank, 0))))
        for fund, bank in named
    ]


def offers(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The products open under each application's fund, and what it asks for."""
    applications = [_application(one) for one in asked]
    funds = [one.fund for one in applications]
    rows = connection.execute(_OFFERS, {"funds": sorted(set(funds))}).all()
    return [
        (Offers(tuple(_offer(row) for row in rows if _open_to(row, one))), sought(one))
        for one in applications
    ]


def _open_to(product: Any, application: Application) -> bool:
    """Whether a product is of the application's fund; where there is none, of its case."""
    if product.fund != application.fund:
        return False
    return bool(application.fund) or _form(product.policy) == _form(application.policy)


def _form(ref: str) -> str:
    return ref.partition("@")[0]


def sought(application: Application) -> Sought:
    """What a match is told of an application."""
    a = application
    return Sought(a.id, a.amount, a.requested_months, a.purpose)


def _application(one: Mapping[str, Any]) -> Application:
    found: Application = one["application"] if "application" in one else one["it"]
    return found


def _of(one: Mapping[str, Any], noun: str, field: str) -> str:
    """A field of a row read with the command; empty where there is no such row."""
    row = one.get(noun)
    return "" if row is None else getattr(row, field) or ""


def _offer(row: Any) -> Offer:
    return Offer(
        bank=row.bank,
        amount_cap=Money(row.amount_cap),
        max_term_months=row.max_term_months,
        annual_rate=row.annual_rate,
        purposes=tuple(row.purposes),
        quota=Money(row.quota),
        used=Money(row.used),
        days=None if row.days is None else Decimal(row.days),
    )


def _book(connection: Connection, funds: Sequence[str]) -> Sequence[Any]:
    values = {"funds": sorted(set(funds)), "bad": list(NON_PERFORMING)}
    return connection.execute(_BOOK, values).all()


def _breaker(book: Sequence[Any], fund: str, bank: str) -> FundBook:
    of_fund = [row for row in book if row.fund == fund]
    of_bank = [row for row in of_fund if row.bank == bank]
    return FundBook(programme=_part(of_fund), bank=_part(of_bank))


def _part(rows: Sequence[Any]) -> CoveredLoans:
    return CoveredLoans(
        loans=sum(row.loans for row in rows),
        balance=Money(sum(row.balance for row in rows)),
        bad=Money(sum(row.bad for row in rows)),
        compensated=Money(sum(row.gone for row in rows)),
    )
