"""Commands on loans: which rows each reads, and which figures it asks for."""

from __future__ import annotations

from services.kernel.registry import Handle, Noun
from services.loans.queries import programme_balance
from services.loans.tables import loan
from workflows.loan.records import DisburseLoan, DrawLoan, OpenLoan
from workflows.loan.table import LOAN

NOUNS = (Noun(LOAN, loan),)

HANDLES: dict[type, Handle] = {
    **{kind: Handle("loan") for kind in LOAN.commands},
    OpenLoan: Handle("loan", reads=("application", "product")),
    DrawLoan: Handle("loan", reads=("pledge",), facts=programme_balance),
    DisburseLoan: Handle("loan", reads=("pledge",), facts=programme_balance),
}
