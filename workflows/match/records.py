"""A match of one application with the banks that see it: its record and the commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


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

    match: str
    application: str
    enterprise: str
    banks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AssignMatch:
    """Give an application to the bank the firm named, without selection."""

    match: str
    application: str
    enterprise: str
    bank: str


@dataclass(frozen=True, slots=True)
class ExpressInterest:
    """Say that the bank would take it."""

    match: str
    bank: str


@dataclass(frozen=True, slots=True)
class DeclineMatch:
    """Say that the bank would not, and why."""

    match: str
    bank: str
    reason: str


@dataclass(frozen=True, slots=True)
class RebroadcastMatch:
    """Show it once more, and to the banks next in rank, when nobody answered."""

    match: str


@dataclass(frozen=True, slots=True)
class ExpireMatch:
    """End a match that nobody took or from which nobody was chosen."""

    match: str


@dataclass(frozen=True, slots=True)
class ReopenMatch:
    """Show an application again after the administration's follow-up."""

    match: str
    banks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SelectBank:
    """Choose one of the interested banks."""

    match: str
    bank: str


@dataclass(frozen=True, slots=True)
class NoteLead:
    """The selected bank took the lead; follows the application's step."""

    match: str


@dataclass(frozen=True, slots=True)
class LapseLead:
    """Take the selection back from a bank that did not take the lead in time."""

    match: str


@dataclass(frozen=True, slots=True)
class CloseMatch:
    """Close it with the bank's decision on the application."""

    match: str
    outcome: str


@dataclass(frozen=True, slots=True)
class WithdrawMatch:
    """Take it back with the application."""

    match: str


COMMANDS: dict[type[Any], str] = {
    OpenMatch: "open",
    AssignMatch: "assign",
    ExpressInterest: "express_interest",
    DeclineMatch: "decline",
    RebroadcastMatch: "rebroadcast",
    ExpireMatch: "expire",
    ReopenMatch: "reopen",
    SelectBank: "select_bank",
    NoteLead: "note_lead",
    LapseLead: "lapse_lead",
    CloseMatch: "close",
    WithdrawMatch: "withdraw",
}
