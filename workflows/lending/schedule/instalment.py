"""The equal instalment of an annuity: solved from the periods, rounded, levelled on request.

Exact: E = P x prod(1 + f) / sum over k of prod over j > k of (1 + f_j), f the period's factor.
Solved with 60 digits, so that only the named rounding rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction

from workflows.lending.rounding import rounded
from workflows.lending.schedule.periods import Period
from workflows.lending.schedule.rows import Grain, accrue

_DIGITS = 60


def instalment(opening: int, periods: Sequence[Period], grain: Grain) -> int:
    """The instalment that repays `opening` and the first period's disbursements; fen.

    Later disbursements are left out: each asks for a new instalment when it comes.
    """
    first, later = periods[0], [period.factor for period in periods[1:]]
    found = _round(_solve(_value_at_end(opening, first), later), grain)
    if not grain.levelled:
        return found
    undisturbed = [first, *(_without_draws(period) for period in periods[1:])]
    return _level(found, opening, undisturbed, grain=grain)


def instalment_share(factors: Sequence[Fraction]) -> Decimal:
    """The part of a principal that one unrounded instalment is, from each period's factor."""
    return _solve(1 + factors[0], factors[1:])


def nominal_instalment(balance: int, factor: Fraction, count: int, *, grain: Grain) -> int:
    """The instalment from one factor a period, rate x months / 12, whatever the days are; fen."""
    exact = _solve(balance * (1 + factor), [factor] * (count - 1))
    return _round(exact, grain)


def _value_at_end(opening: int, period: Period) -> Fraction:
    """What is owed at the end of a period with simple interest, unrounded; fen."""
    balance, interest = opening, Fraction(0)
    for one in period.slices:
        balance += one.drawn
        interest += balance * one.factor
    return balance + interest


def _solve(value: Fraction, later: Sequence[Fraction]) -> Decimal:
    """`value` at the end of the first period, as equal payments then and after each later one."""
    with localcontext() as context:
        context.prec = _DIGITS
        grown, payments = _decimal(value), Decimal(1)
        for factor in later:
            growth = 1 + _decimal(factor)
            grown, payments = grown * growth, payments * growth + 1
        return grown / payments


def _decimal(exact: Fraction) -> Decimal:
    return Decimal(exact.numerator) / exact.denominator


def _round(exact: Decimal, grain: Grain) -> int:
    mode = grain.instalment_rounding or grain.rounding
    return rounded(Fraction(exact), mode, multiple=grain.instalment or grain.money)


def _level(found: int, opening: int, periods: Sequence[Period], *, grain: Grain) -> int:
    """Move the instalment by its share of the last one's gap, where that makes the gap smaller.

    Nothing moves while the gap is at most floor(n / 2) fen (Fineract's iteration).
    """
    count, gap = len(periods), _gap(found, opening, periods, grain=grain)
    if abs(gap) <= count // 2:
        return found
    share = rounded(Fraction(gap, count), grain.rounding, multiple=grain.money)
    moved = _round(Decimal(found + share), grain)
    better = abs(_gap(moved, opening, periods, grain=grain)) < abs(gap)
    return moved if better else found


def _without_draws(period: Period) -> Period:
    return replace(period, slices=tuple(replace(one, drawn=0) for one in period.slices))


def _gap(found: int, opening: int, periods: Sequence[Period], *, grain: Grain) -> int:
    """By how much the last instalment exceeds the others; fen."""
    balance, last = opening, 0
    for period in periods:
        owed, interest = accrue(period, balance, grain)
        balance, last = owed + interest - found, owed + interest
    return last - found
