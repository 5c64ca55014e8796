"""How much a fund or pool may cover with the cash it has; ZD-3.7.3, ZD-4.5.

Figures of one day only; whether a filing is refused for it is workflows/filing/table.py.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from policies.money import Money
from policies.reading.pack import Policy
from policies.sharing.gate import Unmet, unmet

HUNDREDTH = Decimal("0.01")


def reached(covered: Money, cash: Money) -> Decimal:
    """Covered balance over cash, to the hundredth as it is published. Cash above zero."""
    return (Decimal(covered.fen) / cash.fen).quantize(HUNDREDTH, ROUND_HALF_UP)


def fund_capacity(policy: Policy, cash: Money) -> Money:
    """The most that may be covered with that cash: leverage_cap times it."""
    return cash.share_floor(policy["leverage_cap"].value)


def room(policy: Policy, *, covered: Money, cash: Money) -> Money:
    """What may still be covered; zero when the cap is reached or passed."""
    return max(fund_capacity(policy, cash) - covered, Money.ZERO)


def beyond_capacity(policy: Policy, *, covered: Money, asked: Money, cash: Money) -> Unmet | None:
    """Why the loan asked cannot be covered too; None while the sum is within the cap."""
    most = fund_capacity(policy, cash)
    if covered + asked <= most:
        return None
    return unmet("beyond_leverage_cap", policy["leverage_cap"], covered + asked, threshold=most)
