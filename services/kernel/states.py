"""States in SQL, named by their members so that no statement spells one by itself."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum


def quoted(states: Iterable[Enum]) -> str:
    """Their names as a list for `IN (..)`: `'PAYABLE', 'PARTIALLY_PAID'`. Never a user's text."""
    return ", ".join(f"'{state.name}'" for state in states)
