"""What rights carry as security today: haircut, pledge rate, life, bundle. ZD-5.4, ZD-3.4.2.

Says what may be lent on them; whether that suffices is asked by the guards.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet
from policies.valuing.collateral import Collateral, Right, collateral_cap
from policies.valuing.right_life import years_left
from workflows.lifecycle.refusals import Refusal, against
from workflows.pledge.facts import ValuedRight


def carried(policy: Policy, rights: Sequence[ValuedRight], today: date) -> Collateral:
    """Value after haircuts, the most that may be lent, and rules of the bundle not kept."""
    return collateral_cap(
        policy,
        [Right(one.kind, one.value, years_left(today, one.term_ends_on), one.standing)
         for one in rights],
    )  # fmt: skip


def floored(policy: Policy, amount: Money) -> Money:
    """A limit rounded down to the policy's limit_step (ZD-3.4.2)."""
    return Money(amount.fen - amount.fen % policy["limit_step"].value.fen)


def unmet_refusal(condition: Unmet) -> Refusal:
    """The refusal of a condition of policies/ that is not met."""
    return against(
        condition.code, condition.parameter, condition.actual, threshold=condition.threshold
    )
