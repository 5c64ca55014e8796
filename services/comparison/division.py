"""Divide the losses of a whole book by one cover at once: as sharing/cover.py does one.

Whole fen in numpy: 64 bits where nothing can overflow them, Python's own integers where it could.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import numpy as np

from policies.sharing.cover import BANK, PRINCIPAL, Cover, Holders, Part, divide

Fens = np.ndarray[Any, np.dtype[Any]]
_LARGEST = 2**63 - 1


def whole_numbers(values: Sequence[int], most: int) -> Fens:
    """An array of fen that may be multiplied by `most` and then summed without overflow."""
    largest = max(values, default=0) * max(most, len(values))
    return np.array(values, dtype=np.int64 if largest <= _LARGEST else object)


def numerators(cover: Cover) -> int:
    """The largest number that fen are multiplied by under a cover."""
    parts = [part for tier in cover.tiers for part in tier.parts]
    fractions = [fraction for part in parts for fraction in _fractions(part)]
    limits = [limit.share for limit in cover.limits]
    return max((one.numerator for one in (*fractions, *limits)), default=1)


def divided(cover: Cover, lost: Fens, drawn: Fens) -> tuple[dict[str, int], int]:
    """What each party bears in all (fen), and how many losses a ceiling refused.

    lost: principal by loan; drawn: what was lent, which is the borrower's balance as well.
    """
    totals = {party: 0 for part in cover.tiers[0].parts for party, _ in part.holders}
    totals[cover.creditor] = 0
    for party, _, fens in shares(cover, lost, drawn):
        totals[party] = totals.get(party, 0) + _sum(fens)
    return totals, int(np.count_nonzero(_refused(cover, drawn)))


def shares(cover: Cover, lost: Fens, drawn: Fens) -> Iterator[tuple[str, Any, Fens]]:
    """Party, which losses (a mask), and its fen of each of them; a loss may come several times."""
    refused = _refused(cover, drawn)
    if refused.any():
        yield BANK, refused, lost[refused]
    left = ~refused
    for tier in cover.tiers:
        inside = left & (True if tier.ceiling is None else drawn <= tier.ceiling.value.fen)
        left = left & ~inside
        for party, fens in _borne(cover, tier.parts, lost[inside], drawn=drawn[inside]):
            yield party, inside, fens


def _refused(cover: Cover, drawn: Fens) -> Any:
    """Which loans are above a ceiling of the cover, or above its top tier."""
    found = np.zeros(len(drawn), dtype=bool)
    for limit in cover.limits:
        found |= (_part_of(drawn, limit.share) > limit.ceiling.fen).astype(bool)
    top = cover.tiers[-1].ceiling
    if top is not None:
        found |= (drawn > top.value.fen).astype(bool)
    return found


def _borne(
    cover: Cover, parts: Sequence[Part], lost: Fens, *, drawn: Fens
) -> Iterator[tuple[str, Fens]]:
    if cover.marginal:
        # Each balance has shares of its own: nothing to do at once.
        yield from _one_by_one(cover, lost, drawn)
        return
    left = lost
    for part in parts:
        due = _part_of(lost, part.share)
        if part.most is not None:
            due = np.minimum(due, _part_of(drawn, part.most))
        left = left - due
        yield from _held(due, part.holders)
    yield cover.creditor, left


def _held(due: Fens, holders: Holders) -> Iterator[tuple[str, Fens]]:
    """Each holder's fraction of every part, floored; the last takes what is left."""
    left = due
    for party, of in holders[:-1]:
        own = _part_of(due, of)
        left = left - own
        yield party, own
    yield holders[-1][0], left


def _one_by_one(cover: Cover, lost: Fens, drawn: Fens) -> Iterator[tuple[str, Fens]]:
    """Loan by loan, as one loan is divided."""
    by_party: dict[str, Fens] = {}
    for at, (principal, lent) in enumerate(zip(lost.tolist(), drawn.tolist(), strict=True)):
        tier = cover.tier(lent)
        lines = divide(cover, tier.parts if tier else (), (principal, 0), drawn=lent, cash=None)
        for party, component, fen in lines:
            if component == PRINCIPAL:
                by_party.setdefault(party, np.zeros_like(lost))[at] += fen
    yield from by_party.items()


def _fractions(part: Part) -> Iterator[Fraction]:
    yield part.share
    yield from (of for _, of in part.holders)
    if part.most is not None:
        yield part.most


def _part_of(fens: Fens, share: Fraction) -> Any:
    return fens * share.numerator // share.denominator


def _sum(fens: Any) -> int:
    return int(fens.sum()) if len(fens) else 0
