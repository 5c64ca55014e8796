"""Reconcile a compensation paid before the write-off with the final loss; ZD-4.1 route A."""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.cover import Cover
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class Reconciled:
    """final: the fund's share of the final loss. adjustment: above zero the fund still owes it,
    below zero the bank gives it back; zero when every recovery was returned by the shares.
    """

    final: Money
    adjustment: Money
    working: tuple[Step, ...]


def reconcile_pre_compensation(
    policy: Policy, *, paid: Money, returned: Money, final_loss: Money
) -> Reconciled:
    """What is left to settle at the write-off.

    final_loss: principal lost less net recoveries. paid and returned: what the fund paid out and
    got back until then. The share is the case's own, a first-loan bonus included.
    """
    cover: Cover = policy.mechanisms["compensation"](policy)
    part = cover.tiers[0].parts[0]
    final = Money(final_loss.fen * part.share.numerator // part.share.denominator)
    adjustment = final - (paid - returned)
    rule = part.stated[0].citation
    told = {"loss": final_loss.yuan, "paid": paid.yuan, "returned": returned.yuan}
    working = (
        Step("final_share", {"loss": final_loss.yuan, "share": part.stated[0].text}, final, rule),
        Step("adjustment", told, adjustment, rule),
    )
    return Reconciled(final, adjustment, working)
