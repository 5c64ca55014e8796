"""Penalty on what is overdue: a daily rate or a share once; and which uplift applies.

Interest that compounds is workflows/lending/interest.py. ZD-3.6.11 (银发〔2003〕251号), ZD-3.6.3.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

from policies.money import Money, round_half_up


def uplift(overdue: Decimal | None, misuse: Decimal | None) -> Decimal:
    """The uplift on the contract rate: the heavier of overdue and misuse, never both (77号 25).

    None where the debt is not overdue, or the money not misused; 0 where it is neither.
    """
    return max((one for one in (overdue, misuse) if one is not None), default=Decimal(0))


def penalty(amount: Money, annual_rate: Decimal, days: int, *, year_days: int) -> Money:
    """Amount x rate x days / year, half-up to the fen. Vector V03."""
    return Money(round_half_up(Decimal(amount.fen * days) * annual_rate / year_days))


def late_days(due_dates: Iterable[date], as_of: date) -> tuple[int, ...]:
    """Days late of each instalment when the due day and the day itself both count; else 0."""
    return tuple(max(0, (as_of - due).days + 1) for due in due_dates)


def accrued_share(rate: Decimal, days: Sequence[int], *, year_days: int) -> Fraction:
    """What part of an instalment so many days at a yearly rate come to, exactly."""
    return Fraction(rate) * sum(days) / year_days


def once(base: Money, share: Decimal) -> Money:
    """One-off share of an overdue amount, half-up to the fen."""
    return Money(round_half_up(base.fen * share))
