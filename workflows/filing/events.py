"""What has happened to a filing. Amounts are Money, users are ids of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class FilingOpened:
    """The bank may file until `file_by`."""

    wire: ClassVar[str] = "Filing.Opened"
    loan: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    amount: Money
    drawn_on: date
    file_by: date


@dataclass(frozen=True, slots=True)
class FilingSubmitted:
    """The bank has filed; the fund manager answers by `answer_by`."""

    wire: ClassVar[str] = "Filing.Submitted"
    filed_on: date
    late: bool
    answer_by: date
    account: str = ""


@dataclass(frozen=True, slots=True)
class FilingLate:
    """The window is over; filing stays possible with less cover."""

    wire: ClassVar[str] = "Filing.Late"
    file_by: date


@dataclass(frozen=True, slots=True)
class FilingReturned:
    """The fund manager found defects; the bank may file again until `file_by`."""

    wire: ClassVar[str] = "Filing.Returned"
    reason: str
    returns: int
    file_by: date


@dataclass(frozen=True, slots=True)
class FilingAccepted:
    """Covered: from the day drawn, or where filed late from acceptance.

    warnings: BREAKER_WARNED, FUND_LOW, where the book stood so on that day.
    """

    wire: ClassVar[str] = "Filing.Accepted"
    amount: Money
    cover_from: date
    accepted_on: date
    accepted_by: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilingRejected:
    """Not covered."""

    wire: ClassVar[str] = "Filing.Rejected"
    reason: str


@dataclass(frozen=True, slots=True)
class FilingRefusedByBreaker:
    """A breaker stands against it; what is covered stays covered."""

    wire: ClassVar[str] = "Filing.RefusedByBreaker"
    breaker: str


@dataclass(frozen=True, slots=True)
class FilingCeased:
    """The loan is settled; nothing is left to cover."""

    wire: ClassVar[str] = "Filing.Ceased"
    loan: str


@dataclass(frozen=True, slots=True)
class FilingAmendmentAwaited:
    """The loan has changed; the bank amends the filing until `amend_by`."""

    wire: ClassVar[str] = "Filing.AmendmentAwaited"
    change: str
    amend_by: date


@dataclass(frozen=True, slots=True)
class FilingCoverSuspended:
    """Not amended in time: what happens from `suspended_on` on is not covered."""

    wire: ClassVar[str] = "Filing.CoverSuspended"
    suspended_on: date


@dataclass(frozen=True, slots=True)
class FilingAmended:
    """The fund knows the loan as it stands; cover goes on, or begins again."""

    wire: ClassVar[str] = "Filing.Amended"
    amount: Money
    amended_on: date
    note: str
    resumed: bool
