"""Schedules of many loans at once in int64 fen: the figures of the scalar walk, to the fen.

Needs numpy, hence imported by portfolio work and benchmarks only. All loans of a batch share the
parts of a year of their periods; whole-number arithmetic throughout, no float near money.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from workflows.lending.rounding import Rounding
from workflows.lending.schedule.instalment import instalment, instalment_share
from workflows.lending.schedule.periods import Period, Slice
from workflows.lending.schedule.rows import Grain

Whole = NDArray[np.int64]
PER_MILLION = 1_000_000
"""Rates come as whole millionths: 36000 is 3.60 %."""
_LIMB_BITS, _LIMBS = 20, 3
_LIMB = (1 << _LIMB_BITS) - 1
_MOST = 1 << 62
_NEAR = 1 << 4
"""How near to a half (in 2^-20 fen) an instalment is solved exactly, one loan at a time."""


class OutOfRange(OverflowError):
    """An amount of the batch does not fit whole-number arithmetic of 64 bits."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Principal, interest and balance after each payment: periods x loans, fen."""

    principal: Whole
    interest: Whole
    balance: Whole


def equal_principal_batch(
    principal: Whole, rate: Whole, parts: Sequence[Fraction], *, rounding: Rounding
) -> Batch:
    """Equal principal. `parts`: the part of a year of each period; `rate` in millionths.

    Raises OutOfRange.
    """
    share = _divide(principal, len(parts), rounding)
    return _walk(principal, rate, parts, rounding=rounding, asked=lambda interest: share)


def annuity_batch(
    principal: Whole, rate: Whole, parts: Sequence[Fraction], *, rounding: Rounding
) -> Batch:
    """Equal instalments, solved once a distinct rate, then multiplied. Raises OutOfRange."""
    each = _instalments(principal, rate, parts, rounding=rounding)
    return _walk(principal, rate, parts, rounding=rounding, asked=lambda interest: each - interest)


def _instalments(
    principal: Whole, rate: Whole, parts: Sequence[Fraction], *, rounding: Rounding
) -> Whole:
    """Principal x the share of it that an instalment is, in limbs of 20 bits."""
    rates, which = np.unique(rate, return_inverse=True)
    factors = [[Fraction(one, PER_MILLION) * part for part in parts] for one in rates.tolist()]
    limbs = np.array([_limbs(instalment_share(one)) for one in factors], np.int64)
    if limbs.size and int(principal.max()) * int(limbs.max()) > _MOST:
        raise OutOfRange("an instalment does not fit 64 bits")
    carried: Whole = np.zeros_like(principal)
    for place in range(_LIMBS - 1, -1, -1):
        carried = principal * limbs[which, place] + (carried >> _LIMB_BITS)
    middle = 1 << (_LIMB_BITS - 1)
    rest = carried & _LIMB
    found: Whole = (carried >> _LIMB_BITS) + (rest > middle)
    for n in np.flatnonzero(np.abs(rest - middle) <= _NEAR).tolist():
        found[n] = _exact(int(principal[n]), factors[int(which[n])], rounding)
    return found


def _limbs(share: Decimal) -> list[int]:
    """`share` in units of 2^-60, cut into limbs, the most significant first and unbounded."""
    units = int(share * (1 << (_LIMB_BITS * _LIMBS)))
    low = [units >> (_LIMB_BITS * n) & _LIMB for n in range(_LIMBS - 1)]
    return [units >> (_LIMB_BITS * (_LIMBS - 1)), *low[::-1]]


def _exact(principal: int, factors: Sequence[Fraction], rounding: Rounding) -> int:
    periods = [
        Period(n, None, (Slice(0 if n > 1 else principal, factor),))
        for n, factor in enumerate(factors, 1)
    ]
    return instalment(0, periods, Grain(rounding))


def _walk(
    principal: Whole,
    rate: Whole,
    parts: Sequence[Fraction],
    *,
    rounding: Rounding,
    asked: Callable[[Whole], Whole],
) -> Batch:
    unit = _common_unit(rate)
    scale, rate = PER_MILLION // unit, rate // unit
    _check(principal, rate, parts)
    shape = (len(parts), principal.size)
    batch = Batch(*(np.empty(shape, np.int64) for _ in range(3)))
    balance = principal.astype(np.int64)
    for n, part in enumerate(parts):
        product = balance * rate * part.numerator
        interest = _divide(product, scale * part.denominator, rounding)
        last = n == len(parts) - 1
        repaid = balance if last else np.minimum(asked(interest), balance)
        balance = balance - repaid
        batch.principal[n], batch.interest[n], batch.balance[n] = repaid, interest, balance
    return batch


def _divide(numerator: Whole, denominator: int, rounding: Rounding) -> Whole:
    """Quotients of numbers >= 0, halves settled by the mode."""
    whole = numerator // denominator
    twice = 2 * (numerator - whole * denominator)
    middle: Any = True if rounding is Rounding.HALF_UP else whole % 2 == 1
    rounded: Whole = whole + ((twice > denominator) | ((twice == denominator) & middle))
    return rounded


def _common_unit(rate: Whole) -> int:
    """What all rates are multiples of, so that products stay small: 100 for basis points."""
    return math.gcd(PER_MILLION, *np.unique(rate).tolist())


def _check(principal: Whole, rate: Whole, parts: Sequence[Fraction]) -> None:
    if not principal.size:
        return
    if int(principal.min()) < 0 or int(rate.min()) < 0:
        raise OutOfRange("an amount or a rate lies below zero")
    longest = max(part.numerator for part in parts)
    if int(principal.max()) * int(rate.max()) * longest > _MOST:
        raise OutOfRange("principal x rate x days does not fit 64 bits")
