"""Commands on loans: which rows each reads, and which figures it asks for."""

from __future__ import annotations

from services.kernel.registry import Handle, Noun, Sweep
from services.loans.queries import programme_balance
from services.loans.tables import loan
from workflows.lifecycle.deadlines import next_month_end
from workflows.loan.records import AccrueInterest, DisburseLoan, DrawLoan, OpenLoan
from workflows.loan.states import LIVE
from workflows.loan.table import LOAN

NOUNS = (Noun(LOAN, loan),)
SWEEPS = (
    Sweep(
        name="accrual",
        noun="loan",
        states=tuple(state.name for state in LIVE),
        since="accrued_on",
        following=next_month_end,
        command=AccrueInterest,
    ),
)

HANDLES: dict[type, Handle] = {
    **{kind: Handle("loan") for kind in LOAN.commands},
    OpenLoan: Handle("loan", reads=("application", "product")),
    DrawLoan: Handle("loan", reads=("pledge",), facts=programme_balance),
    DisburseLoan: Handle("loan", reads=("pledge",), facts=programme_balance),
}
