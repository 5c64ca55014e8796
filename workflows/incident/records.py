"""A refused pair as auditors read it: its record and the command that notes it. ZD-2.3."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Incident:
    """Persons who tried together what they may not, the maker first, who was refused last.

    stream: the row it was about; code: of the refusal; against: its actual value.
    """

    id: str
    state: str
    policy: str
    stream: str
    act: str
    code: str
    against: str
    users: tuple[str, ...]
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    noted_on: date


@dataclass(frozen=True, slots=True)
class NotePairRefused:
    """Note that these persons were refused an act between them."""

    trigger: ClassVar[str] = "note_pair_refused"
    incident: str
    policy: str
    stream: str
    act: str
    code: str
    against: str
    users: tuple[str, ...]
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
