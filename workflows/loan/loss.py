"""What follows when others pay for a loan in default, and when it leaves the books."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from policies.money import Money
from workflows.lifecycle.effects import Then
from workflows.lifecycle.machine import Situation
from workflows.loan.balance import interest_owed, owed, posting_until
from workflows.loan.events import (
    LoanCompensationReceived,
    LoanCompensationReturned,
    LoanDebtForgiven,
    LoanInterestPosted,
    LoanPostWriteOffRecovery,
    LoanProvisioned,
    LoanRecoveryApplied,
    LoanWrittenOff,
)
from workflows.loan.records import (
    ApplyRecovery,
    Loan,
    ReceiveCompensation,
    RecordLateRecovery,
    ReturnCompensation,
    SettleLoan,
    WriteOffLoan,
)

OnLoan = Situation[Loan]  # whatever is asked of it
Outcome = tuple[Any, ...]


def receive_compensation(s: Situation[Loan, ReceiveCompensation]) -> Outcome:
    """A flag and money for the bank; the debt stands (ZD-3.6.1)."""
    return (LoanCompensationReceived(s.act.amount, s.act.claim, _off_books(s.it)),)


def return_compensation(s: Situation[Loan, ReturnCompensation]) -> Outcome:
    """The bank bears so much more."""
    return (LoanCompensationReturned(s.act.amount, s.act.claim, _off_books(s.it)),)


def _off_books(loan: Loan) -> bool:
    return not loan.outstanding


def apply_recovery(s: Situation[Loan, ApplyRecovery]) -> Outcome:
    """Reduce the debt as the recovery was split; nothing left closes the loan."""
    a, loan = s.act, s.it
    applied = LoanRecoveryApplied(
        a.principal, a.interest, a.fund_part, a.recovery, s.today, loan.non_accrual
    )
    whole = a.principal + a.interest == owed(loan, s.policy, s.today).total
    follow = (Then(SettleLoan(loan.id, by_recovery=True)),) if whole else ()
    return (*posting_until(loan, s.policy, s.today), applied, *follow)


def record_late_recovery(s: Situation[Loan, RecordLateRecovery]) -> Outcome:
    """Note what came in after the write-off; interest stays off balance sheet."""
    a = s.act
    came = LoanPostWriteOffRecovery(a.principal, a.interest, a.fund_part, a.recovery)
    return (*posting_until(s.it, s.policy, s.today), came)


def forgive_debt(s: OnLoan) -> Outcome:
    """Principal and interest to today; a loan still on the books is closed by it."""
    loan = s.it
    posted = posting_until(loan, s.policy, s.today)
    forgiven = LoanDebtForgiven(
        principal=loan.unrecovered,
        interest=interest_owed(loan, s.policy, s.today),
        on_books=loan.outstanding,
        met_by_compensation=min(loan.outstanding, loan.compensated - loan.returned_to_fund),
        off_balance=loan.non_accrual,
    )
    short = forgiven.on_books - forgiven.met_by_compensation - loan.provision
    raised = (LoanProvisioned(short, loan.provision + short, loan.classification),) if short else ()
    closed = () if loan.written_off else (Then(SettleLoan(loan.id, by_recovery=True)),)
    return (*posted, *raised, forgiven, *closed)


def write_off(s: Situation[Loan, WriteOffLoan]) -> Outcome:
    """Compensation kept meets the principal first, the allowance the rest."""
    loan = s.it
    met = min(loan.outstanding, loan.compensated - loan.returned_to_fund)
    reversed_now = Money.ZERO if loan.non_accrual else loan.interest_due + loan.accrued
    loss = loan.outstanding - met
    short = loss - loan.provision
    raised = (LoanProvisioned(short, loss, loan.classification),) if short else ()
    written = LoanWrittenOff(
        loan.outstanding, met, loss, reversed_now, s.act.ground, written_off_on=s.today
    )
    return (*raised, written, *_memorandum(loan, s))


def _memorandum(loan: Loan, s: OnLoan) -> tuple[LoanInterestPosted, ...]:
    """Interest to the day of the write-off, kept off balance sheet."""
    found = posting_until(loan, s.policy, s.today)
    return tuple(replace(posted, off_balance=True) for posted in found)
