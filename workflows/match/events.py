"""What can have happened to a match, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class MatchOpened:
    """The banks answer by `due_by`, inclusive; `again`: it is shown once more if none does."""

    policy: str
    application: str
    enterprise: str
    banks: tuple[str, ...]
    again: bool
    due_by: date


@dataclass(frozen=True, slots=True)
class MatchAssigned:
    """The firm named the bank; it takes the lead by `due_by`, inclusive."""

    policy: str
    application: str
    enterprise: str
    banks: tuple[str, ...]
    bank: str
    due_by: date


@dataclass(frozen=True, slots=True)
class MatchInterestExpressed:
    """A bank would take it; the firm chooses by `due_by`, inclusive."""

    interested: str
    offered: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class MatchDeclined:
    """A bank would not take it."""

    declined: str
    reason: str
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatchReBroadcast:
    """Shown again; the banks answer by `due_by`, inclusive."""

    banks: tuple[str, ...]
    rounds: int
    again: bool
    due_by: date


@dataclass(frozen=True, slots=True)
class MatchExpired:
    """No bank came of it; the administration follows up."""

    application: str
    enterprise: str


@dataclass(frozen=True, slots=True)
class MatchReopened:
    """Shown again after the follow-up; the banks answer by `due_by`, inclusive."""

    banks: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class MatchBankSelected:
    """The firm chose; the others lost. The bank takes the lead by `due_by`, inclusive."""

    bank: str
    lost: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class MatchLeadTaken:
    """The selected bank looks into the application."""

    bank: str


@dataclass(frozen=True, slots=True)
class MatchLeadLapsed:
    """The selected bank did not act; the others answer by `due_by`, inclusive."""

    lapsed: str
    banks: tuple[str, ...]
    lost: tuple[str, ...]
    due_by: date


@dataclass(frozen=True, slots=True)
class MatchClosed:
    """The bank decided."""

    outcome: str


@dataclass(frozen=True, slots=True)
class MatchWithdrawn:
    """The application was withdrawn."""

    application: str


EVENTS: dict[str, type[Any]] = {
    "Match.Opened": MatchOpened,
    "Match.Assigned": MatchAssigned,
    "Match.InterestExpressed": MatchInterestExpressed,
    "Match.Declined": MatchDeclined,
    "Match.ReBroadcast": MatchReBroadcast,
    "Match.Expired": MatchExpired,
    "Match.Reopened": MatchReopened,
    "Match.BankSelected": MatchBankSelected,
    "Match.LeadTaken": MatchLeadTaken,
    "Match.LeadLapsed": MatchLeadLapsed,
    "Match.Closed": MatchClosed,
    "Match.Withdrawn": MatchWithdrawn,
}
