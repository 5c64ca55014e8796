"""How far the pursuit of a compensated loss has come."""

from __future__ import annotations

from enum import Enum


class RecoveryState(Enum):
    """How far the pursuit has come."""

    OPEN = "OPEN"
    LITIGATION = "LITIGATION"  # suit filed
    ENFORCEMENT = "ENFORCEMENT"  # judgment obtained
    ASSET_DISPOSAL = "ASSET_DISPOSAL"  # the pledge is being realised
    SETTLEMENT_AGREED = "SETTLEMENT_AGREED"
    FULLY_RECOVERED = "FULLY_RECOVERED"
    UNRECOVERABLE = "UNRECOVERABLE"  # kept on file: money may still come


GIVEN_UP_OR_DONE = (RecoveryState.FULLY_RECOVERED, RecoveryState.UNRECOVERABLE)
"""Nobody pursues the borrower any more."""
