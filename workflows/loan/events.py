"""What has happened to a loan. Amounts are Money; each event holds what its row's change needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from policies.money import Money


@dataclass(frozen=True, slots=True)
class LoanOpened:
    """Signed and ready to be drawn until `draw_by`."""

    policy: str
    enterprise: str
    bank: str
    fund: str
    product: str
    application: str
    pledge: str
    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal
    asset_class: str
    origin: str
    draw_by: date


@dataclass(frozen=True, slots=True)
class LoanDisbursed:
    """Paid out; interest runs from this day. fund: who covers it, "" for nobody."""

    amount: Money
    disbursed_on: date
    due_on: date
    balance_after_draw: Money
    fund: str
    entrusted: bool


@dataclass(frozen=True, slots=True)
class LoanUndrawnCancelled:
    """Given up before it was drawn."""

    reason: str


@dataclass(frozen=True, slots=True)
class LoanInterestPosted:
    """Interest until `until`, rounded and booked; off_balance: as a memorandum only."""

    amount: Money
    until: date
    in_term: Money
    penalty: Money
    compound: Money
    off_balance: bool


@dataclass(frozen=True, slots=True)
class LoanRepaymentReceived:
    """The borrower paid; how it is spread stands in Loan.PaymentAllocated."""

    amount: Money


@dataclass(frozen=True, slots=True)
class LoanPrepaid:
    """The borrower paid ahead of maturity."""

    amount: Money
    notified_on: date


@dataclass(frozen=True, slots=True)
class LoanPaymentAllocated:
    """The debts a payment has extinguished, in the policy's order."""

    amount: Money
    cost: Money
    interest: Money
    principal: Money
    order: str
    allocated_on: date
    off_balance: bool


@dataclass(frozen=True, slots=True)
class LoanBecameOverdue:
    """Something due was not paid; days past due count from `overdue_since`, which is day 0."""

    overdue_since: date
    dpd: int
    next_bucket_on: date | None


@dataclass(frozen=True, slots=True)
class LoanBucketEntered:
    """Days past due have reached a bucket."""

    bucket: str
    dpd: int
    next_bucket_on: date | None


@dataclass(frozen=True, slots=True)
class LoanClassified:
    """The five-class grade changed."""

    classification: str
    former: str
    dpd: int
    ground: str


@dataclass(frozen=True, slots=True)
class LoanNonAccrualStarted:
    """Unpaid booked interest (`amount`) went off balance sheet, and later interest will."""

    amount: Money
    dpd: int


@dataclass(frozen=True, slots=True)
class LoanArrearsCleared:
    """All that was due is paid."""

    due_on: date


@dataclass(frozen=True, slots=True)
class LoanAccelerated:
    """All principal is due from `due_on`, the day of acceleration."""

    ground: str
    dpd: int
    due_on: date


@dataclass(frozen=True, slots=True)
class LoanCompensationReceived:
    """The fund has paid the bank. The borrower owes as much as before."""

    amount: Money
    claim: str
    after_write_off: bool


@dataclass(frozen=True, slots=True)
class LoanRecoveryApplied:
    """A recovery has reduced the debt."""

    principal: Money
    interest: Money
    fund_part: Money
    recovery: str
    applied_on: date
    off_balance: bool


@dataclass(frozen=True, slots=True)
class LoanPostWriteOffRecovery:
    """Money came in on a loan that is off the books."""

    principal: Money
    interest: Money
    fund_part: Money
    recovery: str


@dataclass(frozen=True, slots=True)
class LoanWrittenOff:
    """Off the books: `amount` = met by compensation kept + loss of the bank."""

    amount: Money
    met_by_compensation: Money
    loss: Money
    interest_reversed: Money
    ground: str
    written_off_on: date


@dataclass(frozen=True, slots=True)
class LoanSettled:
    """Nothing is owed any more; the pledge, if any, is to be cancelled."""

    settled_on: date
    pledge: str
    fund: str


# fmt: off
EVENTS: dict[str, type] = {
    "Loan.Opened":               LoanOpened,
    "Loan.Disbursed":            LoanDisbursed,
    "Loan.UndrawnCancelled":     LoanUndrawnCancelled,
    "Loan.InterestPosted":       LoanInterestPosted,
    "Loan.RepaymentReceived":    LoanRepaymentReceived,
    "Loan.Prepaid":              LoanPrepaid,
    "Loan.PaymentAllocated":     LoanPaymentAllocated,
    "Loan.BecameOverdue":        LoanBecameOverdue,
    "Loan.BucketEntered":        LoanBucketEntered,
    "Loan.Classified":           LoanClassified,
    "Loan.NonAccrualStarted":    LoanNonAccrualStarted,
    "Loan.ArrearsCleared":       LoanArrearsCleared,
    "Loan.Accelerated":          LoanAccelerated,
    "Loan.CompensationReceived": LoanCompensationReceived,
    "Loan.RecoveryApplied":      LoanRecoveryApplied,
    "Loan.PostWriteOffRecovery": LoanPostWriteOffRecovery,
    "Loan.WrittenOff":           LoanWrittenOff,
    "Loan.Settled":              LoanSettled,
}
# fmt: on
