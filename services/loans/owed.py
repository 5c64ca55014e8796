"""What is owed on a loan on any day: on a past one by what had happened, on a coming one if nothing
is paid until then."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, text

from services.kernel import policies
from services.kernel.fold import fold
from services.kernel.registry import Registry
from workflows.loan.balance import OwedOn, nothing_owed, owed_on
from workflows.loan.records import Loan

_UNTIL = text(
    "SELECT type, schema_version, to_state, payload FROM event"
    " WHERE stream = :stream AND business_date <= :day ORDER BY seq"
)


_THERE = text("SELECT EXISTS (SELECT 1 FROM loan WHERE id = :loan)")


def exists(connection: Connection, loan: str) -> bool:
    """Whether the world has a loan of that id."""
    return bool(connection.execute(_THERE, {"loan": loan}).scalar_one())


def owed(connection: Connection, registry: Registry, ident: str, on: date) -> OwedOn:
    """The debt of a loan that is there, at the end of a day."""
    values = {"stream": f"loan/{ident}", "day": on}
    rows = connection.execute(_UNTIL, values).all()
    loan: Loan | None = fold(registry, registry.nouns["loan"], ident, rows)
    if loan is None or loan.interest_from is None:
        return nothing_owed(on)
    return owed_on(loan, policies.resolve(connection, loan.policy), on)
