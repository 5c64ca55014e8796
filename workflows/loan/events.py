"""What has happened to a loan. Amounts are Money; each event holds what its row's change needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money
from workflows.lending.terms import AT_MATURITY, Plan, RepaymentTerms


@dataclass(frozen=True, slots=True)
class LoanOpened:
    """Signed and ready to be drawn until `draw_by`."""

    wire: ClassVar[str] = "Loan.Opened"
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
    terms: RepaymentTerms = AT_MATURITY


@dataclass(frozen=True, slots=True)
class LoanDisbursed:
    """Paid out; interest runs from this day. fund: who covers it, "" for nobody."""

    wire: ClassVar[str] = "Loan.Disbursed"
    amount: Money
    disbursed_on: date
    due_on: date
    balance_after_draw: Money
    fund: str
    entrusted: bool
    schedule: Plan = ()
    payee: str = ""
    account: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class LoanUndrawnCancelled:
    """Given up before it was drawn."""

    wire: ClassVar[str] = "Loan.UndrawnCancelled"
    reason: str


@dataclass(frozen=True, slots=True)
class LoanInterestPosted:
    """Interest until `until`, rounded and booked; off_balance: as a memorandum only.

    due_on: when the interest of the term falls due (None: at maturity); accrued: the part of it
    that was booked at month ends.
    """

    wire: ClassVar[str] = "Loan.InterestPosted"
    amount: Money
    until: date
    in_term: Money
    penalty: Money
    compound: Money
    off_balance: bool
    due_on: date | None = None
    accrued: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class LoanInterestAccrued:
    """Booked at a month end: accrued to that day, rounded, less booked so far; nothing is due."""

    wire: ClassVar[str] = "Loan.InterestAccrued"
    amount: Money
    until: date
    off_balance: bool


@dataclass(frozen=True, slots=True)
class LoanRepaymentReceived:
    """The borrower paid; how it is spread stands in Loan.PaymentAllocated."""

    wire: ClassVar[str] = "Loan.RepaymentReceived"
    amount: Money


@dataclass(frozen=True, slots=True)
class LoanPrepaid:
    """The borrower paid ahead of maturity."""

    wire: ClassVar[str] = "Loan.Prepaid"
    amount: Money
    notified_on: date


@dataclass(frozen=True, slots=True)
class LoanPaymentAllocated:
    """The debts a payment has extinguished, in the policy's order.

    schedule: what is left of the plan, where principal was paid before it was due; noted: the part
    of the interest that was off balance sheet.
    """

    wire: ClassVar[str] = "Loan.PaymentAllocated"
    amount: Money
    cost: Money
    interest: Money
    principal: Money
    order: str
    allocated_on: date
    off_balance: bool
    schedule: Plan | None = None
    noted: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class LoanBecameOverdue:
    """Something due was not paid; days past due count from `overdue_since`, which is day 0."""

    wire: ClassVar[str] = "Loan.BecameOverdue"
    overdue_since: date
    dpd: int
    next_bucket_on: date | None


@dataclass(frozen=True, slots=True)
class LoanArrearsReduced:
    """The oldest arrears are paid, later ones are not: days past due count from a later day."""

    wire: ClassVar[str] = "Loan.ArrearsReduced"
    overdue_since: date
    dpd: int
    next_bucket_on: date | None


@dataclass(frozen=True, slots=True)
class LoanBucketEntered:
    """Days past due have reached a bucket."""

    wire: ClassVar[str] = "Loan.BucketEntered"
    bucket: str
    dpd: int
    next_bucket_on: date | None


@dataclass(frozen=True, slots=True)
class LoanClassified:
    """The five-class grade changed."""

    wire: ClassVar[str] = "Loan.Classified"
    classification: str
    former: str
    dpd: int
    ground: str
    asset_class: str = ""


@dataclass(frozen=True, slots=True)
class LoanNonAccrualStarted:
    """Unpaid booked interest (`amount`) went off balance sheet, and later interest will."""

    wire: ClassVar[str] = "Loan.NonAccrualStarted"
    amount: Money
    dpd: int


@dataclass(frozen=True, slots=True)
class LoanArrearsCleared:
    """All that was due is paid; `due_on` is what falls due next."""

    wire: ClassVar[str] = "Loan.ArrearsCleared"
    due_on: date


@dataclass(frozen=True, slots=True)
class LoanAccelerated:
    """All principal is due from `due_on`, the day of acceleration; so is all interest."""

    wire: ClassVar[str] = "Loan.Accelerated"
    ground: str
    dpd: int
    due_on: date
    next_bucket_on: date | None = None


@dataclass(frozen=True, slots=True)
class LoanCompensationReceived:
    """The fund has paid the bank. The borrower owes as much as before."""

    wire: ClassVar[str] = "Loan.CompensationReceived"
    amount: Money
    claim: str
    after_write_off: bool


@dataclass(frozen=True, slots=True)
class LoanCompensationReturned:
    """The bank has given compensation back to the fund: too much was paid, or wrongly."""

    wire: ClassVar[str] = "Loan.CompensationReturned"
    amount: Money
    claim: str
    off_books: bool


@dataclass(frozen=True, slots=True)
class LoanProvisioned:
    """The impairment allowance moved by `amount` to `provision`, as the class demands."""

    wire: ClassVar[str] = "Loan.Provisioned"
    amount: Money
    provision: Money
    classification: str


@dataclass(frozen=True, slots=True)
class LoanRecoveryApplied:
    """A recovery has reduced the debt."""

    wire: ClassVar[str] = "Loan.RecoveryApplied"
    principal: Money
    interest: Money
    fund_part: Money
    recovery: str
    applied_on: date
    off_balance: bool


@dataclass(frozen=True, slots=True)
class LoanPostWriteOffRecovery:
    """Money came in on a loan that is off the books."""

    wire: ClassVar[str] = "Loan.PostWriteOffRecovery"
    principal: Money
    interest: Money
    fund_part: Money
    recovery: str


@dataclass(frozen=True, slots=True)
class LoanDebtForgiven:
    """A compromise was kept: the rest of the debt is gone.

    on_books: principal the bank still carried, met by compensation or lost; 0 where it was
    written off before.
    """

    wire: ClassVar[str] = "Loan.DebtForgiven"
    principal: Money
    interest: Money
    on_books: Money
    met_by_compensation: Money
    off_balance: bool


@dataclass(frozen=True, slots=True)
class LoanWrittenOff:
    """Off the books: `amount` = met by compensation kept + loss of the bank."""

    wire: ClassVar[str] = "Loan.WrittenOff"
    amount: Money
    met_by_compensation: Money
    loss: Money
    interest_reversed: Money
    ground: str
    written_off_on: date


@dataclass(frozen=True, slots=True)
class LoanSettled:
    """Nothing is owed any more; the pledge, if any, is to be cancelled.

    pursued: the borrower paid while a recovery was open; compensated: a fund had paid.
    """

    wire: ClassVar[str] = "Loan.Settled"
    settled_on: date
    pledge: str
    fund: str
    pursued: bool = False
    compensated: bool = False
