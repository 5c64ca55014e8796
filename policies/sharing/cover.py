"""The terms on which others than the creditor bear a loss, and the division of a loss by them.

A mechanism reads a policy and answers with a Cover; nothing here reads a policy. All arithmetic is
in whole fen, so one loss and a book of a hundred thousand are divided by the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from policies.money import Money
from policies.reading.pack import Parameter

FUND, BANK, INSURER, APPRAISER, GUARANTOR = "fund", "bank", "insurer", "appraiser", "guarantor"
GOVERNMENT, OPERATOR = "government", "operator"
CITY_POOL, NOTEHOLDERS = "city_pool", "noteholders"

PRINCIPAL, INTEREST = "principal", "interest"
QUEUED = "queued"  # approved, and waiting for the fund's cash: until then the creditor's
DRAWN, BALANCE, GUARANTEE = "drawn", "balance", "guarantee"

Holders = tuple[tuple[str, Fraction], ...]
Line = tuple[str, str, int]
"""Party, component, fen."""


@dataclass(frozen=True, slots=True)
class Part:
    """What one payer bears of each covered component, or a pool whose holders bear it together.

    share: of the component, floored to the fen. holders: each takes its fraction of the part,
    floored; the last takes what is left (ZD-1.5 "sharing"). stated: the parameters that the
    share is the sum of, for the working. from_cash: paid from a fund and never beyond its cash.
    most: at most this fraction of the amount drawn.
    """

    share: Fraction
    holders: Holders
    stated: tuple[Parameter, ...]
    from_cash: bool = False
    most: Fraction | None = None

    def split(self, fen: int) -> Iterator[tuple[str, int]]:
        """An amount among the holders; odd fen to the last."""
        left = fen
        for party, of in self.holders[:-1]:
            amount = fen * of.numerator // of.denominator
            left -= amount
            yield party, amount
        yield self.holders[-1][0], left


@dataclass(frozen=True, slots=True)
class Tier:
    """Parts that hold up to a balance; ceiling None: whatever the balance."""

    name: str
    parts: tuple[Part, ...]
    ceiling: Parameter | None = None


@dataclass(frozen=True, slots=True)
class CoverLimit:
    """A ceiling above which nothing is covered, inclusive. `share` scales what is measured.

    measure: `drawn`, `balance` or `guarantee` (the part of the drawing that is guaranteed).
    """

    code: str
    measure: str
    ceiling: Money
    parameter: Parameter
    share: Fraction = Fraction(1)

    def measured(self, drawn: int, balance: int) -> int:
        """Fen that are held against the ceiling."""
        fen = balance if self.measure == BALANCE else drawn
        return fen * self.share.numerator // self.share.denominator


@dataclass(frozen=True, slots=True)
class Cover:
    """All that others bear: limits first, then the tier of the balance, then its parts.

    components: what is covered, principal always among them. creditor: bears what no part does.
    margin: the parts are only set aside now and paid when the write-off is complete. marginal:
    each band of the balance has the shares of its own tier.
    """

    tiers: tuple[Tier, ...]
    components: tuple[str, ...]
    limits: tuple[CoverLimit, ...] = ()
    creditor: str = BANK
    margin: bool = False
    marginal: bool = False

    def tier(self, balance: int) -> Tier | None:
        """The tier of a balance in fen; None above the top one."""
        for one in self.tiers:
            if one.ceiling is None or balance <= one.ceiling.value.fen:
                return self._blended(one, balance) if self.marginal else one
        return None

    def _blended(self, reached: Tier, balance: int) -> Tier:
        """The tier's parts with the mean of the bands' shares, weighted by the bands."""
        if not balance:
            return reached
        bands = self.bands(balance)
        parts = tuple(
            replace(part, share=_mean([(fen, tier.parts[n].share) for fen, tier in bands]))
            for n, part in enumerate(reached.parts)
        )
        return Tier(reached.name, parts, reached.ceiling)

    def bands(self, balance: int) -> list[tuple[int, Tier]]:
        """The parts of a balance that lie in each tier, in fen."""
        floor, found = 0, []
        for tier in self.tiers:
            ceiling = balance if tier.ceiling is None else min(tier.ceiling.value.fen, balance)
            if ceiling > floor:
                found.append((ceiling - floor, tier))
            floor = max(floor, ceiling)
        return found


def _mean(shares: Sequence[tuple[int, Fraction]]) -> Fraction:
    """Shares weighted by fen."""
    whole = sum(fen for fen, _ in shares)
    return sum((fen * share for fen, share in shares), Fraction(0)) / whole


def divide(
    cover: Cover, parts: Sequence[Part], lost: tuple[int, int], *, drawn: int, cash: int | None
) -> list[Line]:
    """Divide lost principal and interest (fen) among the parts' holders and the creditor.

    cash: what the fund holds, None where it is not in question; what it lacks stays with the
    creditor as `queued`. The lines sum to what was lost exactly.
    """
    lines: list[Line] = []
    for component, fen in zip((PRINCIPAL, INTEREST), lost, strict=True):
        left, queued = fen, 0
        for part in parts if component in cover.components else ():
            due = fen * part.share.numerator // part.share.denominator
            if part.most is not None:
                due = min(due, drawn * part.most.numerator // part.most.denominator)
            paid = due
            if part.from_cash and cash is not None:
                paid = min(due, cash)
                cash -= paid
                queued += due - paid
            left -= due
            lines.extend((party, component, amount) for party, amount in part.split(paid))
        lines.append((cover.creditor, component, left))
        if queued:
            lines.append((cover.creditor, QUEUED, queued))
    return lines
