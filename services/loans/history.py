"""A loan as its events tell it, up to a day; what was paid since, and what else has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from services.kernel.fold import fold
from services.kernel.registry import Noun, Registry
from services.loans.tables import loan as loan_table
from workflows.loan import change_events as changed
from workflows.loan import events
from workflows.loan.facts import LoanThen
from workflows.loan.records import Loan
from workflows.loan.table import LOAN

_OWN = Registry({"loan": Noun(LOAN, loan_table)}, {}, ())
_STORY = text(
    "SELECT type, schema_version, to_state, payload, business_date FROM event"
    " WHERE stream = :stream ORDER BY seq"
)
_UNDO = (
    changed.LoanDrawn,
    changed.LoanExtended,
    changed.LoanRestructured,
    changed.LoanRenewed,
    changed.LoanPaymentReplayed,
    events.LoanAccelerated,
    events.LoanRecoveryApplied,
    events.LoanCompensationReceived,
)
"""Kinds of events after which an earlier payment cannot be replayed."""


def loan_on(rows: Sequence[Any], ident: str, day: date) -> Loan | None:
    """The loan at the end of a day, from the rows of its stream in order; None before it began."""
    found: Loan | None = fold(
        _OWN, _OWN.nouns["loan"], ident, [row for row in rows if row.business_date <= day]
    )
    return found


def story(connection: Connection, ident: str) -> Sequence[Any]:
    """The rows of a loan's stream, in order."""
    return connection.execute(_STORY, {"stream": f"loan/{ident}"}).all()


def loans_then(connection: Connection, batch: Sequence[Mapping[str, Any]]) -> list[tuple[LoanThen]]:
    """Each loan as it stood on the day on which its payment came in."""
    return [(_then(connection, row["act"].loan, row["act"].paid_on),) for row in batch]


def _then(connection: Connection, ident: str, day: date) -> LoanThen:
    rows = story(connection, ident)
    since = [row for row in rows if row.business_date > day]
    names = {kind.wire: kind for kind in _UNDO}
    undone = next((row.type for row in since if row.type in names), "")
    later = tuple(
        (row.business_date, _OWN.event_of(row).amount)
        for row in since
        if row.type == events.LoanPaymentAllocated.wire
    )
    return LoanThen(loan_on(rows, ident, day), later, undone)
