"""Which debt a payment extinguishes first: an order of cost, interest and principal.

ZD-3.6.9; Civil Code 561 unless the contract says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.money import Money
from workflows.lending.payments.waterfall import COST, DUE, INTEREST, PRINCIPAL, Bucket, fill

ORDERS: Mapping[str, tuple[str, ...]] = {
    "STATUTORY": (COST, INTEREST, PRINCIPAL),
    "PRINCIPAL_FIRST": (COST, PRINCIPAL, INTEREST),
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
    debts = {
        Bucket(DUE, COST): owed.cost,
        Bucket(DUE, INTEREST): owed.interest,
        Bucket(DUE, PRINCIPAL): owed.principal,
    }
    paid, rest = fill(amount, debts, [Bucket(DUE, debt) for debt in ORDERS[order]])
    cost, interest, principal = (paid[bucket] for bucket in debts)
    return Allocated(cost, interest, principal, rest)
