"""Figures that decide whether a fund may cover one more loan: one statement a batch.

Derived from loans and filings on read, so that no step of a loan has to update its fund.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money, total
from workflows.filing.records import Filing
from workflows.filing.states import FilingState
from workflows.fund.book import CoveredLoans, FundBook, FundCash
from workflows.lending.overdue import NON_PERFORMING
from workflows.lifecycle.rows import Facts

# Covered: accepted and not ceased. A compensated loan leaves the covered balance; its principal
# that has not come back counts by itself (ZD-3.12 and ZD-6.2), so paying changes no ratio.
_COVERED = text(
    f"""
    SELECT f.fund, f.bank, fund.cash AS cash,
           count(l.id) FILTER (WHERE l.compensated = 0 AND l.outstanding > 0) AS loans,
           coalesce(sum(l.outstanding) FILTER (WHERE l.compensated = 0), 0)::bigint AS balance,
           coalesce(sum(l.outstanding) FILTER (
               WHERE l.compensated = 0 AND l.classification = ANY(CAST(:bad AS text[]))
           ), 0)::bigint AS bad,
           coalesce(sum(l.outstanding + l.written_off - l.late_recovered) FILTER (
               WHERE l.compensated > 0
           ), 0)::bigint AS gone
    FROM filing f JOIN loan l ON l.id = f.loan JOIN fund ON fund.id = f.fund
    WHERE f.fund = ANY(CAST(:funds AS text[])) AND f.state = '{FilingState.COVERED.name}'
    GROUP BY f.fund, f.bank, fund.cash
    """
)
# Two acceptances at one moment could each fit under the cap and together not: one fund, one at a
# time, until the transaction ends. The fund's row itself is left to those who move its money.
_ONE_BY_ONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('cover:' || fund, 0))"
    " FROM unnest(CAST(:funds AS text[])) AS fund ORDER BY fund"
)
_CASH = text("SELECT id, cash FROM fund WHERE id = ANY(CAST(:funds AS text[]))")


def cover_facts(connection: Connection, batch: Sequence[Mapping[str, Any]]) -> list[Facts]:
    """Book and cash before each acceptance; an acceptance earlier in the batch counts as made."""
    filings = [row["it"] for row in batch]
    funds = sorted({one.fund for one in filings if one is not None})
    connection.execute(_ONE_BY_ONE, {"funds": funds})
    found = connection.execute(_COVERED, {"funds": funds, "bad": list(NON_PERFORMING)}).all()
    cash = {row.id: Money(row.cash) for row in connection.execute(_CASH, {"funds": funds})}
    ahead: list[tuple[Filing, Money]] = []
    facts: list[Facts] = []
    for row, filing in zip(batch, filings, strict=True):
        if filing is None:
            facts.append(())
            continue
        facts.append((_book(found, filing, ahead), FundCash(cash.get(filing.fund, Money.ZERO))))
        if "loan" in row:
            ahead.append((filing, row["loan"].outstanding))
    return facts


def _book(found: Sequence[Any], filing: Filing, ahead: Sequence[tuple[Filing, Money]]) -> FundBook:
    of_fund = [row for row in found if row.fund == filing.fund]
    of_bank = [row for row in of_fund if row.bank == filing.bank]
    before = [(one, lent) for one, lent in ahead if one.fund == filing.fund]
    before_bank = [lent for one, lent in before if one.bank == filing.bank]
    return FundBook(
        programme=_part(of_fund, [lent for _, lent in before]), bank=_part(of_bank, before_bank)
    )


def _part(rows: Sequence[Any], more: Sequence[Money]) -> CoveredLoans:
    """The rows added up, with loans that are accepted just before."""
    return CoveredLoans(
        loans=sum(row.loans for row in rows) + len(more),
        balance=Money(int(sum(row.balance for row in rows))) + total(more),
        bad=Money(int(sum(row.bad for row in rows))),
        compensated=Money(int(sum(row.gone for row in rows))),
    )
