"""What has happened in a write-off. Amounts are Money, users are ids of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class WriteOffProposed:
    """Proposed on that ground; `amount` is the bank's loss as it stands today."""

    wire: ClassVar[str] = "WriteOff.Proposed"
    loan: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    ground: str
    papers: tuple[str, ...]
    amount: Money
    debt: Money
    proposed_on: date
    proposed_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WriteOffReviewed:
    """The committee is for it."""

    wire: ClassVar[str] = "WriteOff.Reviewed"
    members: tuple[str, ...]
    in_favour: int


@dataclass(frozen=True, slots=True)
class WriteOffReturned:
    """Sent back; it may be proposed again."""

    wire: ClassVar[str] = "WriteOff.Returned"
    reason: str


@dataclass(frozen=True, slots=True)
class WriteOffApproved:
    """By an authorised approver."""

    wire: ClassVar[str] = "WriteOff.Approved"
    decided_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WriteOffBooked:
    """Off the books; the fund is told, and responsibility is found by `answer_by`."""

    wire: ClassVar[str] = "WriteOff.Booked"
    amount: Money
    debt: Money
    compensated: bool
    booked_on: date
    answer_by: date


@dataclass(frozen=True, slots=True)
class WriteOffResponsibilityFound:
    """Who answers for the loss is settled."""

    wire: ClassVar[str] = "WriteOff.ResponsibilityFound"
    finding: str
