"""A replay is the sum of its assessments: whatever the loans, each form shares them as `assess`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policies.money import Money
from policies.reading.override import with_values
from policies.reading.pack import Policy
from policies.reading.variants import forms, last_change, policy_of
from policies.sharing.assess import Default, assess
from services.boarding.losses import read_book
from services.comparison.book import Book, PastLoan
from services.comparison.division import divided, numerators, whole_numbers
from services.comparison.replay import every_form, replay
from services.kernel.settings import ROOT

FORMS = [form.ident for form in forms()]
DAY = max(last_change(ident) for ident in FORMS)
EDGES = [0, 1, 99, 1_000_000_000, 1_000_000_001, 3_000_000_000, 3_000_000_001, 2**62]
fens = st.sampled_from(EDGES) | st.integers(0, 4_000_000_000)


@st.composite
def loans(draw: st.DrawFn) -> PastLoan:
    """A defaulted loan; more may be lost than was drawn, as in a real book."""
    return PastLoan(2, draw(fens), draw(fens), date(2024, 1, 1), date(2025, 1, 1), 12)


def sums(policy: Policy, every: Iterable[PastLoan]) -> tuple[dict[str, int], int]:
    """What assessing one loan after another comes to."""
    found: dict[str, int] = {}
    refused = 0
    for loan in every:
        outcome = assess(policy, Default(loan.loss))
        refused += bool(outcome.refused)
        for party, amount in outcome.assessment.totals().items():
            found[party] = found.get(party, 0) + amount.fen
    return found, refused


def without_nothing(totals: dict[str, int]) -> dict[str, int]:
    return {party: fen for party, fen in totals.items() if fen}


def divided_by(policy: Policy, every: Sequence[PastLoan]) -> tuple[dict[str, int], int]:
    cover = policy.mechanisms["compensation"](policy)
    most = numerators(cover)
    lost = whole_numbers([loan.lost or 0 for loan in every], most)
    return divided(cover, lost, whole_numbers([loan.lent for loan in every], most))


@pytest.mark.parametrize("ident", FORMS)
@given(every=st.lists(loans(), max_size=8))
def test_a_book_is_divided_as_its_loans_are_assessed(ident: str, every: list[PastLoan]) -> None:
    policy = policy_of(ident, DAY)

    totals, refused = divided_by(policy, every)

    expected, refusals = sums(policy, every)
    assert (without_nothing(totals), refused) == (without_nothing(expected), refusals)
    assert sum(totals.values()) == sum(loan.lost or 0 for loan in every)


@given(every=st.lists(loans(), max_size=8))
def test_bands_of_a_balance_are_divided_as_well(every: list[PastLoan]) -> None:
    policy = with_values(policy_of("jiangsu", DAY), {"tier_mode": "MARGINAL"})

    totals, refused = divided_by(policy, every)

    expected, refusals = sums(policy, every)
    assert (without_nothing(totals), refused) == (without_nothing(expected), refusals)


@pytest.mark.parametrize("share", ["0.333333333333", "0.999999999999", "0.000000000001"])
@given(every=st.lists(loans(), max_size=8))
def test_shares_of_many_decimals_lose_no_fen(share: str, every: list[PastLoan]) -> None:
    policy = with_values(policy_of("jiangsu", DAY), {"tier_1_fund_share": share})

    totals, _ = divided_by(policy, every)

    assert without_nothing(totals) == without_nothing(sums(policy, every)[0])


@pytest.mark.parametrize("ident", FORMS)
def test_the_books_of_the_tests_are_replayed_loan_by_loan(ident: str) -> None:
    book = read_book((ROOT / "tests" / "data" / "book_500.csv").read_bytes())
    assert isinstance(book, Book)

    [found] = replay(book, [ident], DAY)

    expected, refused = sums(policy_of(ident, DAY), book.defaults)
    assert {party: amount.fen for party, amount in found.totals.items()} == {
        **dict.fromkeys(found.totals, 0),
        **expected,
    }
    assert found.refused == refused


def test_every_hundredth_loan_of_the_real_book_agrees(real_book: Path) -> None:
    book = read_book(real_book.read_bytes())
    assert isinstance(book, Book)
    some = Book(book.rows, book.loans[::100], {}, {})

    for found in replay(some, every_form(), DAY):
        expected, refused = sums(policy_of(found.ident, DAY), some.defaults)
        assert {p: m for p, m in found.totals.items() if m} == {
            p: Money(fen) for p, fen in expected.items() if fen
        }
        assert found.refused == refused
