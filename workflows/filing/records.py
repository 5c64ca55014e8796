"""The filing (备案) of a drawn loan with the fund: its record, commands and events."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Filing:
    """Whether the fund covers a loan. Its id is the loan's. `*_by` days are last days."""

    id: str
    state: str
    loan: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    amount: Money  # as drawn
    drawn_on: date
    file_by: date
    late: bool = False  # filed after the window: no cover for what came before acceptance
    filed_on: date | None = None
    accepted_on: date | None = None
    accepted_by: tuple[str, ...] = ()  # users, so that others review a claim
    returns: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class OpenFiling:
    """Await the bank's filing of a drawn loan."""

    filing: str
    loan: str


@dataclass(frozen=True, slots=True)
class FileLoan:
    """File the loan: contract and pledge certificate are at hand."""

    filing: str


@dataclass(frozen=True, slots=True)
class MarkFilingLate:
    """The filing window is over."""

    filing: str


@dataclass(frozen=True, slots=True)
class ReturnFiling:
    """Send a filing back for its defects."""

    filing: str
    reason: str


@dataclass(frozen=True, slots=True)
class AcceptFiling:
    """Cover the loan from the day it was drawn."""

    filing: str


@dataclass(frozen=True, slots=True)
class RejectFiling:
    """Refuse cover for good."""

    filing: str
    reason: str


@dataclass(frozen=True, slots=True)
class CeaseFiling:
    """End the cover of a settled loan."""

    filing: str


@dataclass(frozen=True, slots=True)
class FilingOpened:
    """The bank may file until `file_by`."""

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

    filed_on: date
    late: bool
    answer_by: date


@dataclass(frozen=True, slots=True)
class FilingLate:
    """The window is over; filing stays possible with less cover."""

    file_by: date


@dataclass(frozen=True, slots=True)
class FilingReturned:
    """The fund manager found defects; the bank may file again until `file_by`."""

    reason: str
    returns: int
    file_by: date


@dataclass(frozen=True, slots=True)
class FilingAccepted:
    """Covered: from the day drawn, or where filed late from acceptance.

    warnings: BREAKER_WARNED, FUND_LOW, where the book stood so on that day.
    """

    amount: Money
    cover_from: date
    accepted_on: date
    accepted_by: tuple[str, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FilingRejected:
    """Not covered."""

    reason: str


@dataclass(frozen=True, slots=True)
class FilingCeased:
    """The loan is settled; nothing is left to cover."""

    loan: str


# fmt: off
COMMANDS: dict[type, str] = {
    OpenFiling:     "open",
    FileLoan:       "file",
    MarkFilingLate: "fall_late",
    ReturnFiling:   "return_filing",
    AcceptFiling:   "accept",
    RejectFiling:   "reject",
    CeaseFiling:    "cease",
}
EVENTS: dict[str, type] = {
    "Filing.Opened":    FilingOpened,
    "Filing.Submitted": FilingSubmitted,
    "Filing.Late":      FilingLate,
    "Filing.Returned":  FilingReturned,
    "Filing.Accepted":  FilingAccepted,
    "Filing.Rejected":  FilingRejected,
    "Filing.Ceased":    FilingCeased,
}
# fmt: on
