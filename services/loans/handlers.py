"""Commands on loans: which rows each reads, and which figures it asks for."""

from __future__ import annotations

from services.kernel.registry import Handle, Noun, Sweep
from services.loans.history import loans_then
from services.loans.queries import debtor_loans, may_draw, secured_rights
from services.loans.tables import loan
from workflows.lifecycle.deadlines import next_month_end
from workflows.loan.change_records import (
    AccrueInterest,
    BookBackdated,
    DrawLoan,
    GrantExtension,
    LookAtDebtor,
    RenewLoan,
    RestructureLoan,
    UpgradeLoan,
)
from workflows.loan.records import DisburseLoan, OpenLoan
from workflows.loan.security import BreachCollateral, ExamineCollateral, RestoreCollateral
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
    **{
        kind: Handle("loan", facts=secured_rights)
        for kind in (ExamineCollateral, RestoreCollateral, BreachCollateral)
    },
    OpenLoan: Handle("loan", reads=("application", "product")),
    DrawLoan: Handle("loan", reads=("pledge",), facts=may_draw),
    **{
        kind: Handle("loan", facts=debtor_loans)
        for kind in (GrantExtension, RestructureLoan, UpgradeLoan, LookAtDebtor)
    },
    BookBackdated: Handle("loan", facts=loans_then),
    RenewLoan: Handle("loan", reads=("enterprise",)),
    DisburseLoan: Handle("loan", reads=("pledge",), facts=may_draw),
}
