"""Figures that guards on enterprises ask for, one query a batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, text

from services.kernel.states import quoted
from workflows.enterprise.facts import FundProgramme, LiveLoans, LiveTwins
from workflows.enterprise.states import EnterpriseState
from workflows.lifecycle.rows import Facts
from workflows.loan.states import LoanState

# A loan is live from its opening to its end. The loan noun stands to the right of this one, so
# its table is named here, not imported.
_LIVE_LOANS = text(
    f"""
    SELECT enterprise, count(*) FROM loan
    WHERE enterprise = ANY(CAST(:ids AS text[]))
      AND state NOT IN ({quoted((LoanState.SETTLED, LoanState.CANCELLED))})
    GROUP BY enterprise
    """
)
_FUNDS = text(
    "SELECT id, split_part(policy, '@', 1) FROM fund WHERE id = ANY(CAST(:ids AS text[]))"
)
_TWINS = text(
    f"""
    SELECT credit_code, count(*) FROM enterprise
    WHERE credit_code = ANY(CAST(:codes AS text[]))
      AND state NOT IN ({quoted((EnterpriseState.REJECTED, EnterpriseState.REMOVED))})
    GROUP BY credit_code
    """
)


# Two firms of one code registered at one moment would not see each other: one code, one at a time.
_ONE_BY_ONE = text(
    "SELECT pg_advisory_xact_lock(hashtextextended('credit_code:' || code, 0))"
    " FROM (SELECT DISTINCT unnest(CAST(:codes AS text[])) AS code ORDER BY code) c"
)


def live_loans(connection: Connection, asked: Sequence[Mapping[str, Any]]) -> Sequence[Facts]:
    """How many loans of each firm are live."""
    ids = [one["act"].enterprise for one in asked]
    found: dict[str, int] = {
        row[0]: row[1] for row in connection.execute(_LIVE_LOANS, {"ids": ids})
    }
    return [(LiveLoans(found.get(ident, 0)),) for ident in ids]


def fund_programme(connection: Connection, asked: Sequence[Mapping[str, Any]]) -> Sequence[Facts]:
    """The case under which each fund named was set up."""
    ids = [one["act"].fund for one in asked]
    found: dict[str, str] = {row[0]: row[1] for row in connection.execute(_FUNDS, {"ids": ids})}
    return [(FundProgramme(found.get(ident, "")),) for ident in ids]


def live_twins(connection: Connection, asked: Sequence[Mapping[str, Any]]) -> Sequence[Facts]:
    """How many live entries have each credit code already."""
    codes = [one["act"].credit_code for one in asked]
    connection.execute(_ONE_BY_ONE, {"codes": codes})
    found: dict[str, int] = {row[0]: row[1] for row in connection.execute(_TWINS, {"codes": codes})}
    return [(LiveTwins(found.get(code, 0)),) for code in codes]
