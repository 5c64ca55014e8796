"""The repayment methods: how much principal each period repays. Amounts are fen.

等额本息, 等额本金, 按期付息到期还本, 利随本清 and their kin; rows.py walks the rows.
`grace`: so many first periods repay no principal, but pay their interest.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from workflows.lending.rounding import rounded
from workflows.lending.schedule.instalment import instalment, nominal_instalment
from workflows.lending.schedule.periods import NoSchedule, Period
from workflows.lending.schedule.rows import Grain, PeriodStart, Schedule, ScheduleRow, walk


def annuity(
    periods: Sequence[Period], grain: Grain, *, grace: int = 0, nominal: Fraction | None = None
) -> Schedule:
    """Equal instalments (等额本息). A disbursement asks for a new one from its period on.

    `nominal`: one factor a period, from which the instalment follows whatever the days are.
    """
    found: list[int] = []

    def part(at_end: PeriodStart) -> int:
        n = at_end.period.n
        if n <= grace:
            return 0
        if not found or at_end.period.drawn:
            rest = periods[n - 1 :]
            found.append(
                instalment(at_end.opening, rest, grain)
                if nominal is None
                else nominal_instalment(at_end.owed, nominal, len(rest), grain=grain)
            )
        return found[-1] - at_end.interest

    rows = walk(periods, grain, part)
    return Schedule(rows, found[-1] if found else rows[-1].payment)


def equal_principal(periods: Sequence[Period], grain: Grain, *, grace: int = 0) -> Schedule:
    """Equal parts of the principal (等额本金); the last takes what rounding left.

    With an instalment multiple, principal and interest are rounded to it each and the principal
    makes up the difference, so that the whole instalment is a multiple.
    """
    whole = sum(period.drawn for period in periods)
    share = rounded(Fraction(whole, len(periods) - grace), grain.rounding, multiple=grain.money)

    def part(at_end: PeriodStart) -> int:
        if at_end.period.n <= grace:
            return 0
        if not grain.instalment:
            return share
        round_sum = [_to_instalment(fen, grain) for fen in (share, at_end.interest)]
        return sum(round_sum) - at_end.interest

    return Schedule(walk(periods, grain, part))


def interest_only(periods: Sequence[Period], grain: Grain) -> Schedule:
    """Interest each period, all principal at maturity (按期付息到期还本); one period: 利随本清."""
    return Schedule(walk(periods, grain, lambda at_end: 0))


def fixed_principal(
    periods: Sequence[Period], grain: Grain, *, share: Fraction, grace: int = 0
) -> Schedule:
    """A fixed part of the whole principal each period, the balloon at maturity."""
    whole = sum(period.drawn for period in periods)
    amount = rounded(whole * share, grain.rounding, multiple=grain.money)
    return Schedule(walk(periods, grain, lambda at_end: 0 if at_end.period.n <= grace else amount))


def fixed_instalment(
    periods: Sequence[Period], grain: Grain, *, amount: int, grace: int = 0
) -> Schedule:
    """A given instalment until nothing is owed: the rows end there, or the last takes the rest.

    Raises NoSchedule when the amount does not cover a period's interest.
    """

    def part(at_end: PeriodStart) -> int:
        if at_end.period.n <= grace:
            return 0
        if amount <= at_end.interest and at_end.owed:
            raise NoSchedule("instalment_below_interest", period=at_end.period.n)
        return amount - at_end.interest

    return Schedule(_until_repaid(walk(periods, grain, part)), amount)


def flat(
    periods: Sequence[Period], grain: Grain, *, grace: int = 0, share: Fraction | None = None
) -> Schedule:
    """Interest of the whole term on the original principal, in equal parts with the principal.

    Both last parts take what rounding left; an instalment multiple rounds their sum. `share`: the
    part of the principal repaid each period, if not an equal one.
    """
    count, whole = len(periods), sum(period.drawn for period in periods)
    term = sum((period.factor for period in periods), Fraction(0))
    charge = rounded(whole * term, grain.rounding, multiple=grain.money)
    interest = rounded(Fraction(charge, count), grain.rounding, multiple=grain.money)
    exact = Fraction(whole, count - grace) if share is None else whole * share
    part = rounded(exact, grain.rounding, multiple=grain.money)
    if grain.instalment:
        part = _to_instalment(exact + Fraction(charge, count), grain) - interest
    rows: list[ScheduleRow] = []
    balance = whole
    for period in periods:
        last, principal = period.n == count, 0 if period.n <= grace else min(part, balance)
        principal = balance if last else principal
        paid = charge - interest * (count - 1) if last else interest
        balance -= principal
        rows.append(ScheduleRow(period.n, period.due, principal, paid, balance))
    return Schedule(tuple(rows))


def interest_in_arrears(schedule: Schedule, *, grace: int) -> Schedule:
    """Defer the interest of the first `grace` periods: it is collected, unrounded no further, with
    the first instalment after them and bears no interest itself (Fineract RS07).
    """
    if not 0 < grace < len(schedule.rows):
        return schedule
    deferred = sum(row.interest for row in schedule.rows[:grace])
    rows = tuple(
        ScheduleRow(r.n, r.due, r.principal, _collected(r, grace, deferred=deferred), r.balance)
        for r in schedule.rows
    )
    return Schedule(rows, schedule.instalment)


def _collected(row: ScheduleRow, grace: int, *, deferred: int) -> int:
    if row.n <= grace:
        return 0
    return row.interest + deferred if row.n == grace + 1 else row.interest


def _to_instalment(exact: Fraction | int, grain: Grain) -> int:
    mode = grain.instalment_rounding or grain.rounding
    return rounded(Fraction(exact), mode, multiple=grain.instalment)


def _until_repaid(rows: Sequence[ScheduleRow]) -> tuple[ScheduleRow, ...]:
    """The rows up to the one that leaves nothing."""
    kept: list[ScheduleRow] = []
    for row in rows:
        kept.append(row)
        if row.balance == 0:
            break
    return tuple(kept)
