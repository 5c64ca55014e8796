"""How a net recovery goes back to those who bore the loss; ZD-3.10, ZD-3.10.1 and ZD-3.10.2.

Principal by the shares of the loss, nobody above what it paid; then interest to who bore it; then
the surplus to the pledgor. A net below zero is a cost, shared the same way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from policies.money import Money, total
from policies.reading.pack import Policy
from policies.sharing.cover import BANK, Holders, Part
from policies.sharing.loss import Returned
from policies.sharing.working import interest_step, returned_step, surplus_step

CREDITOR_FIRST = "SUBROGATION_CREDITOR_FIRST"  # Civil Code 700
STATUTORY = "STATUTORY"


@dataclass(frozen=True, slots=True)
class Borne:
    """Who bore what of a loss that something has come back of.

    paid: principal by party. interest: unpaid interest by party. before: principal that came back
    earlier. parts: the terms of the sharing where every part was paid whole; else, and for (), the
    ratio of what was paid (a floored compensation is a fen off its nominal share). creditor: bears
    what no part does, odd fen among it.
    """

    paid: Mapping[str, Money]
    interest: Mapping[str, Money]
    before: Mapping[str, Money] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    creditor: str = BANK

    @property
    def room(self) -> dict[str, Money]:
        """Principal that each party may still get back."""
        zero = Money.ZERO
        found = {p: max(m - self.before.get(p, zero), zero) for p, m in self.paid.items()}
        return {**found, self.creditor: found.get(self.creditor, zero)}

    @property
    def own_interest(self) -> Money:
        """Unpaid interest that is the creditor's."""
        return self.interest.get(self.creditor, Money.ZERO)


_Stakes = Sequence[tuple[Fraction, Holders]]


def return_by_shares(policy: Policy, borne: Borne, net: Money) -> Returned:
    """Distribute a net recovery (gross less costs). Principal first unless the policy is STATUTORY.

    Under SUBROGATION_CREDITOR_FIRST the creditor is made whole, interest included, before those
    who paid in the debtor's place.
    """
    stakes = _stakes(borne)
    if net < Money.ZERO:
        shared = _split(net, stakes, borne.creditor)
        return Returned(shared, {}, Money.ZERO, (returned_step(policy, net, shared),))
    owed = total(borne.interest.values())
    first = min(net, borne.room[borne.creditor]) if _creditor_first(policy) else Money.ZERO
    interest = min(net - first, _before_principal(policy, borne))
    returned = _by_stakes(net - first - interest, stakes, borne, first=first)
    left = net - interest - total(returned.values())
    interest += min(left, owed - interest)
    surplus = net - total(returned.values()) - interest
    working = (
        returned_step(policy, net, returned),
        interest_step(policy, owed, interest),
        surplus_step(policy, surplus),
    )
    ahead = min(interest, borne.own_interest) if _creditor_first(policy) else Money.ZERO
    return Returned(returned, _interest(interest, stakes, borne, first=ahead), surplus, working)


def _creditor_first(policy: Policy) -> bool:
    return bool(policy["recourse"].value == CREDITOR_FIRST)


def _before_principal(policy: Policy, borne: Borne) -> Money:
    """Interest that is paid before the principal of those who paid in the debtor's place."""
    if policy["recovery_allocation"].value == STATUTORY:
        return total(borne.interest.values())
    return borne.own_interest if _creditor_first(policy) else Money.ZERO


def _stakes(borne: Borne) -> list[tuple[Fraction, Holders]]:
    """Each part's fraction of the principal, with the holders it is split among."""
    if borne.parts:
        return [(part.share, part.holders) for part in borne.parts]
    whole = total(borne.paid.values()).fen or 1
    others = {party: m for party, m in borne.paid.items() if party != borne.creditor}
    return [(Fraction(m.fen, whole), ((party, Fraction(1)),)) for party, m in others.items()]


def _split(amount: Money, stakes: _Stakes, creditor: str) -> dict[str, Money]:
    """By the stakes, each floored (toward zero below zero) and held; the rest to the creditor."""
    sign = -1 if amount < Money.ZERO else 1
    found: dict[str, Money] = {}
    for stake, holders in stakes:
        whole = abs(amount.fen) * stake.numerator // stake.denominator
        for party, fen in _held(whole, holders):
            found[party] = found.get(party, Money.ZERO) + Money(sign * fen)
    left = amount - total(found.values())
    found[creditor] = found.get(creditor, Money.ZERO) + left
    return found


def _held(whole: int, holders: Holders) -> Iterable[tuple[str, int]]:
    left = whole
    for party, of in holders[:-1]:
        fen = whole * of.numerator // of.denominator
        left -= fen
        yield party, fen
    yield holders[-1][0], left


def _by_stakes(pool: Money, stakes: _Stakes, borne: Borne, *, first: Money) -> dict[str, Money]:
    """Split up to all rooms; what a full party cannot take moves over to those with room."""
    room = borne.room
    room[borne.creditor] -= first
    pool = min(pool, total(room.values()))
    parts = {
        party: min(m, room[party]) for party, m in _split(pool, stakes, borne.creditor).items()
    }
    for party in parts:
        parts[party] += min(pool - total(parts.values()), room[party] - parts[party])
    parts[borne.creditor] += first
    return parts


def _interest(paid: Money, stakes: _Stakes, borne: Borne, *, first: Money) -> dict[str, Money]:
    """Interest to those who bore it, in the ratio in which they did; first: the creditor's."""
    bearers = {party: m for party, m in borne.interest.items() if m}
    if len(bearers) <= 1:
        return {next(iter(bearers), borne.creditor): paid}
    own = Borne(bearers, {}, creditor=borne.creditor)
    shares = stakes if all(p in bearers for _, h in stakes for p, _ in h) else _stakes(own)
    return _by_stakes(paid - first, shares, own, first=first)
