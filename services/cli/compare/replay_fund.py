"""What `zhidai replay --fund` is asked and answers: reads the flags, simulates, draws the chart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib import import_module
from pathlib import Path

from services.cli.compare.svg_file import write_svg
from services.comparison.book import Book
from services.comparison.fund_data import Funded, funded
from services.comparison.question import amount
from services.comparison.which import ident_of
from services.kernel.language import language
from services.kernel.problems import Unusable

MOST_RUNS = 100_000
NEEDED = "need"  # in place of an amount: how large must the fund be


@dataclass(frozen=True, slots=True)
class FundAsked:
    """The flags as written; size "" where none is told, case "" for the sample's."""

    size: str
    case: str
    runs: int
    seed: int
    plot: Path | None


def fund_asked(asked: FundAsked) -> FundAsked | None:
    """The question, None where nobody asks of a fund. Raises Unusable where flags do not fit."""
    if not asked.size:
        if asked.case or asked.plot:
            raise Unusable("replay.needs_fund")
        return None
    size = "" if asked.size == NEEDED else asked.size
    if size and not amount("fund", size):
        raise Unusable("replay.empty_fund")
    case = ident_of(asked.case or import_module("services.sandbox.library").sample_case(), {})
    return replace(asked, size=size, case=case)


def simulated(asked: FundAsked, book: Book, day: date) -> Funded:
    """The simulation, and its chart where one is wanted."""
    size = amount("fund", asked.size) if asked.size else None
    ident = ident_of(asked.case, {})
    found = funded(book, ident, day, size=size, runs=asked.runs, seed=asked.seed)
    if asked.plot is not None:
        from services.comparison.fund_chart import balance_chart

        write_svg(asked.plot, balance_chart(found, language()))
    return found
