"""Status of a loan replayed from its payments, so that a backdated one changes the past once.

A pure fold: the schedule and the payments, in order of their days, give balances, arrears and the
status events up to a day. A book remembers what it has told; a payment that arrives late adds only
events that are new. Timers of a day fire before its payments (ZD-1.7).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import pairwise

from policies.money import Money, total
from workflows.lending.arrears.unpaid import Arrears, Due, arrears, past_due, unpaid
from workflows.lending.overdue import CURRENT, bucket, days_past_due

BECAME_OVERDUE = "Loan.BecameOverdue"
BUCKET_ENTERED = "Loan.BucketEntered"
ARREARS_CLEARED = "Loan.ArrearsCleared"
SETTLED = "Loan.Settled"


@dataclass(frozen=True, slots=True)
class ArrearsTerms:
    """What is owed when, and on which days past due a bucket begins (parameter bucket_dpd)."""

    schedule: tuple[Due, ...]
    bucket_days: tuple[int, ...]


@dataclass(frozen=True, slots=True, order=True)
class MoneyReceived:
    """Money received: valued on a day, known by its own id, so that it counts once."""

    on: date
    id: str
    amount: Money = field(compare=False)


@dataclass(frozen=True, slots=True)
class StatusEvent:
    """A change of status; since: the oldest unpaid due date it speaks of."""

    name: str
    on: date
    since: date | None = None
    bucket: str = ""


@dataclass(frozen=True, slots=True)
class ArrearsStanding:
    """Where the loan stands on a day, and all status events that led there."""

    owed: Money
    arrears: Arrears
    overdue_since: date | None
    bucket: str
    events: tuple[StatusEvent, ...]


@dataclass(frozen=True, slots=True)
class PaymentHistory:
    """A loan's payments as they arrived, and every status event it has ever told."""

    terms: ArrearsTerms
    payments: tuple[MoneyReceived, ...] = ()
    told: tuple[StatusEvent, ...] = ()


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is unpaid at one moment of the fold."""

    on: date
    since: date | None
    bucket: str
    settled: bool = False


def replay(terms: ArrearsTerms, payments: Iterable[MoneyReceived], until: date) -> ArrearsStanding:
    """Fold payments, in whatever order they come, into the standing at the end of a day."""
    known = sorted(paid for paid in payments if paid.on <= until)
    moments = tuple(_moments(terms, known, until))
    left = unpaid(terms.schedule, total(paid.amount for paid in known))
    last = moments[-1]
    return ArrearsStanding(
        owed=total(due.amount for due in left),
        arrears=arrears(left, until),
        overdue_since=last.since,
        bucket=last.bucket,
        events=tuple(event for pair in pairwise(moments) for event in _changes(*pair)),
    )


def receive(
    book: PaymentHistory, payment: MoneyReceived, today: date
) -> tuple[PaymentHistory, tuple[StatusEvent, ...]]:
    """The book after a payment, backdated or not, and the status events that are new.

    A payment of a known id changes nothing. An event told before that no longer holds is found by
    `withdrawn`; one that holds again later is not told twice.
    """
    if any(payment.id == known.id for known in book.payments):
        return advance(book, today)
    return advance(replace(book, payments=tuple(sorted((*book.payments, payment)))), today)


def advance(book: PaymentHistory, today: date) -> tuple[PaymentHistory, tuple[StatusEvent, ...]]:
    """The book on a later day, and the status events that became due on the way."""
    standing = replay(book.terms, book.payments, today)
    new = tuple(event for event in standing.events if event not in book.told)
    return replace(book, told=(*book.told, *new)), new


def withdrawn(book: PaymentHistory, today: date) -> tuple[StatusEvent, ...]:
    """Events told that a backdated payment has made untrue: to be corrected, never to be erased."""
    holding = replay(book.terms, book.payments, today).events
    return tuple(event for event in book.told if event not in holding)


def _moments(terms: ArrearsTerms, known: Sequence[MoneyReceived], until: date) -> Iterator[_Moment]:
    """Start, then each day on which something can change: at its opening and after its payments."""
    yield _Moment(date.min, None, CURRENT)
    paid = Money.ZERO
    for day in _days(terms, known, until):
        yield _moment(terms, paid, day)
        for payment in known:
            if payment.on == day:
                paid += payment.amount
        yield _moment(terms, paid, day)


def _days(terms: ArrearsTerms, known: Sequence[MoneyReceived], until: date) -> list[date]:
    thresholds = {1, *terms.bucket_days}
    steps = {due.on + timedelta(days=days) for due in terms.schedule for days in thresholds}
    return sorted(day for day in steps | {paid.on for paid in known} if day <= until)


def _moment(terms: ArrearsTerms, paid: Money, day: date) -> _Moment:
    left = unpaid(terms.schedule, paid)
    late = past_due(left, day)
    since = min((due.on for due in late), default=None)
    name = bucket(days_past_due(since, day), terms.bucket_days)
    return _Moment(day, since, name, settled=not left)


def _changes(before: _Moment, after: _Moment) -> Iterator[StatusEvent]:
    """The events between two moments; a bucket left for none is told by the arrears cleared."""
    if before.since is None and after.since is not None:
        yield StatusEvent(BECAME_OVERDUE, after.on, after.since)
    if before.since is not None and after.since is None:
        yield StatusEvent(ARREARS_CLEARED, after.on, before.since)
    if after.bucket not in (before.bucket, CURRENT):
        yield StatusEvent(BUCKET_ENTERED, after.on, after.since, after.bucket)
    if after.settled and not before.settled:
        yield StatusEvent(SETTLED, after.on)
