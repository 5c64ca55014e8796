"""How large a fund must be: the book's own months drawn anew, many times, seeded.

Each run takes as many months of draws as the book has, with replacement: loans drawn together meet
the same economy, so they are drawn together here. A simulation of a past book, no forecast.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np

from policies.money import Money
from services.comparison.vintages import Table, Vintages

ACCEPTED = 5  # per cent of runs that may exhaust a fund that is large enough
_GRID = (50, 75, 90, 100, 110, 125, 150, 200)  # per cent of the book's own claims
_BAND = (Decimal("0.05"), Decimal("0.50"), Decimal("0.95"))
ASSUMED = (
    "months_together",
    "paid_when_charged_off",
    "undated_at_maturity",
    "equal_instalments",
    "nothing_comes_back",
    "nothing_is_added",
)
"""Keys `replay.assumed.<name>` of what the simulation takes for granted."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The runs. claims: owed so far, run by month; peak: most in cover; lent: in all, by run."""

    claims: Table
    peak: Table
    lent: Table

    @property
    def runs(self) -> int:
        """How many."""
        return len(self.peak)

    @property
    def owed(self) -> Table:
        """Owed in all, by run."""
        last: Table = self.claims[:, -1]
        return last


@dataclass(frozen=True, slots=True)
class FundSize:
    """One size of fund. exhausted: runs in which it could not pay all; by: their middle month."""

    size: Money
    exhausted: int
    by: str | None
    peak_leverage: str | None
    cumulative_leverage: str | None


def draw(months: Vintages, *, runs: int, seed: int) -> Drawn:
    """Draw the book's months anew. The same seed, the same runs."""
    rows = len(months.drawn)
    chance = np.random.default_rng(seed)
    taken = chance.multinomial(rows, np.full(rows, 1 / rows), size=runs)
    claims = np.cumsum(taken @ months.claims, axis=1)
    peak = (taken @ months.covered).max(axis=1)
    return Drawn(claims, peak, taken @ months.drawn)


def needed(found: Drawn) -> Money:
    """The least size that fewer than 5 % of the runs exhaust."""
    allowed = (ACCEPTED * found.runs - 1) // 100
    return Money(int(np.sort(found.owed)[found.runs - 1 - allowed]))


def sizes(months: Vintages, found: Drawn, *, told: Sequence[Money]) -> tuple[FundSize, ...]:
    """A grid around the book's own claims, with the sizes told, smallest first."""
    own = int(months.claims.sum())
    every = {own * share // 100 for share in _GRID} | {one.fen for one in told}
    return tuple(size_of(months, found, Money(fen)) for fen in sorted(every))


def size_of(months: Vintages, found: Drawn, size: Money) -> FundSize:
    """What the runs do to a fund of that size."""
    short = found.claims > size.fen
    gone = short[:, -1]
    when = np.sort(short[gone].argmax(axis=1))
    return FundSize(
        size,
        int(np.count_nonzero(gone)),
        months.month(int(when[len(when) // 2])) if len(when) else None,
        _times(found.peak, size),
        _times(found.lent, size),
    )


def balances(found: Drawn, size: Money) -> Any:
    """What is left by month: rows 5 %, median, 95 % of the runs; never below nothing."""
    left = np.maximum(size.fen - found.claims, 0)
    in_order = np.sort(left, axis=0)
    rows = [int((found.runs - 1) * share) for share in _BAND]
    return in_order[rows]


def _times(amounts: Table, size: Money) -> str | None:
    """The middle run's amount as a multiple of the fund; None of an empty fund."""
    if not size:
        return None
    middle = int(np.sort(amounts)[len(amounts) // 2])
    return f"{Decimal(middle) / size.fen:.2f}"
