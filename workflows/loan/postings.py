"""What an event on a loan books with the bank and with the borrower; each owner balances."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from policies.money import Money
from workflows.lifecycle import accounts as ac
from workflows.lifecycle.accounts import Entry, Line, entry
from workflows.loan.change_events import LoanDrawn, LoanPaymentReplayed, LoanRenewed, LoanTakenOver
from workflows.loan.events import (
    LoanCompensationReceived,
    LoanCompensationReturned,
    LoanDebtForgiven,
    LoanDisbursed,
    LoanInterestAccrued,
    LoanInterestPosted,
    LoanNonAccrualStarted,
    LoanPaymentAllocated,
    LoanPostWriteOffRecovery,
    LoanProvisioned,
    LoanRecoveryApplied,
    LoanWrittenOff,
)
from workflows.loan.records import Loan


def _bank(loan: Loan, *, debit: tuple[Line, ...], credit: tuple[Line, ...]) -> Entry:
    return entry("bank", loan.bank, debit=debit, credit=credit)


def _borrower(loan: Loan, *, debit: tuple[Line, ...], credit: tuple[Line, ...]) -> Entry:
    return entry("enterprise", loan.enterprise, debit=debit, credit=credit)


def _memorandum(loan: Loan, amount: Money) -> Entry:
    """Interest kept off balance sheet; a negative amount takes it out again."""
    return _bank(
        loan,
        debit=((ac.OFF_BALANCE_INTEREST, amount),),
        credit=((ac.OFF_BALANCE_CONTRA, amount),),
    )


def _interest_taken(
    loan: Loan, amount: Money, *, off_balance: bool
) -> tuple[tuple[Line, ...], Entry]:
    """The bank's credit for interest received, and the memorandum that it ends."""
    if not off_balance:
        return ((ac.INTEREST_RECEIVABLE, amount),), ()
    return ((ac.INTEREST_INCOME, amount),), _memorandum(loan, -amount)


def renewed(loan: Loan, e: LoanRenewed) -> Entry:
    """Repaid with the money of the loan that renews it."""
    return (
        *_bank(loan, debit=((ac.CASH, e.principal),), credit=((ac.LOANS, e.principal),)),
        *_borrower(loan, debit=((ac.BORROWINGS, e.principal),), credit=((ac.CASH, e.principal),)),
    )


def taken_over(loan: Loan, e: LoanTakenOver) -> Entry:
    """Paid out to the loan that it renews."""
    return _lent(loan, e.approved_amount)


def disbursed(loan: Loan, e: LoanDisbursed | LoanDrawn) -> Entry:
    """A loan for cash."""
    return _lent(loan, e.amount)


def _lent(loan: Loan, amount: Money) -> Entry:
    return (
        *_bank(loan, debit=((ac.LOANS, amount),), credit=((ac.CASH, amount),)),
        *_borrower(loan, debit=((ac.CASH, amount),), credit=((ac.BORROWINGS, amount),)),
    )


def interest_posted(loan: Loan, e: LoanInterestPosted) -> Entry:
    """Earned and owed, as far as no month end booked it before."""
    return _earned(loan, e.amount - e.accrued, off_balance=e.off_balance)


def interest_accrued(loan: Loan, e: LoanInterestAccrued) -> Entry:
    """Earned, though nothing of it is due yet."""
    return _earned(loan, e.amount, off_balance=e.off_balance)


def _earned(loan: Loan, amount: Money, *, off_balance: bool) -> Entry:
    """In non-accrual the bank only notes it."""
    earned = _bank(
        loan,
        debit=((ac.INTEREST_RECEIVABLE, amount),),
        credit=((ac.INTEREST_INCOME, amount),),
    )
    return (
        *(_memorandum(loan, amount) if off_balance else earned),
        *_borrower(
            loan,
            debit=((ac.INTEREST_EXPENSE, amount),),
            credit=((ac.INTEREST_PAYABLE, amount),),
        ),
    )


def payment_allocated(loan: Loan, e: LoanPaymentAllocated) -> Entry:
    """Cash against interest, principal and costs advanced."""
    before = e.interest if e.off_balance else e.noted
    taken, noted = _interest_taken(loan, before, off_balance=True)
    taken = (*taken, (ac.INTEREST_RECEIVABLE, e.interest - before))
    return (
        *_bank(
            loan,
            debit=((ac.CASH, e.amount),),
            credit=(*taken, (ac.LOANS, e.principal), (ac.ENFORCEMENT_COSTS, e.cost)),
        ),
        *noted,
        *_borrower(
            loan,
            debit=(
                (ac.INTEREST_PAYABLE, e.interest),
                (ac.BORROWINGS, e.principal),
                (ac.ENFORCEMENT_COSTS, e.cost),
            ),
            credit=((ac.CASH, e.amount),),
        ),
    )


def payment_replayed(loan: Loan, e: LoanPaymentReplayed) -> Entry:
    """Interest is set right to what it would have been, then the cash meets it and principal."""
    taken, noted = _interest_taken(loan, e.interest, off_balance=e.off_balance)
    return (
        *_earned(loan, e.correction, off_balance=e.off_balance),
        *_bank(
            loan,
            debit=((ac.CASH, e.amount),),
            credit=(*taken, (ac.LOANS, e.principal)),
        ),
        *noted,
        *_borrower(
            loan,
            debit=((ac.INTEREST_PAYABLE, e.interest), (ac.BORROWINGS, e.principal)),
            credit=((ac.CASH, e.amount),),
        ),
    )


def non_accrual_started(loan: Loan, e: LoanNonAccrualStarted) -> Entry:
    """Booked unpaid interest leaves income and becomes a memorandum (ZD-3.8.1)."""
    return _off_balance(loan, e.amount)


def _off_balance(loan: Loan, amount: Money) -> Entry:
    undone = _bank(
        loan,
        debit=((ac.INTEREST_INCOME, amount),),
        credit=((ac.INTEREST_RECEIVABLE, amount),),
    )
    return (*undone, *_memorandum(loan, amount))


def compensation_received(loan: Loan, e: LoanCompensationReceived) -> Entry:
    """Kept against the loan; after a write-off it makes the loss smaller."""
    kept = ac.IMPAIRMENT_LOSSES if e.after_write_off else ac.COMPENSATION_RECEIVED
    return _bank(loan, debit=((ac.CASH, e.amount),), credit=((kept, e.amount),))


def compensation_returned(loan: Loan, e: LoanCompensationReturned) -> Entry:
    """Back to the fund out of what is kept; once the loan is off the books it is a loss."""
    kept = ac.IMPAIRMENT_LOSSES if e.off_books else ac.COMPENSATION_RECEIVED
    return _bank(loan, debit=((kept, e.amount),), credit=((ac.CASH, e.amount),))


def provisioned(loan: Loan, e: LoanProvisioned) -> Entry:
    """The allowance grows by an expense, and falls by taking it back."""
    return _bank(
        loan,
        debit=((ac.IMPAIRMENT_LOSSES, e.amount),),
        credit=((ac.LOAN_ALLOWANCE, e.amount),),
    )


def recovery_applied(loan: Loan, e: LoanRecoveryApplied) -> Entry:
    """Out of transit against the debt; the fund's part is owed to the fund."""
    got = e.principal + e.interest
    taken, noted = _interest_taken(loan, e.interest, off_balance=e.off_balance)
    return (
        *_bank(
            loan,
            debit=((ac.RECOVERIES_IN_TRANSIT, got), (ac.COMPENSATION_RECEIVED, e.fund_part)),
            credit=(*taken, (ac.LOANS, e.principal), (ac.PAYABLE_TO_FUND, e.fund_part)),
        ),
        *noted,
        *_borrower_recovers(loan, e.principal, e.interest),
    )


def late_recovery(loan: Loan, e: LoanPostWriteOffRecovery) -> Entry:
    """Out of transit, making the loss smaller; the fund's part is owed to the fund."""
    got = e.principal + e.interest
    return (
        *_bank(
            loan,
            debit=((ac.RECOVERIES_IN_TRANSIT, got),),
            credit=(
                (ac.IMPAIRMENT_LOSSES, e.principal - e.fund_part),
                (ac.PAYABLE_TO_FUND, e.fund_part),
                (ac.INTEREST_INCOME, e.interest),
            ),
        ),
        *_memorandum(loan, -e.interest),
        *_borrower_recovers(loan, e.principal, e.interest),
    )


def _borrower_recovers(loan: Loan, principal: Money, interest: Money) -> Entry:
    return _borrower(
        loan,
        debit=((ac.BORROWINGS, principal), (ac.INTEREST_PAYABLE, interest)),
        credit=((ac.RECOVERIES_IN_TRANSIT, principal + interest),),
    )


def debt_forgiven(loan: Loan, e: LoanDebtForgiven) -> Entry:
    """Compensation kept meets it first, the rest is the bank's loss; the borrower gains it all."""
    lost = e.on_books - e.met_by_compensation
    interest = () if e.off_balance else ((ac.INTEREST_RECEIVABLE, e.interest),)
    booked = Money.ZERO if e.off_balance else e.interest
    return (
        *_bank(
            loan,
            debit=(
                (ac.COMPENSATION_RECEIVED, e.met_by_compensation),
                (ac.LOAN_ALLOWANCE, lost),
                (ac.IMPAIRMENT_LOSSES, booked),
            ),
            credit=((ac.LOANS, e.on_books), *interest),
        ),
        *(_memorandum(loan, -e.interest) if e.off_balance else ()),
        *_borrower(
            loan,
            debit=((ac.BORROWINGS, e.principal), (ac.INTEREST_PAYABLE, e.interest)),
            credit=((ac.DEBT_FORGIVEN, e.principal + e.interest),),
        ),
    )


def written_off(loan: Loan, e: LoanWrittenOff) -> Entry:
    """Off the books against compensation kept and the allowance; the borrower still owes."""
    return (
        *_bank(
            loan,
            debit=((ac.COMPENSATION_RECEIVED, e.met_by_compensation), (ac.LOAN_ALLOWANCE, e.loss)),
            credit=((ac.LOANS, e.amount),),
        ),
        *_off_balance(loan, e.interest_reversed),
    )


# fmt: off
POSTINGS: Mapping[type, Callable[[Any, Any], Entry]] = {
    LoanDisbursed:            disbursed,
    LoanDrawn:                disbursed,
    LoanRenewed:              renewed,
    LoanTakenOver:            taken_over,
    LoanInterestPosted:       interest_posted,
    LoanInterestAccrued:      interest_accrued,
    LoanPaymentAllocated:     payment_allocated,
    LoanPaymentReplayed:      payment_replayed,
    LoanNonAccrualStarted:    non_accrual_started,
    LoanCompensationReceived: compensation_received,
    LoanCompensationReturned: compensation_returned,
    LoanProvisioned:          provisioned,
    LoanRecoveryApplied:      recovery_applied,
    LoanPostWriteOffRecovery: late_recovery,
    LoanDebtForgiven:         debt_forgiven,
    LoanWrittenOff:           written_off,
}
# fmt: on
