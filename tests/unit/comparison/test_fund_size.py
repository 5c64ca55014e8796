"""How large a fund must be: reproducible, monotone, and right where the answer is known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest

from policies.money import Money, yuan
from policies.reading.variants import last_change
from services.cli.main import run
from services.comparison.book import Book, PastLoan
from services.comparison.fund_data import Funded, funded
from services.comparison.fund_size import balances, draw, needed, size_of
from services.comparison.replay import cover_of
from services.comparison.vintages import payers, vintages
from services.kernel.problems import Unusable
from services.kernel.settings import ROOT

pytestmark = pytest.mark.usefixtures("own_language")

DAY = last_change("jiangsu")
COVER = cover_of("jiangsu", DAY)
BOOK = str(ROOT / "tests" / "data" / "book_500.csv")


def loan(drawn_on: date | None, *, lost: str = "", lost_on: date | None = None) -> PastLoan:
    """120,000 yuan over twelve months."""
    return PastLoan(
        2, yuan("120000.00").fen, yuan(lost).fen if lost else None, drawn_on, lost_on, 12
    )


def of(*every: PastLoan) -> Book:
    return Book(len(every), every, {}, {})


def sized(book: Book, *, size: str = "", runs: int = 200, seed: int = 7) -> Funded:
    return funded(book, "jiangsu", DAY, size=yuan(size) if size else None, runs=runs, seed=seed)


def test_a_claim_falls_in_the_month_of_the_charge_off() -> None:
    lost = loan(date(2024, 1, 31), lost="100000.00", lost_on=date(2024, 4, 1))

    found = vintages(of(lost), COVER)

    assert found.claims.tolist() == [[0, 0, 0, yuan("80000.00").fen]]
    assert [found.month(column) for column in (0, 3, 12)] == ["2024-01", "2024-04", "2025-01"]


def test_a_default_without_a_day_falls_on_its_maturity() -> None:
    found = vintages(of(loan(date(2024, 1, 1), lost="100000.00")), COVER)

    assert found.claims[0].nonzero()[0].tolist() == [12]


def test_the_covered_balance_falls_by_equal_parts_and_ends_at_maturity() -> None:
    found = vintages(of(loan(date(2024, 1, 1))), COVER)

    in_yuan = [Money(int(fen)).yuan for fen in found.covered[0]]
    assert in_yuan == [f"{120000 - 10000 * month}.00" for month in range(12)] + ["0.00"]


def test_a_defaulted_loan_is_covered_until_its_charge_off() -> None:
    lost = loan(date(2024, 1, 1), lost="1.00", lost_on=date(2024, 3, 9))

    found = vintages(of(lost), COVER)

    assert [Money(int(fen)).yuan for fen in found.covered[0]] == ["120000.00", "110000.00", "0.00"]


def test_loans_drawn_in_one_month_stand_together() -> None:
    book = of(loan(date(2024, 1, 1)), loan(date(2024, 1, 31)), loan(date(2024, 3, 1)))

    found = vintages(book, COVER)

    assert [Money(int(fen)).yuan for fen in found.drawn] == ["240000.00", "120000.00"]


def test_loans_without_a_day_of_draw_are_left_out_by_number() -> None:
    found = vintages(of(loan(None), loan(date(2024, 1, 1))), COVER)

    assert found.left_out == 1


def test_a_book_of_one_month_comes_out_the_same_in_every_run() -> None:
    book = of(loan(date(2024, 1, 1), lost="100000.00", lost_on=date(2024, 6, 1)))

    found = sized(book)

    assert found.needed == yuan("80000.00")
    assert found.chosen.exhausted == 0
    assert {row[-1] for row in found.band.tolist()} == {0}


def test_a_fund_of_a_fen_less_than_is_owed_is_exhausted() -> None:
    book = of(loan(date(2024, 1, 1), lost="100000.00", lost_on=date(2024, 6, 1)))

    enough, short = sized(book, size="80000.00"), sized(book, size="79999.99")

    assert (enough.chosen.exhausted, short.chosen.exhausted) == (0, 200)
    assert (enough.chosen.by, short.chosen.by) == (None, "2024-06")


def test_leverage_is_what_was_covered_and_lent_over_the_fund() -> None:
    book = of(loan(date(2024, 1, 1), lost="100000.00", lost_on=date(2024, 6, 1)))

    found = sized(book, size="60000.00")

    assert (found.chosen.peak_leverage, found.chosen.cumulative_leverage) == ("2.00", "2.00")


def a_book_of_months() -> Book:
    """Twelve months of which every third goes badly."""
    months = [date(2024, month, 1) for month in range(1, 13)]
    late = date(2025, 6, 1)
    return of(
        *(
            loan(day, lost="90000.00" if n % 3 == 0 else "", lost_on=late if n % 3 == 0 else None)
            for n, day in enumerate(months)
        )
    )


def test_the_same_seed_gives_the_same_runs_and_another_seed_others() -> None:
    months = vintages(a_book_of_months(), COVER)

    one, same, other = (draw(months, runs=50, seed=seed) for seed in (1, 1, 2))

    assert np.array_equal(one.claims, same.claims)
    assert not np.array_equal(one.claims, other.claims)


def test_the_size_needed_is_the_least_that_fewer_than_5_per_cent_exhaust() -> None:
    months = vintages(a_book_of_months(), COVER)
    found = draw(months, runs=1000, seed=7)

    enough = needed(found)

    assert size_of(months, found, enough).exhausted < 50
    assert size_of(months, found, enough - Money(1)).exhausted >= 50


def test_a_larger_fund_is_exhausted_no_more_often() -> None:
    found = sized(a_book_of_months())

    chances = [size.exhausted for size in found.sizes]
    assert chances == sorted(chances, reverse=True)
    assert [size.size for size in found.sizes] == sorted(size.size for size in found.sizes)


def test_a_balance_never_rises_nor_falls_below_nothing() -> None:
    months = vintages(a_book_of_months(), COVER)
    found = draw(months, runs=100, seed=7)

    low, middle, high = balances(found, yuan("200000.00"))

    assert (low <= middle).all()
    assert (middle <= high).all()
    assert (low >= 0).all()
    assert (np.diff(middle) <= 0).all()


@pytest.mark.parametrize(
    ("ident", "who"),
    [
        ("jiangsu", ("fund",)),
        ("guangdong:zhongshan", ("fund",)),
        ("haidian", ("government", "operator")),
        ("zhejiang", ("insurer",)),
        ("ccb", ()),
    ],
)
def test_a_fund_pays_what_is_bound_to_its_cash(ident: str, who: tuple[str, ...]) -> None:
    assert payers(cover_of(ident, last_change(ident))) == who


def test_what_nobody_pays_needs_no_fund() -> None:
    with pytest.raises(Unusable) as fault:
        funded(a_book_of_months(), "ccb", DAY, size=None, runs=10, seed=7)

    assert fault.value.key == "replay.nobody_pays"


def test_a_book_without_days_cannot_be_simulated() -> None:
    with pytest.raises(Unusable) as fault:
        sized(of(loan(None)))

    assert fault.value.key == "replay.undated"


def test_amounts_that_would_overflow_are_refused() -> None:
    huge = PastLoan(2, 2**62, None, date(2024, 1, 1), None, 12)

    with pytest.raises(Unusable) as fault:
        sized(of(huge, huge))

    assert fault.value.key == "replay.too_large"


def fund_of(capsys: pytest.CaptureFixture[str], *words: str, fund: str = "need") -> dict[str, Any]:
    assert run(["replay", BOOK, "--fund", fund, *words, "--runs", "100", "--json"]) == 0
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_answer_names_its_assumptions_and_stands_beside_the_replay(
    capsys: pytest.CaptureFixture[str],
) -> None:
    found = fund_of(capsys, "--case", "jiangsu")

    assert list(found) == ["rows", "unread", "defaults", "loss", "by_case", "read", "fund"]
    fund = found["fund"]
    assert fund["claims"] == found["by_case"]["jiangsu"]["totals"]["fund"]
    assert fund["size"]["size"] == fund["needed"]["size"]
    assert all("replay." not in one["sentence"] for one in fund["assumptions"])


def test_a_size_may_be_told(capsys: pytest.CaptureFixture[str]) -> None:
    fund = fund_of(capsys, "--case", "guangdong:zhuhai", fund="1,000,000.00")["fund"]

    assert (fund["case"], fund["size"]["size"]) == ("guangdong:zhuhai", "1000000.00")
    assert fund["size"]["exhausted"] == "1.0000"


@pytest.mark.parametrize(
    "words",
    [
        ["--fund"],
        ["--fund", "need", "--case", "nanjing"],
        ["--fund", "need", "--case", "shanghai"],
        ["--fund", "0", "--case", "jiangsu"],
        ["--fund", "much", "--case", "jiangsu"],
        ["--fund", "need", "--case", "jiangsu", "--runs", "0"],
        ["5000000"],
        ["--case", "jiangsu"],
    ],
)
def test_what_cannot_be_simulated_ends_with_2(
    capsys: pytest.CaptureFixture[str], words: list[str]
) -> None:
    code = run(["replay", BOOK, *words, "--json"])

    captured = capsys.readouterr()
    assert (code, captured.out) == (2, "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_person_gets_sizes_and_assumptions_and_a_plain_chart(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, lang: str
) -> None:
    file = tmp_path / "fund.svg"
    words = ["--fund", "need", "--case", "jiangsu", "--runs", "50", "--plot", str(file)]

    assert run(["--lang", lang, "replay", BOOK, *words]) == 0

    names = {one.tag.rpartition("}")[2] for one in ElementTree.parse(file).iter()}
    assert names <= {"svg", "title", "g", "rect", "path", "text"}
    assert "replay." not in capsys.readouterr().out
