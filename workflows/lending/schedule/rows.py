"""A repayment schedule: frozen rows of what falls due, and the walk that makes them.

Interest is rounded once a slice on the balance it bears on; principal is what a method asks for;
the last period takes the rest. Amounts are fen. ZD-1.3 and ZD-3.6.7.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.lending.rounding import Rounding, rounded_ratio
from workflows.lending.schedule.periods import Period


@dataclass(frozen=True, slots=True)
class Grain:
    """How fine amounts are: `money` and `instalment` are multiples in fen (instalment 0: money).

    levelled: try an instalment nearer to the last one (workflows/lending/schedule/instalment.py).
    """

    rounding: Rounding = Rounding.HALF_UP
    money: int = 1
    instalment: int = 0
    instalment_rounding: Rounding | None = None
    levelled: bool = False


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """What falls due at the end of the n-th period, and the balance left after it; fen."""

    n: int
    due: date | None
    principal: int
    interest: int
    balance: int

    @property
    def payment(self) -> int:
        """Principal and interest together, fen."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class Schedule:
    """All rows. `instalment`: the regular instalment of an annuity, the latest where it changed."""

    rows: tuple[ScheduleRow, ...]
    instalment: int | None = None

    @property
    def principal(self) -> int:
        """All principal, fen."""
        return sum(row.principal for row in self.rows)

    @property
    def interest(self) -> int:
        """All interest, fen."""
        return sum(row.interest for row in self.rows)

    @property
    def payment(self) -> int:
        """All that is paid, fen."""
        return self.principal + self.interest


@dataclass(frozen=True, slots=True)
class PeriodStart:
    """Where the walk stands at the end of a period, before its payment; fen.

    opening: balance before the period's disbursements; owed: after them.
    """

    period: Period
    opening: int
    owed: int
    interest: int


Part = Callable[[PeriodStart], int]
"""The principal that a method asks for, fen; never asked in the last period."""


def walk(periods: Sequence[Period], grain: Grain, part: Part) -> tuple[ScheduleRow, ...]:
    """The rows that follow when each period but the last repays what `part` asks for.

    A repayment never exceeds what is owed. A disbursement on a due date shows in that row's
    balance, though it bears interest from there on only.
    """
    rows: list[ScheduleRow] = []
    balance = 0
    for period, following in zip(periods, (*periods[1:], None), strict=True):
        owed, interest = accrue(period, balance, grain)
        at_end = PeriodStart(period, balance, owed, interest)
        principal = min(part(at_end), owed) if following else owed
        balance = owed - principal
        drawn_next = following.slices[0].drawn if following else 0
        rows.append(ScheduleRow(period.n, period.due, principal, interest, balance + drawn_next))
    return tuple(rows)


def accrue(period: Period, balance: int, grain: Grain) -> tuple[int, int]:
    """What is owed at the end of a period that began with `balance`, and its interest; fen."""
    interest = 0
    for one in period.slices:
        balance += one.drawn
        numerator, denominator = balance * one.factor.numerator, one.factor.denominator
        interest += rounded_ratio(numerator, denominator, grain.rounding, multiple=grain.money)
    return balance, interest
