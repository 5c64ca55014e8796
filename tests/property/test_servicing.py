"""What always holds of payments, arrears, interest and replay, whatever the figures."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money, total
from workflows.lending.accrual import Balance, accrued
from workflows.lending.arrears.batch import LoanBook, arrears_of, day_number
from workflows.lending.arrears.replay import ArrearsTerms as Schedule
from workflows.lending.arrears.replay import (
    MoneyReceived,
    PaymentHistory,
    StatusEvent,
    advance,
    receive,
    replay,
)
from workflows.lending.arrears.unpaid import (
    AgeRange,
    Due,
    Pause,
    arrears,
    by_range,
    paused_days,
    unpaid,
)
from workflows.lending.days.day_share import ADDITIVE, day_share
from workflows.lending.overdue import CURRENT, bucket
from workflows.lending.payments.future_instalments import RULES, Instalment, pay
from workflows.lending.payments.recalculation import (
    KEEP,
    REDUCE,
    RESCHEDULE,
    LoanTerms,
    Paid,
    payoff,
    recalculated,
)
from workflows.lending.payments.waterfall import COMPONENTS, WHENS, Bucket, fill, less
from workflows.lending.rounding import Rounding

START = date(2025, 1, 2)
BUCKETS = (1, 8, 31, 61)
EVERY = [AgeRange("all", 1, None)]

amounts = st.integers(0, 10**8).map(Money)
positive = st.integers(1, 10**6).map(Money)
days = st.integers(0, 400).map(lambda n: START + timedelta(days=n))
dues = st.builds(Due, days, positive)
schedules = st.lists(dues, min_size=1, max_size=6, unique_by=lambda due: due.on)
buckets = st.builds(Bucket, st.sampled_from(WHENS), st.sampled_from(COMPONENTS))
pauses = st.lists(
    st.tuples(days, days, days).map(lambda d: Pause(d[0], *sorted(d[1:]))), max_size=4
)
payments = st.lists(st.builds(MoneyReceived, days, st.uuids().map(str), positive), max_size=6)


@given(amounts, st.dictionaries(buckets, amounts), st.permutations(
    [Bucket(when, component) for when in WHENS for component in COMPONENTS]
))  # fmt: skip
def test_an_allocation_conserves_the_payment_in_any_order(
    amount: Money, debts: dict[Bucket, Money], order: Sequence[Bucket]
) -> None:
    paid, rest = fill(amount, debts, order)

    left = less(debts, paid)
    assert total(paid.values()) + rest == amount
    assert all(one >= Money.ZERO for one in left.values())
    assert not rest or not any(left.values())


@given(amounts, schedules, days, st.sampled_from(sorted(RULES)))
def test_a_surplus_is_spread_without_loss_and_never_before_what_is_due(
    amount: Money, schedule: list[Due], on: date, rule: str
) -> None:
    instalments = [Instalment(due.on, due.amount) for due in schedule]

    after, rest = pay(instalments, amount, on=on, rule=rule)

    assert total(one.paid for one in after) + rest == amount
    assert all(Money.ZERO <= one.paid <= one.amount for one in after)
    ahead = any(one.paid for one in after if one.due > on)
    assert not ahead or not any(one.unpaid for one in after if one.due <= on)
    assert not rest or not any(one.unpaid for one in after)


@given(schedules, amounts, days, pauses, st.integers(0, 30), st.integers(0, 1))
def test_days_past_due_are_never_negative_and_grace_only_lessens_them(
    schedule: list[Due],
    paid: Money,
    on: date,
    paused: list[Pause],
    grace: int,
    counting: int,
) -> None:
    left = unpaid(schedule, paid)

    found = arrears(left, on, grace_days=grace, pauses=paused, counting=counting)

    assert 0 <= found.delinquent_days <= found.days_past_due
    assert found.overdue <= total(due.amount for due in left)
    assert (found.days_past_due == 0) == (found.overdue == Money.ZERO)
    assert by_range(left, on, EVERY, counting=counting).get("all", Money.ZERO) == found.overdue


@given(pauses, days, days)
def test_paused_days_are_the_days_that_a_known_pause_covers(
    paused: list[Pause], one: date, other: date
) -> None:
    on = max(one, other)
    known = [pause for pause in paused if pause.entered <= on]

    covered = sum(
        any(pause.start <= START + timedelta(days=n) < min(pause.end, on) for pause in known)
        for n in range(800)
    )

    assert paused_days(paused, on) == covered


@given(
    st.lists(st.tuples(schedules, amounts, st.integers(0, 40)), min_size=1, max_size=5),
    days,
    st.integers(0, 30),
    st.integers(0, 1),
)
def test_a_book_says_of_each_loan_what_the_loan_says(
    loans: list[tuple[list[Due], Money, int]], on: date, grace: int, counting: int
) -> None:
    rows = [sorted(schedule, key=lambda due: due.on) for schedule, _, _ in loans]
    book = LoanBook(
        due_days=np.array([day_number(due.on) for row in rows for due in row], dtype=np.int32),
        amounts=np.array([due.amount.fen for row in rows for due in row], dtype=np.int64),
        first=np.array([0, *accumulate(map(len, rows))][:-1], dtype=np.int64),
        paid=np.array([paid.fen for _, paid, _ in loans], dtype=np.int64),
        paused_days=np.array([paused for _, _, paused in loans], dtype=np.int32),
    )

    found = arrears_of(book, on, grace_days=grace, counting=counting)

    for place, (schedule, paid, paused) in enumerate(loans):
        pause = Pause(date.min, on - timedelta(days=paused), on)
        alone = arrears(
            unpaid(schedule, paid), on, grace_days=grace, pauses=[pause], counting=counting
        )
        figures = (found.days_past_due, found.delinquent_days, found.overdue)
        assert [int(each[place]) for each in figures] == [
            alone.days_past_due,
            alone.delinquent_days,
            alone.overdue.fen,
        ]


@given(st.lists(st.builds(Balance, days, amounts), max_size=6), days, days, days)
def test_splitting_a_period_at_any_day_changes_no_total_before_posting(
    balances: list[Balance], one: date, two: date, three: date
) -> None:
    start, middle, end = sorted((one, two, three))
    rate = Decimal("0.0365")

    parts = [
        accrued(balances, rate, between, year_days=360)
        for between in pairwise((start, middle, end))
    ]

    assert sum(parts, Fraction(0)) == accrued(balances, rate, (start, end), year_days=360)


@given(st.sets(days.filter(lambda day: day > START), min_size=1, max_size=6), st.data())
def test_parts_of_a_period_add_up_to_the_period(edges: set[date], data: st.DataObject) -> None:
    dues = sorted(edges)
    day_count = data.draw(st.sampled_from(ADDITIVE))
    share = day_share(START, dues, day_count)

    for opened, due in pairwise((START, *dues)):
        middle = data.draw(st.dates(opened, due))
        assert share(opened, middle) + share(middle, due) == share(opened, due)


@st.composite
def lent(draw: st.DrawFn) -> tuple[LoanTerms, list[Paid]]:
    """Terms of one to six instalments and payments that may be early, late or odd."""
    dues = sorted(draw(st.sets(days.filter(lambda day: day > START), min_size=1, max_size=6)))
    principal = draw(st.integers(10_000, 10**7))
    terms = LoanTerms(
        principal=Money(principal),
        annual_rate=Decimal(draw(st.integers(0, 2400))) / 10_000,
        disbursed_on=START,
        due_dates=tuple(dues),
        instalment=Money(principal // len(dues) + draw(st.integers(0, 1000))),
        day_count=draw(st.sampled_from(ADDITIVE)),
        rounding=draw(st.sampled_from([Rounding.HALF_UP, Rounding.HALF_EVEN])),
        by_segment=draw(st.booleans()),
        prepayment=draw(st.sampled_from([KEEP, REDUCE, RESCHEDULE])),
    )
    parts = draw(st.lists(st.tuples(days, st.integers(0, principal // 4)), max_size=4))
    return terms, [Paid(on, Money(fen)) for on, fen in parts]


@given(lent(), days)
def test_principal_parts_sum_to_the_principal_whatever_is_paid(
    asked: tuple[LoanTerms, list[Paid]], on: date
) -> None:
    terms, paid = asked
    as_of = max([on, *(one.on for one in paid)])
    owed = payoff(terms, paid, as_of, interest_to=as_of).total

    rows = recalculated(terms, paid, as_of)

    assert total(row.principal for row in rows) == terms.principal
    assert all(row.principal >= Money.ZERO and row.interest >= Money.ZERO for row in rows)
    assert owed >= Money.ZERO


@given(schedules, payments, days)
def test_a_replay_is_what_looking_at_every_day_says(
    schedule: list[Due], paid: list[MoneyReceived], until: date
) -> None:
    terms = Schedule(tuple(schedule), BUCKETS)

    found = replay(terms, paid, until)

    seen = [standing(schedule, paid, START + timedelta(days=n), until) for n in range(402)]
    reached = [one for one in seen if one is not None]
    assert (found.overdue_since, found.bucket) == reached[-1]
    assert [one.name for one in found.events].count("Loan.BecameOverdue") >= sum(
        before[0] is None and now[0] is not None for before, now in pairwise(reached)
    )


def standing(
    schedule: list[Due], paid: list[MoneyReceived], day: date, until: date
) -> tuple[date | None, str] | None:
    """Oldest unpaid due date and bucket at the end of one day, with nothing remembered."""
    if day > until:
        return None
    left = unpaid(schedule, total(one.amount for one in paid if one.on <= day))
    since = min((due.on for due in left if due.on < day), default=None)
    late = 0 if since is None else (day - since).days
    return since, bucket(late, BUCKETS) if late else CURRENT


@given(schedules, payments, st.randoms(use_true_random=False), st.lists(days, max_size=3))
def test_any_order_of_arrival_ends_the_same_and_tells_nothing_twice(
    schedule: list[Due], paid: list[MoneyReceived], shuffle: Any, looked: list[date]
) -> None:
    terms, end = Schedule(tuple(schedule), BUCKETS), START + timedelta(days=401)
    arriving = list(paid)
    shuffle.shuffle(arriving)
    book, told = PaymentHistory(terms), list[StatusEvent]()

    for day, payment in zip([*sorted(looked), *[end] * len(paid)], arriving, strict=False):
        book, new = receive(book, payment, max(day, payment.on))
        told += new
    for payment in arriving:
        book, new = receive(book, payment, end)
        told += new
    book, new = advance(book, end)
    told += new

    direct = replay(terms, paid, end)
    assert replay(terms, book.payments, end) == direct
    assert len(told) == len(set(told))
    assert set(direct.events) <= set(told)
