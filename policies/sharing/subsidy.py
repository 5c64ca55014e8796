"""The public money that pays part of a firm's interest; ZD-4.8.

Only interest that was really paid counts. Who pays when is services/ and workflows/.
"""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class Subsidy:
    """What is paid, and the interest it is reckoned on."""

    amount: Money
    base: Money
    working: tuple[Step, ...]


def interest_subsidy(
    policy: Policy, interest_paid: Money, *, penalty_paid: Money = Money.ZERO, status: str = "PAID"
) -> Subsidy:
    """The subsidised share of the interest paid, floored to the fen; penalty is never subsidised.

    status: SETTLED, PAID (in the course of the loan) or DEFAULTED; a default before the payment
    loses it where the policy says so.
    """
    share, base, lost = policy["interest_subsidy_share"], policy["subsidy_base"], Money.ZERO
    rule = policy["subsidy_lost_on_default"]
    if status == "DEFAULTED" and rule.value:
        lost = interest_paid
    counted = interest_paid - lost
    amount = counted.share_floor(share.value)
    working = (
        Step("subsidy_base", {"left_out": (penalty_paid + lost).yuan}, counted, base.citation),
        Step("subsidy", {"share": share.text}, amount, share.citation),
    )
    return Subsidy(amount, counted, working)
