"""A loan as it stands, and the commands given to it.

Amounts are Money, rates fractions a year, `*_on` days; what can be derived from dates (days past
due, interest since the last posting) is not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money
from workflows.lending.interest import InterestDue
from workflows.lending.overdue import CURRENT, NORMAL
from workflows.lending.terms import AT_MATURITY, Plan, RepaymentTerms

PLATFORM_LOAN, BOARDED = "PLATFORM", "BOARDED"
NON_RETAIL, RETAIL_SMALL = "NON_RETAIL", "RETAIL_SMALL"


@dataclass(frozen=True, slots=True)
class Loan:
    """What one borrower owes one bank, drawn once or several times, covered by one fund or none.

    disbursed = repaid principal + recovered + written_off + forgiven + outstanding, always.
    schedule: what falls due when, past instalments included; a payment fills the oldest first.
    """

    id: str
    state: str
    enterprise: str
    bank: str
    fund: str
    policy: str
    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal  # part of the loan secured by IP
    product: str = ""
    application: str = ""
    pledge: str = ""
    asset_class: str = NON_RETAIL
    origin: str = PLATFORM_LOAN
    draw_by: date | None = None
    disbursed: Money = Money.ZERO
    disbursed_on: date | None = None
    due_on: date | None = None
    terms: RepaymentTerms = AT_MATURITY
    schedule: Plan = ()
    balance_after_draw: Money = Money.ZERO  # borrower's programme balance: decides the tier
    outstanding: Money = Money.ZERO
    interest_from: date | None = None  # interest is posted up to this day
    counted_from: date | None = None  # the balance bears interest as it is from this day
    products: Decimal = Decimal(0)  # fen x parts of a year borne before that, and not posted
    interest_due: Money = Money.ZERO  # posted and unpaid, of every kind
    unpaid_interest: tuple[InterestDue, ...] = ()  # the part of it from the term: compounds
    penalty_due: Money = Money.ZERO  # the part of it on overdue principal
    accrued: Money = Money.ZERO  # booked since the last posting, at month ends
    accrued_on: date | None = None  # interest is booked up to this day; None: never at month ends
    overdue_since: date | None = None  # due date of the oldest instalment or interest unpaid
    bucket: str = CURRENT
    classification: str = NORMAL
    non_accrual: bool = False
    noted: Money = Money.ZERO  # unpaid interest off balance sheet after non-accrual has ended
    asked_months: int = 0  # extension asked for, unanswered
    agreed: str = ""  # change to which the fund has agreed
    extended_months: int = 0  # all extensions together
    restructured: int = 0  # times
    observed_from: date | None = None  # restructured: first due date after it, or a later default
    observed_until: date | None = None
    probation_until: date | None = None  # arrears paid: on time until then
    renewed_as: str = ""
    renews: str = ""
    compensated: Money = Money.ZERO  # received from the fund
    returned_to_fund: Money = Money.ZERO  # its part of the recoveries
    recovered: Money = Money.ZERO  # principal, before write-off
    written_off: Money = Money.ZERO
    written_off_on: date | None = None
    late_recovered: Money = Money.ZERO  # after write-off
    forgiven: Money = Money.ZERO  # principal, by a compromise that was kept
    provision: Money = Money.ZERO  # impairment allowance
    settled_on: date | None = None
    shortfall: Money = Money.ZERO  # by which its security falls short of the part it is for
    shortfall_by: date | None = None  # last day to make that good
    breached_on: date | None = None  # it was not made good
    inspections: int = 0  # the first looks at the use of the money
    inspected_on: date | None = None
    inspect_by: date | None = None  # last day of the next
    diverted_on: date | None = None  # the money was used for something else

    @property
    def loan(self) -> str:
        """Its own id, by which the nouns that follow it name it."""
        return self.id

    @property
    def unrecovered(self) -> Money:
        """Principal not repaid nor recovered, written off or not."""
        return self.outstanding + self.written_off + self.forgiven - self.late_recovered


@dataclass(frozen=True, slots=True)
class OpenLoan:
    """Open a signed loan for drawing; a boarded one has no product, application or pledge."""

    trigger: ClassVar[str] = "open"
    loan: str
    enterprise: str
    bank: str
    fund: str
    approved_amount: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal
    case: str = ""
    product: str = ""
    application: str = ""
    pledge: str = ""
    asset_class: str = NON_RETAIL
    origin: str = PLATFORM_LOAN


@dataclass(frozen=True, slots=True)
class DisburseLoan:
    """Pay the loan out: to the payee, on its account under that contract, else to the borrower."""

    trigger: ClassVar[str] = "disburse"
    loan: str
    amount: Money
    payee: str = ""
    account: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class CancelUndrawn:
    """Give up an approved loan that was not drawn."""

    trigger: ClassVar[str] = "cancel_undrawn"
    loan: str
    reason: str


@dataclass(frozen=True, slots=True)
class PostInterest:
    """Round and book what the loan has borne until that day."""

    trigger: ClassVar[str] = "post_interest"
    loan: str
    until: date


@dataclass(frozen=True, slots=True)
class RepayLoan:
    """Pay on the loan; the policy's order says which debt is paid first."""

    trigger: ClassVar[str] = "repay"
    loan: str
    amount: Money


@dataclass(frozen=True, slots=True)
class PrepayLoan:
    """Pay before maturity, announced to the bank on `notified_on`."""

    trigger: ClassVar[str] = "prepay"
    loan: str
    amount: Money
    notified_on: date


@dataclass(frozen=True, slots=True)
class MarkOverdue:
    """Carry the loan as overdue from the day after its due date."""

    trigger: ClassVar[str] = "fall_overdue"
    loan: str


@dataclass(frozen=True, slots=True)
class EnterBucket:
    """Move the loan to the bucket of its days past due."""

    trigger: ClassVar[str] = "enter_bucket"
    loan: str


@dataclass(frozen=True, slots=True)
class ClassifyLoan:
    """Give the loan at least the class its days past due demand."""

    trigger: ClassVar[str] = "classify"
    loan: str


@dataclass(frozen=True, slots=True)
class DowngradeLoan:
    """Give the loan a worse class for other reasons than days past due."""

    trigger: ClassVar[str] = "downgrade"
    loan: str
    classification: str
    ground: str


@dataclass(frozen=True, slots=True)
class StartNonAccrual:
    """Take unpaid interest off the balance sheet; the debtor still owes it."""

    trigger: ClassVar[str] = "start_non_accrual"
    loan: str


@dataclass(frozen=True, slots=True)
class ClearArrears:
    """Carry the loan as current again."""

    trigger: ClassVar[str] = "clear_arrears"
    loan: str


@dataclass(frozen=True, slots=True)
class AccelerateLoan:
    """Call in principal that is not yet due; `breach` names a broken covenant, if any."""

    trigger: ClassVar[str] = "accelerate"
    loan: str
    breach: str = ""


@dataclass(frozen=True, slots=True)
class ReceiveCompensation:
    """Take in what the fund has paid on the claim; the borrower's debt stays as it is."""

    trigger: ClassVar[str] = "receive_compensation"
    loan: str
    claim: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ReturnCompensation:
    """Give compensation back to the fund."""

    trigger: ClassVar[str] = "return_compensation"
    loan: str
    claim: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ApplyRecovery:
    """Set a recovery against the debt. fund_part: the part of the principal that is the fund's."""

    trigger: ClassVar[str] = "apply_recovery"
    loan: str
    recovery: str
    principal: Money
    interest: Money
    fund_part: Money


@dataclass(frozen=True, slots=True)
class RecordLateRecovery:
    """Take in a recovery on a loan that was written off."""

    trigger: ClassVar[str] = "record_late_recovery"
    loan: str
    recovery: str
    principal: Money
    interest: Money
    fund_part: Money


@dataclass(frozen=True, slots=True)
class ForgiveDebt:
    """Let go of what a compromise that was kept leaves unpaid."""

    trigger: ClassVar[str] = "forgive_debt"
    loan: str


@dataclass(frozen=True, slots=True)
class WriteOffLoan:
    """Take the unpaid rest off the books; follows an approved write-off (ZD-3.13)."""

    trigger: ClassVar[str] = "write_off"
    loan: str
    ground: str


@dataclass(frozen=True, slots=True)
class SettleLoan:
    """Close a loan on which nothing is owed any more; by_recovery: a recovery brought the rest."""

    trigger: ClassVar[str] = "settle"
    loan: str
    by_recovery: bool = False
