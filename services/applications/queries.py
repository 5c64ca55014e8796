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
from services.funds import totals
from services.kernel.states import quoted
from workflows.application.facts import LastRejection, Reserved
from workflows.application.records import Application
from workflows.application.states import ApplicationState
from workflows.bank.states import BankState
from workflows.filing.states import FilingState
from workflows.fund.book import FundCash
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

_REJECTIONS = text(
    f"""
    SELECT enterprise, bank, max(decided_on) AS decided_on FROM application
    WHERE state = {_REJECTED} AND enterprise = ANY(CAST(:enterprises AS text[]))
    GROUP BY enterprise, bank
    """
)
_OFFERS = text(
    f"""
    SELECT p.fund, p.policy, p.bank, p.amount_cap, p.max_term_months, p.annual_rate, p.purposes,
           coalesce(b.quota, 0) AS quota, past.days
    FROM product p
    LEFT JOIN bank b ON b.id = p.bank
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


def may_approve(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The rights named, and what the fund bears, has promised and has.

    An approval earlier in the batch counts as given.
    """
    named = [(_of(one, "it", "fund"), _of(one, "it", "bank")) for one in asked]
    funds = [fund for fund, _ in named]
    totals.hold(connection, funds)
    rows, values = totals.of_funds(connection, funds), {"funds": sorted(set(funds))}
    promised = {row.fund: Money(row.fen) for row in connection.execute(_RESERVED, values)}
    cash = totals.cash(connection, rows, funds)
    facts: list[Facts] = []
    for one, (fund, bank), those in zip(asked, named, rights(connection, asked), strict=True):
        before = promised.get(fund, Money.ZERO)
        own = cash.get(fund, FundCash(Money.ZERO))
        facts.append((*those, totals.book(rows, fund, bank), Reserved(before), own))
        promised[fund] = before + one["act"].amount
    return facts


def may_start(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """How the breakers over the product stand, and when its bank last rejected the firm."""
    named = [(_of(one, "product", "fund"), _of(one, "product", "bank")) for one in asked]
    standings = totals.standings(connection, named)
    firms = sorted({one["act"].enterprise for one in asked})
    rows = connection.execute(_REJECTIONS, {"enterprises": firms}).all()
    rejected = {(row.enterprise, row.bank): row.decided_on for row in rows}
    return [
        (standings[pair], LastRejection(rejected.get((one["act"].enterprise, pair[1]))))
        for one, pair in zip(asked, named, strict=True)
    ]


def may_offer(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """How the breakers over the application stand, and what the bank has outstanding."""
    named = [(_of(one, "application", "fund"), one["act"].bank) for one in asked]
    standings = totals.standings(connection, named)
    used = totals.lent(connection, [bank for _, bank in named])
    return [(standings[pair], BankOutstanding(used.get(pair[1], Money.ZERO))) for pair in named]


def offers(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The products open under each application's fund, and what it asks for."""
    applications = [_application(one) for one in asked]
    funds = [one.fund for one in applications]
    rows = connection.execute(_OFFERS, {"funds": sorted(set(funds))}).all()
    used = totals.lent(connection, [row.bank for row in rows])
    return [
        (Offers(tuple(_offer(row, used) for row in rows if _open_to(row, one))), sought(one))
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


def _offer(row: Any, used: Mapping[str, Money]) -> Offer:
    return Offer(
        bank=row.bank,
        amount_cap=Money(row.amount_cap),
        max_term_months=row.max_term_months,
        annual_rate=row.annual_rate,
        purposes=tuple(row.purposes),
        quota=Money(row.quota),
        used=used.get(row.bank, Money.ZERO),
        days=None if row.days is None else Decimal(row.days),
    )
