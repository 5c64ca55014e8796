"""Recovery (追偿) after compensation: its record and the commands given to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from policies.money import Money


@dataclass(frozen=True, slots=True)
class Recovery:
    """What came back after compensation, and to whom. Its id is the claim's.

    gross = cost + fund_part + bank_part + bank_interest + surplus.
    """

    id: str
    state: str
    claim: str
    loan: str
    bank: str
    fund: str
    enterprise: str
    policy: str
    opened_on: date
    suit_by: date  # the bank should have sued by then
    suit_on: date | None = None
    sources: tuple[str, ...] = ()  # what was booked, so that nothing is booked twice
    gross: Money = Money.ZERO
    cost: Money = Money.ZERO
    fund_part: Money = Money.ZERO
    bank_part: Money = Money.ZERO
    bank_interest: Money = Money.ZERO
    surplus: Money = Money.ZERO  # the pledgor's
    remitted: Money = Money.ZERO
    remit_by: date | None = None
    reason: str = ""

    @property
    def recovery(self) -> str:
        """Its own id."""
        return self.id

    @property
    def to_remit(self) -> Money:
        """The fund's part that the bank still holds."""
        return self.fund_part - self.remitted


@dataclass(frozen=True, slots=True)
class OpenRecovery:
    """Begin to recover a compensated loss."""

    trigger: ClassVar[str] = "open"
    recovery: str
    claim: str
    loan: str


@dataclass(frozen=True, slots=True)
class FileSuit:
    """Sue the borrower."""

    trigger: ClassVar[str] = "file_suit"
    recovery: str


@dataclass(frozen=True, slots=True)
class RecordJudgment:
    """The court has decided for the bank."""

    trigger: ClassVar[str] = "record_judgment"
    recovery: str


@dataclass(frozen=True, slots=True)
class RealisePledge:
    """Sell or assign the pledged rights."""

    trigger: ClassVar[str] = "realise_pledge"
    recovery: str


@dataclass(frozen=True, slots=True)
class AgreeCompromise:
    """Settle with the borrower."""

    trigger: ClassVar[str] = "agree_compromise"
    recovery: str
    terms: str


@dataclass(frozen=True, slots=True)
class BookRecovery:
    """Book money that came in; `source` identifies it, `cost` is what getting it cost."""

    trigger: ClassVar[str] = "book"
    recovery: str
    source: str
    gross: Money
    cost: Money


@dataclass(frozen=True, slots=True)
class RemitRecovery:
    """Remit the fund's part that the bank holds."""

    trigger: ClassVar[str] = "remit"
    recovery: str


@dataclass(frozen=True, slots=True)
class CloseRecovery:
    """Nothing is owed any more."""

    trigger: ClassVar[str] = "close"
    recovery: str


@dataclass(frozen=True, slots=True)
class ConfirmUnrecoverable:
    """Nothing more will come."""

    trigger: ClassVar[str] = "confirm_unrecoverable"
    recovery: str
    reason: str
