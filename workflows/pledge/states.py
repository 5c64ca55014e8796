"""Where the registration of a pledge stands."""

from __future__ import annotations

from enum import Enum


class PledgeState(Enum):
    """Where the registration stands. A change is registered at once and leaves it REGISTERED."""

    PREPARED = "PREPARED"  # contract written
    FILED = "FILED"  # the registry looks at it
    CORRECTION = "CORRECTION"  # sent back with defects
    REGISTERED = "REGISTERED"  # the pledge exists
    CANCELLED = "CANCELLED"  # ended: debt paid or security substituted
    REFUSED = "REFUSED"
    REALISED = "REALISED"  # the rights are sold; the register still names it
    REVOKED = "REVOKED"  # struck afterwards
    WITHDRAWN = "WITHDRAWN"  # never corrected
