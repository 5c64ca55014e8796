"""A schedule of instalments as payments really came: early, late, partial, excess, payoff.

Interest runs on what was really outstanding until `as_of`, after it on what the schedule says.
A payment meets what is due first, interest before principal; the rest prepays the principal of the
running period. ZD-3.6.7; conventions of the public systems in the golden README.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from policies.money import Money, total
from workflows.lending.days.day_count import DayCount
from workflows.lending.days.day_share import DayShare, day_share
from workflows.lending.days.due_dates import MONTHS_OF_YEAR
from workflows.lending.rounding import Rounding, rounded

FEN = Money(1)
REDUCE, KEEP, RESCHEDULE = "reduce", "keep", "reschedule"
"""What a prepayment changes: the instalment, only how soon the loan ends, the next instalments."""


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """What was agreed. multiple: to what the instalment is rounded, a fen or more.

    by_segment: interest is rounded at every change of the balance, else once a period.
    """

    principal: Money
    annual_rate: Decimal
    disbursed_on: date
    due_dates: tuple[date, ...]
    instalment: Money
    day_count: DayCount
    rounding: Rounding
    multiple: Money = FEN
    by_segment: bool = False
    prepayment: str = KEEP


@dataclass(frozen=True, slots=True)
class Paid:
    """Money received on a day."""

    on: date
    amount: Money


@dataclass(slots=True)
class RecalculatedPeriod:
    """One period: what falls due at its end, and how much of that is still to be paid."""

    number: int
    opened: date
    due: date
    interest: Money = Money.ZERO
    principal: Money = Money.ZERO
    interest_open: Money = Money.ZERO
    principal_open: Money = Money.ZERO


@dataclass(frozen=True, slots=True)
class Payoff:
    """What closes a loan on a day, in its two parts."""

    principal: Money
    interest: Money

    @property
    def total(self) -> Money:
        """Both parts."""
        return self.principal + self.interest


class Overpaid(ValueError):
    """More principal was paid than the loan owes."""


def annuity(terms: LoanTerms, balance: Money, periods: int) -> Money:
    """Level monthly instalment at rate/12, rounded to whole multiples."""
    monthly = Fraction(terms.annual_rate) / MONTHS_OF_YEAR
    exact = Fraction(balance.fen, periods)
    if monthly:
        exact = balance.fen * monthly / (1 - (1 + monthly) ** -periods)
    return Money(rounded(exact, terms.rounding, multiple=terms.multiple.fen))


def recalculated(
    terms: LoanTerms, payments: Iterable[Paid], as_of: date
) -> tuple[RecalculatedPeriod, ...]:
    """The periods until nothing is left, with what falls due in each. Raises Overpaid."""
    run = _run(terms, payments, as_of)
    run.all_periods()
    return tuple(run.rows)


def payoff(terms: LoanTerms, payments: Iterable[Paid], on: date, *, interest_to: date) -> Payoff:
    """What closes the loan on a day when interest is charged to `interest_to`. Raises Overpaid."""
    run = _run(terms, payments, max(on, interest_to))
    run.all_periods()
    owed = [row.interest_open for row in run.rows if row.due <= on]
    owed += [run.interest(row, interest_to) for row in run.rows if row.opened <= on < row.due]
    return Payoff(run.outstanding(on), total(owed))


def period_end(terms: LoanTerms, on: date) -> date:
    """The due date that ends the period of a day; the day itself after the last one."""
    return min((due for due in terms.due_dates if due >= on), default=on)


def _run(terms: LoanTerms, payments: Iterable[Paid], as_of: date) -> _Run:
    share = day_share(terms.disbursed_on, terms.due_dates, terms.day_count)
    return _Run(terms, tuple(payments), as_of, share)


@dataclass(slots=True)
class _Run:
    """One pass over the periods, oldest first. scheduled: balance when all that is due is paid."""

    terms: LoanTerms
    payments: Sequence[Paid]
    as_of: date
    share: DayShare
    rows: list[RecalculatedPeriod] = field(default_factory=list)
    reductions: list[Paid] = field(default_factory=list)
    scheduled: Money = Money.ZERO
    instalment: Money = Money.ZERO
    credit: Money = Money.ZERO  # prepaid, not yet set against coming instalments

    def all_periods(self) -> None:
        self.scheduled, self.instalment = self.terms.principal, self.terms.instalment
        edges = (self.terms.disbursed_on, *self.terms.due_dates)
        for number, (opened, due) in enumerate(pairwise(edges), start=1):
            self.period(RecalculatedPeriod(number, opened, due))
            if not self.scheduled:
                break
        for paid in self.received(after=self.rows[-1].due):
            if self.meet(paid):
                raise Overpaid

    def received(self, *, after: date, before: date = date.max) -> list[Paid]:
        """Payments between two days, both left out, oldest first."""
        inside = [paid for paid in self.payments if after < paid.on < before]
        return sorted(inside, key=lambda paid: paid.on)

    def period(self, row: RecalculatedPeriod) -> None:
        first = row.number == 1
        running = [paid for paid in self.payments if first and paid.on == row.opened]
        running += self.received(after=row.opened, before=row.due)
        prepaid, beyond = self.prepay(running, self.scheduled)
        row.interest = self.interest(row, row.due, prepaid)
        row.interest_open = row.interest - beyond
        agreed = self.agreed_principal(row)
        row.principal = max(agreed, prepaid)
        row.principal_open = row.principal - prepaid
        self.rows.append(row)
        on_time = [paid for paid in self.payments if paid.on == row.due]
        extra, too_much = self.prepay(on_time, self.scheduled - row.principal)
        if too_much or row.interest_open < Money.ZERO:
            raise Overpaid
        row.principal += extra
        self.scheduled -= row.principal
        self.prepaid_beyond(row.principal - agreed, len(self.terms.due_dates) - row.number)

    def agreed_principal(self, row: RecalculatedPeriod) -> Money:
        """The instalment's principal, less what was prepaid for it; all that is left at the end."""
        if row.number == len(self.terms.due_dates):
            return self.scheduled
        part = min(self.scheduled, max(Money.ZERO, self.instalment - row.interest))
        ahead = min(part, self.credit)
        self.credit -= ahead
        return part - ahead

    def prepaid_beyond(self, surplus: Money, periods_left: int) -> None:
        """What a prepayment changes in the coming instalments."""
        if not surplus or not periods_left:
            return
        if self.terms.prepayment == RESCHEDULE:
            self.credit += surplus
        if self.terms.prepayment == REDUCE:
            self.instalment = annuity(self.terms, self.scheduled, periods_left)

    def prepay(self, payments: Iterable[Paid], most: Money) -> tuple[Money, Money]:
        """Take payments in: what of them prepays principal, `most` of it, and what is beyond."""
        prepaid = beyond = Money.ZERO
        for paid in payments:
            rest = self.meet(paid)
            principal = min(rest, most - prepaid)
            prepaid += principal
            beyond += rest - principal
            self.reductions.append(Paid(paid.on, principal))
        return prepaid, beyond

    def meet(self, paid: Paid) -> Money:
        """Pay what is due, the oldest row first, interest before principal; returns the rest."""
        left = paid.amount
        for row in self.rows:
            interest = min(left, row.interest_open)
            principal = min(left - interest, row.principal_open)
            row.interest_open -= interest
            row.principal_open -= principal
            left -= interest + principal
            self.reductions.append(Paid(paid.on, principal))
        return left

    def outstanding(self, on: date) -> Money:
        """Principal disbursed and not paid by a day, that day's payments included."""
        return self.terms.principal - total(one.amount for one in self.reductions if one.on <= on)

    def interest(self, row: RecalculatedPeriod, to: date, prepaid: Money = Money.ZERO) -> Money:
        """Interest of a period until a day in it."""
        edges = {row.opened, to, self.as_of, *(one.on for one in self.reductions)}
        days = sorted(day for day in edges if row.opened <= day <= to)
        parts = dict[Money, Fraction]()
        for start, end in pairwise(days):
            late = start >= self.as_of
            balance = self.scheduled - prepaid if late else self.outstanding(start)
            parts[balance] = parts.get(balance, Fraction(0)) + self.share(start, end)
        rate, mode = Fraction(self.terms.annual_rate), self.terms.rounding
        exact = [balance.fen * rate * share for balance, share in parts.items()]
        if self.terms.by_segment:
            return Money(sum(rounded(one, mode) for one in exact))
        return Money(rounded(sum(exact, Fraction(0)), mode))
