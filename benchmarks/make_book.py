"""Make a loan book of any size from a seed: the same seed, the same file.

`python benchmarks/make_book.py 500 > tests/data/book_500.csv` made the book of the tests.
The first rows are the rare ones: both sides of the tier and the cap, and one row for each refusal.
"""

from __future__ import annotations

import csv
import random
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from typing import TextIO

COLUMNS = (
    "loan_id", "state", "industry", "approved_on", "disbursed_on", "term_months", "employees",
    "amount_approved", "amount_guaranteed", "amount_disbursed", "status", "charged_off_on",
    "charged_off_principal", "annual_rate_pct",
)  # fmt: skip

# fmt: off
#   amount drawn    months  status          charged off on  principal lost   rate
RARE = (
    ("10000000.00", 12, "charged_off",  "2023-11-20",   "10000000.00",   "3.60"),  # tier 1, whole
    ("10000000.01", 12, "charged_off",  "2023-11-20",   "10000000.01",   "3.60"),  # tier 2, whole
    ("30000000.00", 24, "charged_off",  "2024-05-06",   "12345678.91",   "3.45"),  # at the cap
    ("18000000.00", 36, "paid_in_full", "",             "0.00",          "3.45"),  # tier 2, paid
    ("2600000.00",  12, "charged_off",  "2023-12-01",   "0.00",          "3.80"),  # nothing lost
    ("1234567.89",  12, "charged_off",  "2023-03-15",   "1234567.89",    "3.80"),  # day of the draw
    ("4000000.00",  60, "paid_in_full", "",             "0.00",          "5.20"),  # tenor, rate cap
    ("900000.00",   6,  "charged_off",  "2023-09-15",   "333333.33",     ""),      # on the due date
    ("5000000.00",  12, "charged_off",  "2023-10-09",   "5000000.01",    "3.60"),  # refused: above
    ("30000000.01", 12, "paid_in_full", "",             "0.00",          "3.60"),  # refused: cap
    ("5000000.00",  12, "charged_off",  "2023-03-14",   "100.00",        "3.60"),  # refused: before
    ("5000000.00",  12, "charged_off",  "",             "100.00",        "3.60"),  # refused: date
)
# fmt: on
RARE_DRAWN_ON = date(2023, 3, 15)
REGION = "江苏"


def rows(count: int, seed: int) -> Iterator[tuple[str, ...]]:
    """The header, then `count` rows."""
    yield COLUMNS
    chance = random.Random(seed)
    for number in range(1, count + 1):
        yield _rare(number) if number <= len(RARE) else _usual(number, chance)


def _rare(number: int) -> tuple[str, ...]:
    drawn, months, status, lost_on, lost, rate = RARE[number - 1]
    day = RARE_DRAWN_ON.isoformat()
    return (
        _loan_id(number), REGION, "", day, day, str(months), "25", drawn, "",
        drawn, status, lost_on, lost, rate,
    )  # fmt: skip


def _usual(number: int, chance: random.Random) -> tuple[str, ...]:
    drawn_on = date(2021, 1, 4) + timedelta(days=chance.randrange(4 * 365))
    # Every hundredth loan was drawn the day before its approval: boarded, with a warning.
    approved_on = drawn_on - timedelta(days=-1 if number % 100 == 0 else chance.randrange(60))
    months = chance.choice((6, 12, 12, 12, 24, 36, 36, 48))
    drawn = chance.randrange(20_000_000, 1_500_000_000)  # fen
    approved = drawn + chance.choice((0, 0, 0, 5_000_000, -1_000_000))
    lost = _lost(drawn, chance)
    lost_on = drawn_on + timedelta(days=chance.randrange(90, months * 30 + 400))
    return (
        _loan_id(number), REGION, chance.choice(("31", "33", "51", "54", "")),
        approved_on.isoformat(), drawn_on.isoformat(), str(months), str(chance.randrange(3, 400)),
        _yuan(approved), _yuan(drawn // 2), _yuan(drawn),
        "paid_in_full" if lost is None else "charged_off",
        "" if lost is None else lost_on.isoformat(),
        _yuan(lost or 0), f"{chance.randrange(300, 450) / 100:.2f}",
    )  # fmt: skip


def _lost(drawn: int, chance: random.Random) -> int | None:
    """Fen lost of the fen drawn; none for four loans in five."""
    kind = chance.randrange(20)
    if kind >= 4:
        return None
    return drawn if kind == 0 else chance.randrange(1, drawn)


def _loan_id(number: int) -> str:
    return f"JS-{number:06d}"


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def write(count: int, seed: int, to: TextIO) -> None:
    """Write the book as CSV with newlines as such."""
    csv.writer(to, lineterminator="\n").writerows(rows(count, seed))


if __name__ == "__main__":
    write(int(sys.argv[1]) if len(sys.argv) > 1 else 500, 20_250_814, sys.stdout)
