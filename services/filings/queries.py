"""Figures that decide whether a fund may cover one more loan: one statement a batch.

Derived from loans and filings on read, so that no step of a loan has to update its fund.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from workflows.filing.states import FilingState
from workflows.lending.overdue import NON_PERFORMING

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
_FIGURES = {
    "covered_loans": "loans",
    "covered_balance": "balance",
    "npl_principal": "bad",
    "compensated_unrecovered": "gone",
}


def cover_facts(connection: Connection, batch: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Book and fund before each acceptance; an acceptance earlier in the batch counts as made.

    fund_cash, covered_loans, covered_balance, npl_principal, compensated_unrecovered of the fund;
    the last four again with `bank_` before them for the filing bank alone.
    """
    filings = [row["it"] for row in batch]
    funds = sorted({one.fund for one in filings if one is not None})
    connection.execute(_ONE_BY_ONE, {"funds": funds})
    found = connection.execute(_COVERED, {"funds": funds, "bad": list(NON_PERFORMING)}).all()
    cash = {row.id: Money(row.cash) for row in connection.execute(_CASH, {"funds": funds})}
    ahead: list[Any] = []
    facts = []
    for row, filing in zip(batch, filings, strict=True):
        facts.append(_facts(found, cash, filing, ahead) if filing is not None else {})
        if filing is not None and "loan" in row:
            ahead.append((filing, row["loan"].outstanding.fen))
    return facts


def _facts(
    found: Sequence[Any], cash: Mapping[str, Money], filing: Any, ahead: Sequence[Any]
) -> dict[str, Any]:
    of_fund = [row for row in found if row.fund == filing.fund]
    of_bank = [row for row in of_fund if row.bank == filing.bank]
    before = [(one, fen) for one, fen in ahead if one.fund == filing.fund]
    before_bank = [(one, fen) for one, fen in before if one.bank == filing.bank]
    facts: dict[str, Any] = {"fund_cash": cash.get(filing.fund, Money.ZERO)}
    for prefix, rows, more in (("", of_fund, before), ("bank_", of_bank, before_bank)):
        for name, column in _FIGURES.items():
            figure = sum(getattr(row, column) for row in rows)
            facts[prefix + name] = figure if name == "covered_loans" else Money(int(figure))
        facts[prefix + "covered_loans"] += len(more)
        facts[prefix + "covered_balance"] += Money(sum(fen for _, fen in more))
    return facts
