"""Loans in four phases (受理 · 在贷 · 风险 · 处置): a column a state does not fit a page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from services.kernel.states import quoted
from workflows.claim.states import DECIDED
from workflows.loan.states import ENDED as LOAN_ENDED
from workflows.loan.states import LoanState
from workflows.recovery.states import GIVEN_UP_OR_DONE

APPROVED, ACTIVE, OVERDUE, ACCELERATED, WRITTEN_OFF, SETTLED, RENEWED, CANCELLED = (
    state.name for state in LoanState
)


@dataclass(frozen=True, slots=True)
class Phase:
    """States of loans that stand in one column of a page."""

    states: tuple[str, ...]


# fmt: off
PHASES: Mapping[str, Phase] = {
    "intake":   Phase((APPROVED,)),
    "lending":  Phase((ACTIVE,)),
    "risk":     Phase((OVERDUE, ACCELERATED)),
    "disposal": Phase((WRITTEN_OFF, SETTLED, RENEWED, CANCELLED)),
}

# A mark as SQL about the loan `l`; a loan of any state may bear it. Compensation is a flag, not
# a state (ZD-3.6.1).
MARKS: Mapping[str, str] = {
    "claim":
        "EXISTS (SELECT FROM claim c WHERE c.id = l.id"
        f" AND c.state NOT IN ({quoted(DECIDED)}))",
    "compensated": "l.compensated > 0",
    "recovery":
        "EXISTS (SELECT FROM recovery r WHERE r.id = l.id"
        f" AND r.state NOT IN ({quoted(GIVEN_UP_OR_DONE)}))",
}
# fmt: on

ENDED = tuple(state.name for state in LOAN_ENDED)
"""States in which days past due no longer run (ZD-3.6.1)."""


def phase_of(state: str) -> str:
    """The phase a state belongs to; a state nobody placed stands under risk, to be seen."""
    return next((name for name, phase in PHASES.items() if state in phase.states), "risk")


# How a state ended or stands, for its colour: never by phase alone, a settled loan is a good end.
# fmt: off
_OUTCOME: Mapping[str, str] = {
    APPROVED:    "b",
    ACTIVE:      "g",
    OVERDUE:     "a",
    ACCELERATED: "x",
    WRITTEN_OFF: "x",
    SETTLED:     "g",
    RENEWED:     "g",
    CANCELLED:   "s",
}
# fmt: on


def outcome_of(state: str) -> str:
    """The badge of a state: g good, a at risk, x loss, b under way, s neither."""
    return _OUTCOME.get(state, "s")
