"""The filing (备案) of a drawn loan with the fund: its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

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
    amend_by: date | None = None  # a change of the loan is to be told by then
    suspended_on: date | None = None  # it was not: nothing that happens from then on is covered
    account: str = ""  # of the bank, to which compensation is paid


@dataclass(frozen=True, slots=True)
class OpenFiling:
    """Await the bank's filing of a drawn loan."""

    trigger: ClassVar[str] = "open"
    filing: str
    loan: str


@dataclass(frozen=True, slots=True)
class FileLoan:
    """File the loan: contract and pledge certificate are at hand; compensation to `account`."""

    trigger: ClassVar[str] = "file"
    filing: str
    account: str


@dataclass(frozen=True, slots=True)
class MarkFilingLate:
    """The filing window is over."""

    trigger: ClassVar[str] = "fall_late"
    filing: str


@dataclass(frozen=True, slots=True)
class ReturnFiling:
    """Send a filing back for its defects."""

    trigger: ClassVar[str] = "return_filing"
    filing: str
    reason: str


@dataclass(frozen=True, slots=True)
class AcceptFiling:
    """Cover the loan from the day it was drawn."""

    trigger: ClassVar[str] = "accept"
    filing: str


@dataclass(frozen=True, slots=True)
class RejectFiling:
    """Refuse cover for good."""

    trigger: ClassVar[str] = "reject"
    filing: str
    reason: str


@dataclass(frozen=True, slots=True)
class RefuseByBreaker:
    """Tell that a breaker stands against the filing: it may be filed again once that is open."""

    trigger: ClassVar[str] = "refuse_by_breaker"
    filing: str
    breaker: str


@dataclass(frozen=True, slots=True)
class CeaseFiling:
    """End the cover of a settled loan."""

    trigger: ClassVar[str] = "cease"
    filing: str


@dataclass(frozen=True, slots=True)
class AwaitAmendment:
    """The covered loan was extended, restructured or drawn again: the filing is to follow."""

    trigger: ClassVar[str] = "await_amendment"
    filing: str
    change: str


@dataclass(frozen=True, slots=True)
class SuspendCover:
    """Nobody told the fund of the change in time."""

    trigger: ClassVar[str] = "suspend_cover"
    filing: str


@dataclass(frozen=True, slots=True)
class AmendFiling:
    """Tell the fund of the change: the filing has the loan's amount of today."""

    trigger: ClassVar[str] = "amend"
    filing: str
    note: str
