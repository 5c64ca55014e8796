"""What the guards of a pledge are told of the application it secures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SecuredApplication:
    """The application as it stands; signed: its loan contract is, and no loan was opened yet."""

    state: str
    signed: bool
    bank: str | None
    assets: tuple[str, ...]
