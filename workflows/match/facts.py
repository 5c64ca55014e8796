"""What the guards of a match are told of a bank's book."""

from __future__ import annotations

from dataclasses import dataclass

from policies.money import Money


@dataclass(frozen=True, slots=True)
class BankOutstanding:
    """Principal outstanding on all loans of the bank, which its quota bounds."""

    amount: Money
