"""A share set aside in a blocked account until the write-off is complete; ZD-4.1 route B.

Days and amounts only: the account itself is a fund's, the guarantee contract the bank's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class Settled:
    """payout: what the bank gets at last. released: what goes back to the guarantor unblocked."""

    payout: Money
    released: Money
    working: tuple[Step, ...]


def transfer_from(policy: Policy, npl_since: date) -> date:
    """The first day the share may be set aside: so many months as a non-performing loan [S8]."""
    return npl_since + relativedelta(months=policy["margin_npl_months"].value)


def lapses_on(policy: Policy, earmarked_on: date) -> date:
    """The day all is unblocked when the write-off is still not complete."""
    return earmarked_on + relativedelta(months=policy["margin_lapse_months"].value)


def settle_margin(policy: Policy, *, earmarked: Money, final_loss: Money) -> Settled:
    """Pay out the share of the final loss and release the rest, at the completed write-off.

    final_loss: principal lost less net recoveries. No more is paid than was set aside.
    """
    share = policy["guarantor_share"]
    payout = min(final_loss.share_floor(share.value), earmarked)
    released = earmarked - payout
    told = {"loss": final_loss.yuan, "share": share.text}
    working = (
        Step("final_share", told, payout, share.citation),
        Step(
            "released", {"earmarked": earmarked.yuan}, released, policy["margin_paid_at"].citation
        ),
    )
    return Settled(payout, released, working)
