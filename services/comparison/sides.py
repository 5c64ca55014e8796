"""The three sides of a shared loss: public money, the other parties, the bank; ZD-4.11."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from policies.money import Money
from policies.sharing.cover import BANK
from services.comparison.parties import PARTIES, PUBLIC

Amounts = Mapping[str, Money]


@dataclass(frozen=True, slots=True)
class Sides:
    """Amounts by party, each on its side; a party with nothing is left out, but the bank."""

    public: Amounts
    others: Amounts
    bank: Money


def sides(amounts: Amounts) -> Sides:
    """Amounts by party, told apart by who they are, in the common order."""
    shown = {party: amounts[party] for party in PARTIES if amounts.get(party)}
    return Sides(
        public={party: m for party, m in shown.items() if party in PUBLIC},
        others={party: m for party, m in shown.items() if party not in (*PUBLIC, BANK)},
        bank=amounts.get(BANK, Money.ZERO),
    )
