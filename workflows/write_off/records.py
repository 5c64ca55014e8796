"""The write-off (核销) of a loan: its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money

BANKRUPTCY_ENDED, ENFORCEMENT_ENDED, DEREGISTERED, SMALL_AND_PURSUED = GROUNDS = (
    "BANKRUPTCY_ENDED",
    "ENFORCEMENT_ENDED",
    "DEREGISTERED",
    "SMALL_AND_PURSUED",
)
"""Grounds of a write-off (ZD-3.13)."""
COLLECTION_REPORT, LEGAL_OPINION, RULING, PURSUIT_RECORD = PAPERS = (
    "COLLECTION_REPORT",  # 清收报告
    "LEGAL_OPINION",  # 法律意见书
    "RULING",
    "PURSUIT_RECORD",
)


@dataclass(frozen=True, slots=True)
class WriteOff:
    """A loan's way off the bank's books. Its id is the loan's.

    amount: what the bank itself loses, after compensation kept and recoveries; debt: principal the
    borrower still owes.
    """

    id: str
    state: str
    loan: str
    bank: str
    fund: str  # told of it; "" where no fund covers the loan
    enterprise: str
    policy: str
    ground: str
    papers: tuple[str, ...]
    amount: Money
    debt: Money
    proposed_on: date
    proposed_by: tuple[str, ...]
    members: tuple[str, ...] = ()  # of the committee that reviewed it
    in_favour: int = 0
    decided_by: tuple[str, ...] = ()
    reason: str = ""
    booked_on: date | None = None
    answer_by: date | None = None  # a finding on responsibility is due by then
    finding: str = ""

    @property
    def write_off(self) -> str:
        """Its own id."""
        return self.id


@dataclass(frozen=True, slots=True)
class ProposeWriteOff:
    """Propose on one of GROUNDS, with codes of PAPERS."""

    trigger: ClassVar[str] = "propose"
    write_off: str
    loan: str
    ground: str
    papers: tuple[str, ...]

    @property
    def recovery(self) -> str:
        """The id of the loan's recovery."""
        return self.loan


@dataclass(frozen=True, slots=True)
class ReviewWriteOff:
    """The committee's vote: who sat, and how many were in favour."""

    trigger: ClassVar[str] = "review"
    write_off: str
    members: tuple[str, ...]
    in_favour: int


@dataclass(frozen=True, slots=True)
class ReturnWriteOff:
    """Send the proposal back."""

    trigger: ClassVar[str] = "return_proposal"
    write_off: str
    reason: str


@dataclass(frozen=True, slots=True)
class ApproveWriteOff:
    """Approve: the loan leaves the books at once."""

    trigger: ClassVar[str] = "approve"
    write_off: str


@dataclass(frozen=True, slots=True)
class BookWriteOff:
    """Take the loan off the books against the allowance."""

    trigger: ClassVar[str] = "book"
    write_off: str


@dataclass(frozen=True, slots=True)
class FindResponsibility:
    """Say who is responsible for the loss, or that nobody is."""

    trigger: ClassVar[str] = "find_responsibility"
    write_off: str
    finding: str
