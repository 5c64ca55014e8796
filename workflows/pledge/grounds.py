"""The registry's grounds for refusing a pledge, and which the parties may set aside. S39."""

from __future__ import annotations

from enum import Enum


class Ground(Enum):
    """The twelve grounds on which registration is refused (PUBLIC S39)."""

    NOT_RECORDED_OWNER = "NOT_RECORDED_OWNER"
    RIGHT_TERMINATED_OR_VOID = "RIGHT_TERMINATED_OR_VOID"
    NOT_YET_GRANTED = "NOT_YET_GRANTED"
    ANNUAL_FEE_UNPAID = "ANNUAL_FEE_UNPAID"
    PROCEDURES_SUSPENDED = "PROCEDURES_SUSPENDED"
    DEBT_TERM_BEYOND_RIGHT_TERM = "DEBT_TERM_BEYOND_RIGHT_TERM"
    CONTRACT_NONCOMPLIANT = "CONTRACT_NONCOMPLIANT"
    COOWNER_CONSENT_MISSING = "COOWNER_CONSENT_MISSING"
    ALREADY_PLEDGED = "ALREADY_PLEDGED"
    SAME_DAY_INVENTION_FILED = "SAME_DAY_INVENTION_FILED"  # waivable
    INVALIDATION_STARTED = "INVALIDATION_STARTED"  # waivable
    OTHER = "OTHER"

    @property
    def waivable(self) -> bool:
        """Whether registration goes on if the parties, once told, still want it."""
        return self in WAIVABLE


WAIVABLE = (Ground.SAME_DAY_INVENTION_FILED, Ground.INVALIDATION_STARTED)
