"""Loans in four phases (受理 · 在贷 · 风险 · 处置): a column a state does not fit a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phase:
    """States of loans, and marks that some of its loans bear whatever their state."""

    states: tuple[str, ...]
    marks: tuple[str, ...] = ()


# fmt: off
PHASES: Mapping[str, Phase] = {
    "intake":   Phase(("APPROVED",)),
    "lending":  Phase(("ACTIVE",)),
    "risk":     Phase(("OVERDUE", "ACCELERATED"), ("claim",)),
    "disposal": Phase(("WRITTEN_OFF", "SETTLED", "CANCELLED"), ("compensated", "recovery")),
}

# A mark as SQL about the loan `l`. Compensation is a flag, not a state (ZD-3.6.1).
MARKS: Mapping[str, str] = {
    "claim":
        "EXISTS (SELECT FROM claim c WHERE c.id = l.id"
        " AND c.state NOT IN ('PAID', 'SETTLED', 'REJECTED', 'WITHDRAWN', 'EXPIRED'))",
    "compensated": "l.compensated > 0",
    "recovery":
        "EXISTS (SELECT FROM recovery r WHERE r.id = l.id"
        " AND r.state NOT IN ('FULLY_RECOVERED', 'UNRECOVERABLE'))",
}
# fmt: on

ENDED = ("SETTLED", "WRITTEN_OFF", "CANCELLED")
"""States in which days past due no longer run (ZD-3.6.1)."""


def phase_of(state: str) -> str:
    """The phase a state belongs to; a state nobody placed stands under risk, to be seen."""
    return next((name for name, phase in PHASES.items() if state in phase.states), "risk")
