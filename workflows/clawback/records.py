"""A clawback (追回) of compensation: its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money

BY_BORROWER = ("FORGED_PAPERS", "INELIGIBLE_BORROWER", "FUNDS_DIVERTED")
"""Grounds on which the enterprise is barred too."""
GROUNDS = (*BY_BORROWER, "NOT_DISBURSED", "CONCEALED_MONEY", "DOUBLE_COMPENSATION")


@dataclass(frozen=True, slots=True)
class Clawback:
    """Compensation asked back from a bank. Its id is the claim's.

    Owed: what the fund still bears of the claim, and funding cost on it from the day of payment.
    """

    id: str
    state: str
    claim: str
    loan: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    ground: str
    finding: str
    amount: Money  # what the fund bore when it was opened
    opened_on: date
    paid_on: date  # by the fund: funding cost runs from then
    annual_rate: Decimal = Decimal(0)  # one-year LPR on the day of confirmation
    repay_by: date | None = None
    principal: Money = Money.ZERO  # given back
    interest: Money = Money.ZERO
    ended_on: date | None = None
    reason: str = ""

    @property
    def clawback(self) -> str:
        """Its own id."""
        return self.id


@dataclass(frozen=True, slots=True)
class OpenClawback:
    """Ask compensation back on one of GROUNDS; diligent: the borrower alone cheated."""

    trigger: ClassVar[str] = "open"
    clawback: str
    claim: str
    ground: str
    finding: str
    diligent: bool = False


@dataclass(frozen=True, slots=True)
class DismissClawback:
    """Let the compensation stand."""

    trigger: ClassVar[str] = "dismiss"
    clawback: str
    reason: str


@dataclass(frozen=True, slots=True)
class ConfirmClawback:
    """Order it."""

    trigger: ClassVar[str] = "confirm"
    clawback: str


@dataclass(frozen=True, slots=True)
class DemandClawback:
    """Demand it of the bank."""

    trigger: ClassVar[str] = "demand"
    clawback: str


@dataclass(frozen=True, slots=True)
class PassClawbackDeadline:
    """The bank has not repaid in time."""

    trigger: ClassVar[str] = "fall_overdue"
    clawback: str


@dataclass(frozen=True, slots=True)
class RepayClawback:
    """Give back what the fund bears, with funding cost to today."""

    trigger: ClassVar[str] = "repay"
    clawback: str


@dataclass(frozen=True, slots=True)
class OffsetClawback:
    """Set it off against what the fund owes the bank on another claim."""

    trigger: ClassVar[str] = "offset"
    clawback: str
    against: str


@dataclass(frozen=True, slots=True)
class ReferClawback:
    """Refer it to an authority; the bank's agreement is suspended."""

    trigger: ClassVar[str] = "refer"
    clawback: str
    authority: str
