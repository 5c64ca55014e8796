"""What can have happened against the separation of persons, as it is stored and sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class SecurityPairRefused:
    """Two persons were refused an act between them, or one what an earlier step forbids them."""

    wire: ClassVar[str] = "Security.PairRefused"
    policy: str
    stream: str
    act: str
    code: str
    against: str
    users: tuple[str, ...]
    roles: tuple[str, ...]
    organisations: tuple[str, ...]
    noted_on: date
