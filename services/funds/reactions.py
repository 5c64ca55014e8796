"""What a fund's and a breaker's events lead to: a trip stops products, a top-up ends a want."""

from __future__ import annotations

from typing import Any

from services.kernel.registry import Happened, Reaction
from workflows.breaker.events import BreakerTripped
from workflows.fund.events import FundToppedUp
from workflows.fund.records import ReactivateFund
from workflows.product.records import SuspendProduct

TRIPPED = "BREAKER_TRIPPED"


def suspend_products(h: Happened) -> tuple[Any, ...]:
    """Those of the bank concerned, or of the whole programme."""
    return tuple(SuspendProduct(product, TRIPPED) for product in h.event.products)


def reactivate(h: Happened) -> tuple[Any, ...]:
    """A fund that was low or exhausted works again."""
    return (ReactivateFund(h.id),) if h.event.awaited else ()


# fmt: off
REACTIONS = (
    Reaction("products_suspended_by_breaker", BreakerTripped.wire, suspend_products),
    Reaction("fund_reactivated",              FundToppedUp.wire,   reactivate),
)
# fmt: on
