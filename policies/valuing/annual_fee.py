"""What a missed annual fee costs by the month it is paid in, and when the right is lost.

ZD-5.5 and vector V18; the grace's timer runs in workflows/asset/evolve.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dateutil.relativedelta import relativedelta

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.loss import Step


@dataclass(frozen=True, slots=True)
class LateFee:
    """surcharge: on top of the fee. lapsed_from: the due day where the grace is over, else None."""

    surcharge: Money
    total: Money
    lapsed_from: date | None
    working: tuple[Step, ...]


def months_late(due_on: date, paid_on: date) -> int:
    """The month after the due day that the payment falls in: 0 in time, 1 to its same day next."""
    months = 0
    while due_on + relativedelta(months=months) < paid_on:
        months += 1
    return months


def late_fee(policy: Policy, fee: Money, *, due_on: date, paid_on: date) -> LateFee:
    """The fee with its surcharge, a share of the full annual fee that rises by the month.

    After the grace nothing can be paid: the right has lapsed from the due day.
    """
    steps, month = policy["fee_surcharges"], months_late(due_on, paid_on)
    grace: int = policy["fee_grace_months"].value
    if month > min(grace, len(steps.value)):
        over = Step("fee_lapsed", {"due": due_on.isoformat()}, None, steps.citation)
        return LateFee(Money.ZERO, Money.ZERO, due_on, (over,))
    share: Decimal = steps.value[month - 1] if month else Decimal(0)
    surcharge = fee.share_floor(share)
    inputs = {"month": str(month), "share": str(share)}
    working = (Step("fee_surcharge", inputs, surcharge, steps.citation),)
    return LateFee(surcharge, fee + surcharge, None, working)
