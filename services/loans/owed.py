"""What is owed on a loan on any day: on a past one by what had happened, on a coming one if nothing
is paid until then."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, text

from services.kernel import policies
from services.loans.history import loan_on, story
from workflows.loan.balance import OwedOn, nothing_owed, owed_on

_THERE = text("SELECT EXISTS (SELECT 1 FROM loan WHERE id = :loan)")


def exists(connection: Connection, loan: str) -> bool:
    """Whether the world has a loan of that id."""
    return bool(connection.execute(_THERE, {"loan": loan}).scalar_one())


def owed(connection: Connection, ident: str, on: date) -> OwedOn:
    """The debt of a loan that is there, at the end of a day."""
    loan = loan_on(story(connection, ident), ident, on)
    if loan is None or loan.interest_from is None:
        return nothing_owed(on)
    return owed_on(loan, policies.resolve(connection, loan.policy), on)
