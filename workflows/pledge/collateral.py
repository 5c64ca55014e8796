"""What a pledge is worth for lending: haircut, most that may be lent, shortfall, release.

Amounts in fen; a value is floored to the fen, so that nobody lends on a part of one. ZD-5.4.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal

from policies.money import Money, total


@dataclass(frozen=True, slots=True)
class Security:
    """A holding: quantity x price in yuan a unit; haircut a fraction kept back."""

    quantity: Decimal
    price: Decimal
    haircut: Decimal


def value(security: Security) -> Money:
    """Market value."""
    return _floor(security.quantity * security.price)


def loan_value(security: Security) -> Money:
    """Most that may be lent on it: value x (1 - haircut)."""
    return _floor(security.quantity * security.price * (1 - security.haircut))


def max_loan(securities: Iterable[Security]) -> Money:
    """Most that may be lent on all of them."""
    return total(loan_value(one) for one in securities)


def disbursable(limit: Money, disbursed: Money) -> Money:
    """What may still be paid out; never below zero."""
    return max(Money.ZERO, limit - disbursed)


def shortfall(limit: Money, outstanding: Money) -> Money:
    """By how much the loan exceeds what its security carries; zero when it does not."""
    return max(Money.ZERO, outstanding - limit)


def releasable(securities: Iterable[Security], outstanding: Money) -> Money:
    """Loan value that may be released while the rest still carries the loan."""
    return max(Money.ZERO, max_loan(securities) - outstanding)


def _floor(amount: Decimal) -> Money:
    return Money(int((amount * 100).to_integral_value(ROUND_FLOOR)))
