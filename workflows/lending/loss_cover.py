"""How a fund bears losses of a portfolio: limit, first or second loss, top-up, recovery back.

The split of one loan's loss between the parties of a case is workflows/claim/shares.py; this is
the portfolio's cover, as first-loss guarantees state it. Shares are floored to the fen.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from policies.money import Money


@dataclass(frozen=True, slots=True)
class LayeredLoss:
    """A loss by who bears it; lender_first: below the fund's layer, lender_rest: above it."""

    lender_first: Money
    fund: Money
    lender_rest: Money


def limit(portfolio: Money, share: Decimal, cap: Money | None = None) -> Money:
    """Most that the fund pays: a share of the portfolio, and no more than the cap."""
    part = portfolio.share_floor(share)
    return part if cap is None else min(part, cap)


def layers(loss: Money, threshold: Money, cover: Money) -> LayeredLoss:
    """The lender bears a loss up to the threshold, then the fund up to its cover, then the lender.

    A threshold of zero is a first-loss cover.
    """
    first = min(loss, threshold)
    fund = min(loss - first, cover)
    return LayeredLoss(first, fund, loss - first - fund)


def top_up(cover: Money, balance: Money, threshold: Money) -> Money:
    """What brings the balance back to full cover once it is below the threshold; else zero."""
    return cover - balance if balance < threshold else Money.ZERO


def recovery(recovered: Money, paid_by_fund: Money) -> tuple[Money, Money]:
    """A recovery first refills the fund by what it paid, the rest is the lender's."""
    to_fund = min(recovered, paid_by_fund)
    return to_fund, recovered - to_fund
