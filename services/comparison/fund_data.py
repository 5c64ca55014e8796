"""The answer to "how large must the fund be" as plain data, with every assumption named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from policies.money import Money
from services.comparison.book import Book
from services.comparison.fund_size import (
    ACCEPTED,
    ASSUMED,
    Drawn,
    FundSize,
    balances,
    draw,
    needed,
    size_of,
    sizes,
)
from services.comparison.replay import cover_of
from services.comparison.vintages import Vintages, payers, vintages
from services.kernel.i18n import say


@dataclass(frozen=True, slots=True)
class Funded:
    """A fund of a size under a form, and what it would need to be. band: see `balances`."""

    ident: str
    payers: tuple[str, ...]
    seed: int
    months: Vintages
    found: Drawn
    needed: Money
    chosen: FundSize
    sizes: tuple[FundSize, ...]
    band: Any


def funded(
    book: Book, ident: str, day: date, *, size: Money | None, runs: int, seed: int
) -> Funded:
    """Simulate a fund; of the size needed where none is told. Raises Unusable."""
    cover = cover_of(ident, day)
    months = vintages(book, cover)
    found = draw(months, runs=runs, seed=seed)
    enough = needed(found)
    chosen = size_of(months, found, enough if size is None else size)
    every = sizes(months, found, told=(enough, chosen.size))
    band = balances(found, chosen.size)
    return Funded(ident, payers(cover), seed, months, found, enough, chosen, every, band)


def fund_data(one: Funded, lang: str) -> dict[str, Any]:
    """The JSON under the key `fund` of `zhidai replay --fund`."""
    low, middle, high = (row.tolist() for row in one.band)
    return {
        "case": one.ident,
        "payers": list(one.payers),
        "runs": one.found.runs,
        "seed": one.seed,
        "months_drawn_anew": len(one.months.drawn),
        "left_out": one.months.left_out,
        "claims": Money(int(one.months.claims.sum())).yuan,
        "needed": {"size": one.needed.yuan, "exhausted_below": f"{ACCEPTED / 100:.2f}"},
        "size": _size(one.chosen, one.found.runs),
        "sizes": [_size(size, one.found.runs) for size in one.sizes],
        "balance": [
            {
                "month": one.months.month(column),
                "p5": Money(low[column]).yuan,
                "median": Money(middle[column]).yuan,
                "p95": Money(high[column]).yuan,
            }
            for column in range(len(middle))
        ],
        "assumptions": [
            {"name": name, "sentence": say(f"replay.assumed.{name}", lang)} for name in ASSUMED
        ],
    }


def chance(size: FundSize, runs: int) -> str:
    """The part of the runs that exhausted a fund, four decimals."""
    return f"{size.exhausted / runs:.4f}"


def _size(size: FundSize, runs: int) -> dict[str, Any]:
    return {
        "size": size.size.yuan,
        "exhausted": chance(size, runs),
        "exhausted_by": size.by,
        "peak_leverage": size.peak_leverage,
        "cumulative_leverage": size.cumulative_leverage,
    }
