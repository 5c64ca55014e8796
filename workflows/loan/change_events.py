"""What has changed on a living loan: its terms, its class on the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money
from workflows.lending.interest import InterestDue
from workflows.lending.terms import Plan, RepaymentTerms


@dataclass(frozen=True, slots=True)
class LoanDrawn:
    """More was paid out. products: what bore interest before, fen x parts of a year."""

    wire: ClassVar[str] = "Loan.Drawn"
    amount: Money
    drawn_on: date
    balance_after_draw: Money
    entrusted: bool
    products: Decimal
    schedule: Plan
    fund: str = ""
    payee: str = ""
    account: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class LoanExtensionRequested:
    """The borrower asks for more months; the bank answers by `answer_by`."""

    wire: ClassVar[str] = "Loan.ExtensionRequested"
    asked_months: int
    reason: str
    answer_by: date


@dataclass(frozen=True, slots=True)
class LoanChangeAgreed:
    """The fund that covers the loan agrees to a change."""

    wire: ClassVar[str] = "Loan.ChangeAgreed"
    agreed: str


@dataclass(frozen=True, slots=True)
class LoanExtended:
    """Matures later. months: granted now; extended_months: all extensions together."""

    wire: ClassVar[str] = "Loan.Extended"
    months: int
    extended_months: int
    due_on: date
    schedule: Plan
    fund: str
    finding: str


@dataclass(frozen=True, slots=True)
class LoanExtensionRefused:
    """Matures as agreed."""

    wire: ClassVar[str] = "Loan.ExtensionRefused"
    reason: str


@dataclass(frozen=True, slots=True)
class LoanRestructured:
    """Terms changed because the debtor is in difficulty; what was owed falls due anew.

    restructured: how often by now; classification: at least what that demands; overdue: whether it
    was until then.
    """

    wire: ClassVar[str] = "Loan.Restructured"
    restructured: int
    annual_rate: Decimal
    due_on: date
    schedule: Plan
    classification: str
    former: str
    fund: str
    finding: str
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class LoanObservationStarted:
    """Watched from the first due date after a restructuring, or from a default in that time."""

    wire: ClassVar[str] = "Loan.ObservationStarted"
    observed_from: date
    observed_until: date


@dataclass(frozen=True, slots=True)
class LoanObservationEnded:
    """Every instalment in the time of observation was paid."""

    wire: ClassVar[str] = "Loan.ObservationEnded"
    observed_until: date


@dataclass(frozen=True, slots=True)
class LoanRenewed:
    """Repaid by a new loan; the pledge goes on securing that one."""

    wire: ClassVar[str] = "Loan.Renewed"
    renewed_as: str
    principal: Money
    fund: str


@dataclass(frozen=True, slots=True)
class LoanTakenOver:
    """Begun with the principal of the loan that it renews; nothing was paid to the borrower."""

    wire: ClassVar[str] = "Loan.TakenOver"
    renews: str
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
    classification: str
    disbursed_on: date
    due_on: date
    terms: RepaymentTerms
    schedule: Plan
    balance_after_draw: Money


@dataclass(frozen=True, slots=True)
class LoanProbationStarted:
    """Arrears are paid; the class may rise after `probation_until`, if all is paid on time."""

    wire: ClassVar[str] = "Loan.ProbationStarted"
    probation_until: date


@dataclass(frozen=True, slots=True)
class LoanCured:
    """The class was raised by three persons. noted: unpaid interest that stays off balance sheet
    until it is received, where non-accrual ended."""

    wire: ClassVar[str] = "Loan.Cured"
    classification: str
    former: str
    finding: str
    noted: Money


@dataclass(frozen=True, slots=True)
class LoanAlertRaised:
    """A class that concerns the debtor's other loans; `loans`: those that it lowers."""

    wire: ClassVar[str] = "Loan.AlertRaised"
    ground: str
    loans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LoanPaymentReplayed:
    """A payment of an earlier day, and what the loan comes to with it.

    interest, principal: what the payment has extinguished; correction: interest posted since then
    that would have been another (negative: less); the rest: how the loan stands today.
    """

    wire: ClassVar[str] = "Loan.PaymentReplayed"
    amount: Money
    paid_on: date
    interest: Money
    principal: Money
    correction: Money
    off_balance: bool
    outstanding: Money
    interest_due: Money
    unpaid_interest: tuple[InterestDue, ...]
    penalty_due: Money
    interest_from: date
    schedule: Plan


@dataclass(frozen=True, slots=True)
class LoanTechnicalWaived:
    """The arrears were a technical error: no worse class for them."""

    wire: ClassVar[str] = "Loan.TechnicalWaived"
    classification: str
    reason: str
