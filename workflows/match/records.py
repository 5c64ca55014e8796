"""A match of one application with the banks that see it: its record and the commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Match:
    """A match; its id is the application's. `banks` see it, `offered` are interested.

    lost: banks that declined or let the lead lapse; rounds: how often it was broadcast; due_by:
    last day of whoever acts next.
    """

    id: str
    state: str
    policy: str
    application: str
    enterprise: str
    banks: tuple[str, ...]
    offered: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    bank: str | None = None
    rounds: int = 1
    due_by: date | None = None
    outcome: str = ""

    @property
    def match(self) -> str:
        """Its own id."""
        return self.id


@dataclass(frozen=True, slots=True)
class OpenMatch:
    """Show an application to these banks, best first."""

    trigger: ClassVar[str] = "open"
    match: str
    application: str
    enterprise: str
    banks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignMatch:
    """Give an application to the bank the firm named, without selection."""

    trigger: ClassVar[str] = "assign"
    match: str
    application: str
    enterprise: str
    bank: str


@dataclass(frozen=True, slots=True)
class ExpressInterest:
    """Say that the bank would take it."""

    trigger: ClassVar[str] = "express_interest"
    match: str
    bank: str


@dataclass(frozen=True, slots=True)
class DeclineMatch:
    """Say that the bank would not, and why."""

    trigger: ClassVar[str] = "decline"
    match: str
    bank: str
    reason: str


@dataclass(frozen=True, slots=True)
class RebroadcastMatch:
    """Show it once more, and to the banks next in rank, when nobody answered."""

    trigger: ClassVar[str] = "rebroadcast"
    match: str


@dataclass(frozen=True, slots=True)
class ExpireMatch:
    """End a match that nobody took or from which nobody was chosen."""

    trigger: ClassVar[str] = "expire"
    match: str


@dataclass(frozen=True, slots=True)
class ReopenMatch:
    """Show an application again after the administration's follow-up."""

    trigger: ClassVar[str] = "reopen"
    match: str
    banks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelectBank:
    """Choose one of the interested banks."""

    trigger: ClassVar[str] = "select_bank"
    match: str
    bank: str


@dataclass(frozen=True, slots=True)
class NoteLead:
    """The selected bank took the lead; follows the application's step."""

    trigger: ClassVar[str] = "note_lead"
    match: str


@dataclass(frozen=True, slots=True)
class LapseLead:
    """Take the selection back from a bank that did not take the lead in time."""

    trigger: ClassVar[str] = "lapse_lead"
    match: str


@dataclass(frozen=True, slots=True)
class CloseMatch:
    """Close it with the bank's decision on the application."""

    trigger: ClassVar[str] = "close"
    match: str
    outcome: str


@dataclass(frozen=True, slots=True)
class WithdrawMatch:
    """Take it back with the application."""

    trigger: ClassVar[str] = "withdraw"
    match: str
