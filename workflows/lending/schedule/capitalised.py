"""Interest that is added to the principal and paid with it at maturity (利滚利, bullet).

Exact compounding, rounded once at the end. The rulebook knows no such product; it is here so that
figures of other systems can be checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from workflows.lending.rounding import Rounding, rounded
from workflows.lending.schedule.periods import Period


@dataclass(frozen=True, slots=True)
class Lump:
    """What is due at maturity, fen."""

    principal: int
    interest: int

    @property
    def payment(self) -> int:
        """Principal and interest together, fen."""
        return self.principal + self.interest


def capitalised_bullet(
    periods: tuple[Period, ...], *, rounding: Rounding, multiple: int = 1
) -> Lump:
    """All interest capitalised at the end of each period, nothing paid before maturity."""
    owed = Fraction(0)
    for period in periods:
        for one in period.slices:
            owed += one.drawn
        owed *= 1 + period.factor
    principal = sum(period.drawn for period in periods)
    return Lump(principal, rounded(owed - principal, rounding, multiple=multiple))


def uncapitalised_bullet(
    periods: tuple[Period, ...], *, rounding: Rounding, multiple: int = 1
) -> Lump:
    """Simple interest of the whole term, all of it paid at maturity."""
    principal, interest = 0, Fraction(0)
    for period in periods:
        for one in period.slices:
            principal += one.drawn
            interest += principal * one.factor
    return Lump(principal, rounded(interest, rounding, multiple=multiple))
