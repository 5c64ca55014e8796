"""Which debt a payment extinguishes first: any order of buckets, each in full before the next.

A bucket is a component (cost, penalty, fee, interest, principal) that is past due, due or not due
yet. ZD-3.6.9; Civil Code 561 unless the contract says otherwise.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from policies.money import Money

COST, PENALTY, FEE, INTEREST, PRINCIPAL = COMPONENTS = (
    "cost",
    "penalty",
    "fee",
    "interest",
    "principal",
)
PAST_DUE, DUE, IN_ADVANCE = WHENS = ("past due", "due", "in advance")


class Bucket(NamedTuple):
    """One kind of debt: when it is due and what it is."""

    when: str
    component: str


Debts = Mapping[Bucket, Money]


class UnknownDebt(ValueError):
    """Something is owed for which the order names no place."""


def fill(amount: Money, debts: Debts, order: Sequence[Bucket]) -> tuple[dict[Bucket, Money], Money]:
    """What the payment pays of each bucket of the order, and what is left of it.

    paid + rest = amount, always. Raises UnknownDebt.
    """
    for bucket, owed in debts.items():
        if owed and bucket not in order:
            raise UnknownDebt(f"{bucket.component} {bucket.when}")
    left, paid = amount, dict[Bucket, Money]()
    for bucket in order:
        paid[bucket] = min(left, debts.get(bucket, Money.ZERO))
        left -= paid[bucket]
    return paid, left


def less(debts: Debts, paid: Debts) -> dict[Bucket, Money]:
    """What is owed after a payment."""
    return {bucket: owed - paid.get(bucket, Money.ZERO) for bucket, owed in debts.items()}


def by_component(paid: Debts) -> dict[str, Money]:
    """A payment by component, whenever due; in the order of COMPONENTS."""
    found = dict[str, Money]()
    for component in COMPONENTS:
        parts = [amount for bucket, amount in paid.items() if bucket.component == component]
        if parts:
            found[component] = sum(parts, Money.ZERO)
    return found
