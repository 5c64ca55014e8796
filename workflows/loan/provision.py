"""The impairment allowance of a loan: a rate by class of what the bank itself stands to lose.

It follows class, principal and compensation at once, whichever act changes them. ZD-3.13.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from policies.money import Money, round_half_up
from policies.reading.pack import Policy
from workflows.lending.overdue import CLASSES
from workflows.lifecycle.effects import Then
from workflows.lifecycle.evolution import Decide
from workflows.lifecycle.machine import Situation
from workflows.loan.events import LoanProvisioned
from workflows.loan.evolve import EVOLVE
from workflows.loan.records import Loan


def exposure(loan: Loan) -> Money:
    """Principal on the bank's books less compensation that is kept."""
    return max(Money.ZERO, loan.outstanding - loan.compensated + loan.returned_to_fund)


def allowance(loan: Loan, policy: Policy) -> Money:
    """What the class demands: provision_rates of the exposure, half-up to the fen."""
    rate = policy["provision_rates"].value[CLASSES.index(loan.classification)]
    return Money(round_half_up(exposure(loan).fen * rate))


def following(decide: Decide) -> Decide:
    """The same decision, and the allowance after its events where it is no longer right."""

    def decided(s: Situation[Any, Any]) -> tuple[Any, ...]:
        told = decide(s)
        if s.it is None:
            return told
        events = [one for one in told if not isinstance(one, Then)]
        after = s.it
        for event in events:
            after = replace(after, **EVOLVE[type(event)](after, event))
        due = allowance(after, s.policy)
        if due == after.provision:
            return told
        follow_ups = [one for one in told if isinstance(one, Then)]
        change = LoanProvisioned(due - after.provision, due, after.classification)
        return (*events, change, *follow_ups)

    return decided


def kept_up(decisions: Mapping[str, Decide]) -> Mapping[str, Decide]:
    """All decisions on a loan, each followed by its allowance."""
    return {trigger: following(decide) for trigger, decide in decisions.items()}
