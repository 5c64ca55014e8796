"""Commands that change a living loan: drawn again, extended, restructured, renewed, cured."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money
from workflows.lending.terms import RepaymentTerms


@dataclass(frozen=True, slots=True)
class DrawLoan:
    """Pay out more of the approved amount; what is not due yet is planned anew."""

    trigger: ClassVar[str] = "draw"
    loan: str
    amount: Money
    payee: str = ""
    account: str = ""
    contract: str = ""


@dataclass(frozen=True, slots=True)
class AccrueInterest:
    """Book at a month end what the loan has borne and nobody has booked yet."""

    trigger: ClassVar[str] = "accrue"
    loan: str


@dataclass(frozen=True, slots=True)
class RequestExtension:
    """Ask for months beyond maturity; consented: guarantor and pledgor agree in writing."""

    trigger: ClassVar[str] = "request_extension"
    loan: str
    months: int
    reason: str
    consented: bool = True


@dataclass(frozen=True, slots=True)
class AgreeToChange:
    """The fund agrees to a change of a loan it covers: EXTENSION, RESTRUCTURING or RENEWAL."""

    trigger: ClassVar[str] = "agree_to_change"
    loan: str
    change: str


@dataclass(frozen=True, slots=True)
class GrantExtension:
    """Extend as asked; `in_difficulty`: the debtor cannot pay otherwise, so it is restructured."""

    trigger: ClassVar[str] = "grant_extension"
    loan: str
    in_difficulty: bool
    finding: str


@dataclass(frozen=True, slots=True)
class RefuseExtension:
    """Leave the maturity as it is."""

    trigger: ClassVar[str] = "refuse_extension"
    loan: str
    reason: str


@dataclass(frozen=True, slots=True)
class RestructureLoan:
    """Change the terms for a debtor in difficulty: so many months more, at that rate."""

    trigger: ClassVar[str] = "restructure"
    loan: str
    months: int
    annual_rate: Decimal
    finding: str
    consented: bool = True


@dataclass(frozen=True, slots=True)
class RenewLoan:
    """Let a new loan of that id repay this one without money of the firm (无还本续贷).

    lawful: the firm operates lawfully and goes on; consented: the pledgor agrees that the
    registered pledge secures the new loan.
    """

    trigger: ClassVar[str] = "renew"
    loan: str
    renewed_as: str
    term_months: int
    annual_rate: Decimal
    lawful: bool = True
    consented: bool = True


@dataclass(frozen=True, slots=True)
class TakeOverLoan:
    """Begin the new loan with the principal of the one that it renews."""

    trigger: ClassVar[str] = "take_over"
    loan: str
    renews: str
    policy: str
    enterprise: str
    bank: str
    fund: str
    product: str
    application: str
    pledge: str
    principal: Money
    annual_rate: Decimal
    term_months: int
    ip_share: Decimal
    asset_class: str
    classification: str
    terms: RepaymentTerms
    balance_after_draw: Money


@dataclass(frozen=True, slots=True)
class EndObservation:
    """The time after a restructuring is over."""

    trigger: ClassVar[str] = "end_observation"
    loan: str


@dataclass(frozen=True, slots=True)
class UpgradeLoan:
    """Raise the class of a loan that has stood its probation: 初分, then 认定, then 审批."""

    trigger: ClassVar[str] = "upgrade"
    loan: str
    classification: str
    finding: str


@dataclass(frozen=True, slots=True)
class AssessLoan:
    """Class a loan by what days past due do not say; `share`: of the loan, or of all bank debt.

    ground: EXPECTED_LOSS, CREDIT_IMPAIRED, LIQUIDATION, OVERDUE_ELSEWHERE.
    """

    trigger: ClassVar[str] = "assess"
    loan: str
    ground: str
    finding: str
    share: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class LookAtDebtor:
    """See what the class of this loan means for the debtor's other loans."""

    trigger: ClassVar[str] = "look_at_debtor"
    loan: str


@dataclass(frozen=True, slots=True)
class ClassWithDebtor:
    """Give the loan at least the class that its debtor's other loans demand."""

    trigger: ClassVar[str] = "class_with_debtor"
    loan: str
    classification: str
    because_of: str


@dataclass(frozen=True, slots=True)
class BookBackdated:
    """Book a payment that reached the bank on an earlier day, as if it had been booked then."""

    trigger: ClassVar[str] = "book_backdated"
    loan: str
    amount: Money
    paid_on: date


@dataclass(frozen=True, slots=True)
class WaiveTechnical:
    """Say that the arrears came of a technical error: the class is normal again."""

    trigger: ClassVar[str] = "waive_technical"
    loan: str
    reason: str
