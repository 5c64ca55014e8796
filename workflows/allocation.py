"""Which debt a payment extinguishes first: an order of cost, interest and principal.

domain.md 3.6 "payment order"; Civil Code 561 unless the contract says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.money import Money

ORDERS: Mapping[str, tuple[str, ...]] = {
    "STATUTORY": ("cost", "interest", "principal"),
    "PRINCIPAL_FIRST": ("cost", "principal", "interest"),
}


@dataclass(frozen=True, slots=True)
class Owed:
    """What a debtor owes on one day."""

    cost: Money = Money.ZERO
    interest: Money = Money.ZERO
    principal: Money = Money.ZERO

    @property
    def total(self) -> Money:
        """All three together."""
        return self.cost + self.interest + self.principal


@dataclass(frozen=True, slots=True)
class Allocated:
    """What a payment has paid; `rest` is what exceeded the debt."""

    cost: Money
    interest: Money
    principal: Money
    rest: Money


def allocate(amount: Money, owed: Owed, order: str) -> Allocated:
    """Pay the debts in the named order, each in full before the next. Vectors V27, V28."""
    left, paid = amount, {}
    for debt in ORDERS[order]:
        paid[debt] = min(left, getattr(owed, debt))
        left -= paid[debt]
    return Allocated(paid["cost"], paid["interest"], paid["principal"], left)
