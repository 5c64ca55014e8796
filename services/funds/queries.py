"""Figures that breakers and top-ups ask for: each as large as what it names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from policies.money import Money
from services.funds import totals
from services.kernel.states import quoted
from workflows.breaker.facts import MonthlyVolume, Watched
from workflows.claim.states import IN_LINE
from workflows.filing.states import FilingState
from workflows.fund.facts import Reached
from workflows.lifecycle.rows import Facts
from workflows.product.states import ProductState

Asked = Sequence[Mapping[str, Any]]

_WAITING = quoted((FilingState.PENDING, FilingState.LATE, FilingState.FILED))
_FILINGS = text(
    f"SELECT id FROM filing WHERE fund = :fund AND state IN ({_WAITING})"
    " AND (:bank = '' OR bank = :bank) ORDER BY id"
)
_PRODUCTS = text(
    f"SELECT id FROM product WHERE fund = :fund AND state IN ({quoted((ProductState.PUBLISHED,))})"
    " AND (:bank = '' OR bank = :bank) ORDER BY id"
)
_VOLUME = text(
    "SELECT coalesce(sum(amount), 0)::bigint FROM filing WHERE fund = :fund"
    " AND (:bank = '' OR bank = :bank)"
    " AND accepted_on > CAST(:until AS date) - interval '1 year' AND accepted_on <= :until"
)
_LINE = text(
    f"""
    SELECT id FROM (
        SELECT id, queued_on, sum(fund_share - paid) OVER (ORDER BY queued_on, id)
               - (fund_share - paid) AS ahead
        FROM claim WHERE fund = :fund AND state IN ({quoted(IN_LINE)})
    ) line WHERE ahead < :cash ORDER BY queued_on, id
    """
)


def watched(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The covered loans of each breaker as of now, and what a trip would stop."""
    acts = [one["act"] for one in asked]
    totals.hold(connection, [act.fund for act in acts])
    rows = totals.of_funds(connection, [act.fund for act in acts])
    return [(_watched(connection, rows, act.fund, act.bank),) for act in acts]


def _watched(
    connection: Connection, rows: Sequence[totals.Totals], fund: str, bank: str
) -> Watched:
    mine = [row for row in rows if row.fund == fund and bank in ("", row.bank)]
    named = {"fund": fund, "bank": bank}
    return Watched(
        totals.together(mine),
        tuple(connection.execute(_FILINGS, named).scalars()),
        tuple(connection.execute(_PRODUCTS, named).scalars()),
    )


def monthly_volume(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """A twelfth of what was accepted in the year before the trip."""
    facts: list[Facts] = []
    for one in asked:
        it = one["it"]
        if it is None or it.tripped_on is None:
            facts.append(())
            continue
        named = {"fund": it.fund, "bank": it.bank, "until": it.tripped_on}
        fen: int = connection.execute(_VOLUME, named).scalar_one()
        facts.append((MonthlyVolume(Money(fen // 12)),))
    return facts


def reached(connection: Connection, asked: Asked) -> Sequence[Facts]:
    """The claims in line that cash and top-up together reach, oldest first."""
    facts: list[Facts] = []
    for one in asked:
        fund = one["it"]
        if fund is None:
            facts.append(())
            continue
        named = {"fund": fund.id, "cash": (fund.cash + one["act"].amount).fen}
        facts.append((Reached(tuple(connection.execute(_LINE, named).scalars())),))
    return facts
