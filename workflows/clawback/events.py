"""What has happened to a clawback. Amounts are Money."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class ClawbackOpened:
    """Asked back on that ground."""

    wire: ClassVar[str] = "Clawback.Opened"
    claim: str
    loan: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    ground: str
    finding: str
    amount: Money
    opened_on: date
    paid_on: date


@dataclass(frozen=True, slots=True)
class ClawbackDismissed:
    """The compensation stands."""

    wire: ClassVar[str] = "Clawback.Dismissed"
    reason: str


@dataclass(frozen=True, slots=True)
class ClawbackConfirmed:
    """Ordered; `barred`: the enterprise is to be barred too."""

    wire: ClassVar[str] = "Clawback.Confirmed"
    enterprise: str
    fund: str
    ground: str
    annual_rate: Decimal
    barred: bool


@dataclass(frozen=True, slots=True)
class ClawbackDemanded:
    """The bank repays by then."""

    wire: ClassVar[str] = "Clawback.Demanded"
    principal: Money
    repay_by: date


@dataclass(frozen=True, slots=True)
class ClawbackOverdue:
    """Not repaid in time: it is offset, or referred."""

    wire: ClassVar[str] = "Clawback.Overdue"
    repay_by: date


@dataclass(frozen=True, slots=True)
class ClawbackRepaid:
    """The fund has it back, with funding cost."""

    wire: ClassVar[str] = "Clawback.Repaid"
    principal: Money
    interest: Money
    ended_on: date


@dataclass(frozen=True, slots=True)
class ClawbackOffset:
    """Withheld from another claim of the bank."""

    wire: ClassVar[str] = "Clawback.OffsetAgainstNextClaim"
    principal: Money
    interest: Money
    against: str
    ended_on: date


@dataclass(frozen=True, slots=True)
class ClawbackReferred:
    """With an authority; the bank takes no further part in the programme."""

    wire: ClassVar[str] = "Clawback.ReferredToAuthority"
    bank: str
    authority: str
