"""Figures that decide whether a fund may cover one more loan, read from running totals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from policies.money import Money, total
from services.funds import totals
from workflows.breaker.facts import BreakersOver
from workflows.filing.records import Filing
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.lifecycle.rows import Facts

Asked = Sequence[Mapping[str, Any]]
Accepted = Sequence[tuple[Filing, Money]]


def cover_facts(connection: Connection, batch: Asked) -> list[Facts]:
    """Book, cash and breakers before each acceptance; one earlier in the batch counts as made."""
    filings = [row["it"] for row in batch]
    named = [(one.fund, one.bank) for one in filings if one is not None]
    funds = [fund for fund, _ in named]
    totals.hold(connection, funds)
    found = totals.of_funds(connection, funds)
    cash, standings = totals.cash(connection, found, funds), totals.standings(connection, named)
    ahead: list[tuple[Filing, Money]] = []
    facts: list[Facts] = []
    for row, filing in zip(batch, filings, strict=True):
        if filing is None:
            facts.append(())
            continue
        before = [(one, lent) for one, lent in ahead if one.fund == filing.fund]
        book = _with(totals.book(found, filing.fund, filing.bank), filing, before)
        own = cash.get(filing.fund, FundCash(Money.ZERO))
        facts.append((book, own, _left(standings[filing.fund, filing.bank], before)))
        if "loan" in row:
            ahead.append((filing, row["loan"].outstanding))
    return facts


def breakers(connection: Connection, batch: Asked) -> list[Facts]:
    """How the breakers over each filing stand, and what its fund has."""
    rows = [row["it"] or row.get("loan") for row in batch]
    named = [("", "") if one is None else (one.fund, one.bank) for one in rows]
    funds = [fund for fund, _ in named]
    standings = totals.standings(connection, named)
    cash = totals.cash(connection, totals.of_funds(connection, funds), funds)
    return [(standings[pair], cash.get(pair[0], FundCash(Money.ZERO))) for pair in named]


def _with(book: FundBook, filing: Filing, before: Accepted) -> FundBook:
    """The book with what was accepted just before."""
    of_bank = [lent for one, lent in before if one.bank == filing.bank]
    bank = book.bank or CoveredLoans()
    return FundBook(_more(book.programme, [lent for _, lent in before]), _more(bank, of_bank))


def _more(loans: CoveredLoans, lent: Sequence[Money]) -> CoveredLoans:
    count, balance = loans.loans + len(lent), loans.balance + total(lent)
    return CoveredLoans(count, balance, loans.bad, loans.compensated)


def _left(standing: BreakersOver, before: Accepted) -> BreakersOver:
    if standing.room is None:
        return standing
    left = standing.room - total(one.amount for one, _ in before)
    return BreakersOver(standing.tripped, standing.ratio, max(Money.ZERO, left))
