"""Where the surplus of a payment goes among instalments that are not due yet.

What is past due or due on the day is filled first, the oldest first, whatever the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from policies.money import Money

NEXT, LAST, REAMORTISE = "NEXT_INSTALMENT", "LAST_INSTALMENT", "REAMORTISATION"


@dataclass(frozen=True, slots=True)
class Instalment:
    """One instalment and what has been paid of it."""

    due: date
    amount: Money
    paid: Money = Money.ZERO

    @property
    def unpaid(self) -> Money:
        """What is still to be paid."""
        return self.amount - self.paid


def pay(
    instalments: Sequence[Instalment], amount: Money, *, on: date, rule: str
) -> tuple[tuple[Instalment, ...], Money]:
    """The instalments after a payment, in their order, and what exceeded all of them."""
    order = sorted(range(len(instalments)), key=lambda place: instalments[place].due)
    state = {place: instalments[place] for place in order}
    due = [place for place in order if instalments[place].due <= on]
    left = _one_by_one(state, due, amount)
    ahead = [place for place in order if instalments[place].due > on]
    left = RULES[rule](state, ahead, left)
    return tuple(state[place] for place in range(len(instalments))), left


def _one_by_one(state: dict[int, Instalment], places: Sequence[int], amount: Money) -> Money:
    for place in places:
        amount -= _put(state, place, amount)
    return amount


def _backwards(state: dict[int, Instalment], places: Sequence[int], amount: Money) -> Money:
    return _one_by_one(state, places[::-1], amount)


def _evenly(state: dict[int, Instalment], places: Sequence[int], amount: Money) -> Money:
    """Equal parts, half-even to the fen, the last takes the difference; again while any is open."""
    while amount and (still := [place for place in places if state[place].unpaid]):
        part = Money(round(Fraction(amount.fen, len(still))))
        last = Money(amount.fen - part.fen * (len(still) - 1))
        parts = [part] * (len(still) - 1) + [max(Money.ZERO, last)]
        for place, share in zip(still, parts, strict=True):
            amount -= _put(state, place, min(share, amount))
    return amount


def _put(state: dict[int, Instalment], place: int, amount: Money) -> Money:
    """Pay on one instalment; returns what it took."""
    one = state[place]
    taken = min(amount, one.unpaid)
    state[place] = replace(one, paid=one.paid + taken)
    return taken


RULES: Mapping[str, Callable[[dict[int, Instalment], Sequence[int], Money], Money]] = {
    NEXT: _one_by_one,
    LAST: _backwards,
    REAMORTISE: _evenly,
}
"""Rule for the surplus -> how it is spread over the instalments ahead; returns what is left."""
