"""Payments that arrive late change the past once: what is new is told, and nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

from policies.money import Money, yuan
from policies.reading.loader import load
from workflows.lending.arrears.replay import (
    ARREARS_CLEARED,
    BECAME_OVERDUE,
    BUCKET_ENTERED,
    SETTLED,
    ArrearsTerms,
    MoneyReceived,
    PaymentHistory,
    StatusEvent,
    advance,
    receive,
    replay,
    withdrawn,
)
from workflows.lending.arrears.unpaid import Due

FIRST, SECOND = date(2025, 10, 1), date(2025, 11, 1)
BUCKETS = load("jiangsu").on(FIRST)["bucket_dpd"].value
TERMS = ArrearsTerms((Due(FIRST, yuan("250.00")), Due(SECOND, yuan("250.00"))), BUCKETS)


def paid(on: date, amount: str, name: str = "P1") -> MoneyReceived:
    return MoneyReceived(on, name, yuan(amount))


def after(days: int, since: date = FIRST) -> date:
    return since + timedelta(days=days)


def names(events: tuple[StatusEvent, ...]) -> list[str]:
    return [f"{one.name.partition('.')[2]} {one.bucket}".strip() for one in events]


def test_an_unpaid_instalment_is_overdue_from_the_day_after_and_ages() -> None:
    found = replay(TERMS, [], after(8))

    assert found.events == (
        StatusEvent(BECAME_OVERDUE, after(1), FIRST),
        StatusEvent(BUCKET_ENTERED, after(1), FIRST, "M0"),
        StatusEvent(BUCKET_ENTERED, after(8), FIRST, "M1"),
    )
    assert (found.arrears.days_past_due, found.bucket) == (8, "M1")


def test_nothing_happens_until_the_due_day_has_passed() -> None:
    assert replay(TERMS, [], FIRST).events == ()
    assert replay(TERMS, [paid(FIRST, "250.00")], after(1)).events == ()


def test_a_payment_on_the_first_overdue_day_comes_after_the_days_timers() -> None:
    found = replay(TERMS, [paid(after(1), "250.00")], after(1))

    assert names(found.events) == ["BecameOverdue", "BucketEntered M0", "ArrearsCleared"]
    assert found.overdue_since is None


def test_a_part_paid_leaves_the_days_running_from_the_oldest_due_date() -> None:
    """Domain 3.14, path 10."""
    found = replay(TERMS, [paid(after(10), "249.99")], after(20))

    assert found.arrears.days_past_due == 20
    assert found.arrears.overdue == Money(1)


def test_paying_the_older_instalment_moves_the_loan_back_a_bucket() -> None:
    found = replay(TERMS, [paid(after(40), "250.00")], after(40))

    assert found.events[-1] == StatusEvent(BUCKET_ENTERED, after(40), SECOND, "M1")


def test_the_last_payment_settles_the_loan() -> None:
    found = replay(TERMS, [paid(FIRST, "500.00")], after(60))

    assert found.events == (StatusEvent(SETTLED, FIRST),)
    assert found.owed == Money.ZERO


def test_a_backdated_payment_tells_only_what_is_new() -> None:
    book, told = advance(PaymentHistory(TERMS), after(9))

    book, new = receive(book, paid(after(3), "250.00"), after(9))

    assert names(told) == ["BecameOverdue", "BucketEntered M0", "BucketEntered M1"]
    assert new == (StatusEvent(ARREARS_CLEARED, after(3), FIRST),)
    assert names(withdrawn(book, after(9))) == ["BucketEntered M1"]


def test_a_payment_that_comes_twice_counts_once() -> None:
    book, _ = receive(PaymentHistory(TERMS), paid(after(3), "250.00"), after(9))

    again, new = receive(book, paid(after(3), "250.00"), after(9))

    assert (again, new) == (book, ())


def test_a_day_that_comes_again_tells_nothing() -> None:
    book, _ = advance(PaymentHistory(TERMS), after(9))

    assert advance(book, after(9)) == (book, ())
