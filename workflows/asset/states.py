"""Where an IP right stands as security."""

from __future__ import annotations

from enum import Enum


class AssetState(Enum):
    """Where an IP right stands as security."""

    DECLARED = "DECLARED"  # the firm says so
    VERIFIED = "VERIFIED"  # the registry's feed agrees
    APPRAISED = "APPRAISED"  # has a value
    ENCUMBERED = "ENCUMBERED"  # a registered pledge rests on it
    RELEASED = "RELEASED"  # the pledge ended; may be verified anew
    LAPSING = "LAPSING"  # annual fee missed, grace runs
    LAPSED = "LAPSED"  # ended for want of the fee
    INVALIDATED = "INVALIDATED"  # counts as never granted
    DISPUTED = "DISPUTED"  # procedures suspended by court or registry
    TRANSFERRED = "TRANSFERRED"  # another owner's, with the pledgee's consent
    DISPOSED = "DISPOSED"  # realised for the debt


# Verified and not pledged: such a right may secure a loan.
FREE = frozenset((AssetState.VERIFIED.name, AssetState.APPRAISED.name))

# The right may be declared anew (ZD-3.3.1.1); in every other state it is live.
FREE_AGAIN = (
    AssetState.RELEASED,
    AssetState.INVALIDATED,
    AssetState.TRANSFERRED,
    AssetState.DISPOSED,
)
# A right that is worth nothing as security any more, or cannot be realised for now.
WORTHLESS = frozenset(
    state.name
    for state in (
        AssetState.LAPSED,
        AssetState.INVALIDATED,
        AssetState.DISPUTED,
        AssetState.TRANSFERRED,
        AssetState.DISPOSED,
    )
)
