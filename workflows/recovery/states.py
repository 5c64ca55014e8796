"""How far the pursuit of a loan in default has come."""

from __future__ import annotations

from enum import Enum


class RecoveryState(Enum):
    """How far the pursuit has come."""

    OPEN = "OPEN"
    LITIGATION = "LITIGATION"  # suit filed
    ENFORCEMENT = "ENFORCEMENT"  # judgment obtained
    ASSET_DISPOSAL = "ASSET_DISPOSAL"  # the pledge is being realised
    SETTLEMENT_AGREED = "SETTLEMENT_AGREED"
    DISCONTINUED = "DISCONTINUED"  # the arrears are paid; opens again with the next default
    FULLY_RECOVERED = "FULLY_RECOVERED"
    UNRECOVERABLE = "UNRECOVERABLE"  # kept on file: money may still come


GIVEN_UP_OR_DONE = (
    RecoveryState.DISCONTINUED,
    RecoveryState.FULLY_RECOVERED,
    RecoveryState.UNRECOVERABLE,
)
"""Nobody pursues the borrower any more."""
