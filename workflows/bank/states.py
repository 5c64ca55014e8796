"""Where a bank stands with the programme."""

from __future__ import annotations

from enum import Enum


class BankState(Enum):
    """Where the agreement with the bank stands."""

    PROPOSED = "PROPOSED"  # offered, not signed
    SIGNED = "SIGNED"  # new business allowed
    SUSPENDED = "SUSPENDED"  # no new business for now
    ENDED = "ENDED"
