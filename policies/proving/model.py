"""The division of a loss and of its recovery once more, over numbers or over unknowns alike.

Written apart from policies/sharing, so that each checks the other: tests hold the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from policies.sharing.cover import BALANCE, INTEREST, PRINCIPAL, Cover, Tier

Fen = Any
"""Whole fen: an int, or an unknown of the prover."""


class Algebra(Protocol):
    """How amounts are cut and compared."""

    def part(self, fen: Fen, share: Fraction) -> Fen:
        """A share of an amount, floored."""

    def least(self, one: Fen, other: Fen) -> Fen:
        """The smaller of two."""

    def where(self, condition: Any, one: Fen, other: Fen) -> Fen:
        """One where the condition holds, else the other."""


class Numbers:
    """Amounts as they are."""

    def part(self, fen: int, share: Fraction) -> int:
        """A share of an amount, floored."""
        return fen * share.numerator // share.denominator

    def least(self, one: int, other: int) -> int:
        """The smaller of two."""
        return one if one <= other else other

    def where(self, condition: bool, one: int, other: int) -> int:
        """One where the condition holds, else the other."""
        return one if condition else other


@dataclass(frozen=True, slots=True)
class Divided:
    """lines: party, component and fen. cut: by part, what it pays of each component."""

    lines: tuple[tuple[str, str, Fen], ...]
    cut: tuple[tuple[Fen, ...], ...]

    def of(self, party: str) -> Fen:
        """What a party bears in all."""
        return sum(fen for name, _, fen in self.lines if name == party)


def divided(
    cover: Cover, tier: Tier, lost: tuple[Fen, Fen], *, drawn: Fen, cash: Fen | None, by: Algebra
) -> Divided:
    """Lost principal and interest by one tier; what a payer lacks stays with the creditor."""
    lines: list[tuple[str, str, Fen]] = []
    cut: list[list[Fen]] = [[] for _ in tier.parts]
    for component, fen in zip((PRINCIPAL, INTEREST), lost, strict=True):
        borne: Fen = 0
        for n, part in enumerate(tier.parts if component in cover.components else ()):
            paid = by.part(fen, part.share)
            if part.most is not None:
                paid = by.least(paid, by.part(drawn, part.most))
            if part.from_cash and cash is not None:
                paid = by.least(paid, cash)
                cash = cash - paid
            cut[n].append(paid)
            borne = borne + paid
            rest = paid
            for party, of in part.holders[:-1]:
                own = by.part(paid, of)
                rest = rest - own
                lines.append((party, component, own))
            lines.append((part.holders[-1][0], component, rest))
        lines.append((cover.creditor, component, fen - borne))
    return Divided(tuple(lines), tuple(map(tuple, cut)))


def borne_by_creditor(
    cover: Cover, lost: tuple[Fen, Fen], *, drawn: Fen, balance: Fen, by: Algebra
) -> Fen:
    """What stays with the creditor of any loan: all of it above a ceiling; cash not in question."""
    whole = lost[0] + lost[1]
    found = whole  # above the top tier
    for tier in reversed(cover.tiers):
        own = divided(cover, tier, lost, drawn=drawn, cash=None, by=by).of(cover.creditor)
        if tier.ceiling is None:
            found = own
        else:
            found = by.where(balance <= tier.ceiling.value.fen, own, found)
    for limit in cover.limits:
        measured = by.part(balance if limit.measure == BALANCE else drawn, limit.share)
        found = by.where(measured > limit.ceiling.fen, whole, found)
    return found


@dataclass(frozen=True, slots=True)
class Back:
    """A recovery distributed: principal and interest by party, and the pledgor's surplus."""

    principal: Mapping[str, Fen]
    interest: Mapping[str, Fen]
    surplus: Fen


@dataclass(frozen=True, slots=True)
class WhoBore:
    """Principal and interest that each party bore, and how a pool would be split among them.

    split: a pool among all parties, by whatever ratio: what is proved holds for every one.
    """

    creditor: str
    paid: Mapping[str, Fen]
    interest: Mapping[str, Fen]
    split: Callable[[Fen], Mapping[str, Fen]]
    split_interest: Callable[[Fen], Mapping[str, Fen]]


def given_back(
    borne: WhoBore, net: Fen, *, creditor_first: bool, statutory: bool, by: Algebra
) -> Back:
    """A net recovery of zero or more, to those who bore the loss; ZD-3.10.1 and ZD-3.10.2."""
    owed: Fen = sum(borne.interest.values())
    own = borne.interest.get(borne.creditor, 0)
    first = by.least(net, borne.paid[borne.creditor]) if creditor_first else 0
    ahead = owed if statutory else own if creditor_first else 0
    interest = by.least(net - first, ahead)
    room = {**borne.paid, borne.creditor: borne.paid[borne.creditor] - first}
    back = _filled(net - first - interest, room, borne.split, by)
    back[borne.creditor] = back[borne.creditor] + first
    interest = interest + by.least(net - interest - sum(back.values()), owed - interest)
    own_first = by.least(interest, own) if creditor_first else 0
    return Back(
        back,
        _interest(borne, interest, own_first, by),
        net - interest - sum(back.values()),
    )


def _interest(borne: WhoBore, paid: Fen, first: Fen, by: Algebra) -> dict[str, Fen]:
    if len(borne.interest) == 1:
        return {party: paid for party in borne.interest}
    room = {**borne.interest, borne.creditor: borne.interest.get(borne.creditor, 0) - first}
    found = _filled(paid - first, room, borne.split_interest, by)
    found[borne.creditor] = found[borne.creditor] + first
    return found


def _filled(
    pool: Fen, room: Mapping[str, Fen], split: Callable[[Fen], Mapping[str, Fen]], by: Algebra
) -> dict[str, Fen]:
    """Everybody's part up to their room; what one cannot take moves over to the others."""
    pool = by.least(pool, sum(room.values()))
    found = {party: by.least(part, room[party]) for party, part in split(pool).items()}
    for party in found:
        left = pool - sum(found.values())
        found[party] = found[party] + by.least(left, room[party] - found[party])
    return found
