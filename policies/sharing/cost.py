"""What funds cost a firm a year, before and by way of guaranteed notes; ZD-4.7."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from policies.money import Money, round_half_up
from policies.reading.pack import Policy
from policies.sharing.loss import Step

PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Cost:
    """Yearly cost of an amount. reduction: the part saved, a fraction to four places."""

    rate_before: Decimal
    rate_after: Decimal
    before: Money
    after: Money
    reduction: Decimal
    working: tuple[Step, ...]


def financing_cost(policy: Policy, principal: Money) -> Cost:
    """The old rate against coupon plus guarantee fee, on a principal kept for a year."""
    old, coupon, fee = policy["rate_before"], policy["note_rate"], policy["guarantee_fee_rate"]
    rate = coupon.value + fee.value
    before, after = _yearly(principal, old.value), _yearly(principal, rate)
    saved = (1 - rate / old.value).quantize(PLACES, ROUND_HALF_UP) if old.value else Decimal(0)
    working = (
        Step("cost_before", {"rate": old.text}, before, old.citation),
        Step("coupon", {"rate": coupon.text}, _yearly(principal, coupon.value), coupon.citation),
        Step("guarantee_fee", {"rate": fee.text}, _yearly(principal, fee.value), fee.citation),
        Step("cost_after", {"rate": str(rate), "saved": str(saved)}, after, coupon.citation),
    )
    return Cost(old.value, rate, before, after, saved, working)


def _yearly(principal: Money, rate: Decimal) -> Money:
    return Money(round_half_up(principal.fen * rate))
