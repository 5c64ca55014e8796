"""On which terms a live loan is repaid, and the instalments that follow from them. ZD-3.6.7.

Puts the schedule's methods, periods and due dates together in Money; knows no loan.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from policies.money import Money
from workflows.lending.days.day_count import DayCount
from workflows.lending.days.due_dates import Dates, Settlement, add_months, settlement_days
from workflows.lending.rounding import Rounding, rounded
from workflows.lending.schedule import methods
from workflows.lending.schedule.periods import Draw, Period, dated_periods
from workflows.lending.schedule.rows import Grain, Schedule

BULLET, ANNUITY, EQUAL_PRINCIPAL, FIXED_PRINCIPAL, FIXED_INSTALMENT, FLAT = METHODS = (
    "BULLET",  # 到期还本: interest settled on its days, or with the principal
    "ANNUITY",  # 等额本息
    "EQUAL_PRINCIPAL",  # 等额本金
    "FIXED_PRINCIPAL",  # a part of the principal each period, the rest at maturity
    "FIXED_INSTALMENT",  # a given instalment, the rest at maturity
    "FLAT",  # interest on the principal as drawn, in equal parts with it
)
WITH_PRINCIPAL, QUARTERLY_20, MONTHLY_20 = SETTLEMENTS = (
    "WITH_PRINCIPAL",  # 利随本清, and with every instalment of principal
    "QUARTERLY_20",
    "MONTHLY_20",
)
BY_PRODUCT, BY_TERM = COUNTINGS = (
    "ACT_360",  # 积数计息: balance x days
    "MONTHS_AND_DAYS",  # 逐笔计息: whole months / 12, odd days / 360
)
_SETTLED = {QUARTERLY_20: Settlement.QUARTERLY_20, MONTHLY_20: Settlement.MONTHLY_20}
_COUNTED = {BY_PRODUCT: DayCount.ACT_360, BY_TERM: DayCount.MONTHS_AND_DAYS}
YEAR = 360
"""Parts of a year in which both countings count: days, or whole months of 30 and odd days."""


@dataclass(frozen=True, slots=True)
class RepaymentTerms:
    """How a loan is repaid. every_months: between instalments, where no settlement day says it.

    grace: first periods that repay no principal; instalment: the given one of FIXED_INSTALMENT;
    share: of the principal, repaid each period by FIXED_PRINCIPAL.
    """

    method: str = BULLET
    settlement: str = WITH_PRINCIPAL
    counting: str = BY_PRODUCT
    every_months: int = 1
    grace: int = 0
    instalment: Money = Money.ZERO
    share: Decimal = Decimal(0)


AT_MATURITY = RepaymentTerms()
AS_THE_CASE = RepaymentTerms(settlement="")  # interest is settled as the case says


@dataclass(frozen=True, slots=True)
class PlannedInstalment:
    """What falls due on a day; the interest is what the plan expects, the posting decides."""

    due_on: date
    principal: Money
    interest: Money = Money.ZERO


Plan = tuple[PlannedInstalment, ...]


def due_dates(terms: RepaymentTerms, start: date, maturity: date) -> Dates:
    """The days on which something falls due, the maturity last."""
    if terms.settlement in _SETTLED:
        return settlement_days(start, maturity, _SETTLED[terms.settlement])
    if terms.method == BULLET:
        return (maturity,)
    days, n = [], terms.every_months
    while (day := add_months(start, n)) < maturity:
        days.append(day)
        n += terms.every_months
    return (*days, maturity)


def planned(
    terms: RepaymentTerms, annual_rate: Decimal, draws: Sequence[Draw], dates: Dates
) -> Plan:
    """The instalments on those days that repay what is drawn. Raises NoSchedule.

    A plan changed on the way is planned anew from what is left: its first period begins with the
    first drawing given.
    """
    if len(dates) == 1:
        return (_whole(terms, annual_rate, draws, dates[0]),)
    periods = dated_periods(
        draws, dates, annual_rate=annual_rate, day_count=_COUNTED[terms.counting]
    )
    rows = _METHODS[terms.method](periods, terms).rows
    return tuple(
        PlannedInstalment(row.due, Money(row.principal), Money(row.interest))
        for row in rows
        if row.due is not None
    )


def _whole(
    terms: RepaymentTerms, annual_rate: Decimal, draws: Sequence[Draw], due_on: date
) -> PlannedInstalment:
    """Everything on one day, were it the day of the drawing itself."""
    products = sum(one.fen * count(one.day, due_on, terms.counting) for one in draws)
    interest = rounded(products * Fraction(annual_rate) / YEAR, Rounding.HALF_UP)
    return PlannedInstalment(due_on, Money(sum(one.fen for one in draws)), Money(interest))


def count(start: date, end: date, counting: str) -> int:
    """Parts of a 360-part year from start (counted) to end (not); 0 where end is not after."""
    if end <= start:
        return 0
    if counting == BY_PRODUCT:
        return (end - start).days
    months = (end.year - start.year) * 12 + end.month - start.month
    if add_months(start, months) > end:
        months -= 1
    return months * (YEAR // 12) + (end - add_months(start, months)).days


def _fixed_principal(periods: Sequence[Period], terms: RepaymentTerms) -> Schedule:
    share = Fraction(terms.share)
    return methods.fixed_principal(periods, Grain(), share=share, grace=terms.grace)


def _fixed_instalment(periods: Sequence[Period], terms: RepaymentTerms) -> Schedule:
    amount = terms.instalment.fen
    return methods.fixed_instalment(periods, Grain(), amount=amount, grace=terms.grace)


# fmt: off
_METHODS: Mapping[str, Callable[[Sequence[Period], RepaymentTerms], Schedule]] = {
    BULLET:           lambda periods, terms: methods.interest_only(periods, Grain()),
    ANNUITY:          lambda periods, terms: methods.annuity(periods, Grain(), grace=terms.grace),
    EQUAL_PRINCIPAL:
        lambda periods, terms: methods.equal_principal(periods, Grain(), grace=terms.grace),
    FIXED_PRINCIPAL:  _fixed_principal,
    FIXED_INSTALMENT: _fixed_instalment,
    FLAT:             lambda periods, terms: methods.flat(periods, Grain(), grace=terms.grace),
}
# fmt: on
