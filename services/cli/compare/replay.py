"""`zhidai replay FILE`: a real loan book under every form of every case. No platform, no database.

Reading is services/boarding/losses.py, the arithmetic services/comparison; here they are told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policies.reading.variants import last_change
from services.boarding.findings import Finding, FormErrors
from services.boarding.losses import read_book
from services.boarding.report import reason
from services.cli.compare.default_flags import AsJson, On, day_of
from services.cli.compare.replay_fund import MOST_RUNS, FundAsked, fund_asked, simulated
from services.cli.files import content
from services.cli.voice import say as tell
from services.comparison.book import Book, Fault
from services.comparison.fund_data import Funded, fund_data
from services.comparison.replay import Replayed, every_form, replay_data
from services.comparison.replay import replay as replayed
from services.kernel.i18n import text
from services.kernel.language import language
from services.kernel.problems import Unusable

SHOWN = 5  # lines and errors that are named; the rest is a number


def replay(
    file: Annotated[Path, typer.Argument(help="贷款台账：CSV 或 .xlsx · the book: CSV or .xlsx")],
    *,
    fund: Annotated[
        str,
        typer.Option(
            metavar="AMOUNT|need",
            help="基金规模（元），need 为求所需 · size of a fund, need: what is needed",
        ),
    ] = "",
    case: Annotated[str, typer.Option(help="基金所属的形式 · the fund's form")] = "",
    runs: Annotated[int, typer.Option(min=1, max=MOST_RUNS, help="次数 · runs")] = 1000,
    seed: Annotated[int, typer.Option(min=0, help="随机种子 · seed")] = 7,
    plot: Annotated[Path | None, typer.Option(metavar="FILE.svg", help="余额图 · chart")] = None,
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """把一本贷款台账放到每个案例下重放 · put a loan book under every case."""
    asked = fund_asked(FundAsked(fund, case, runs, seed, plot))
    book = _read(file)
    idents = every_form()
    day = day_of(on) or max(last_change(ident) for ident in idents)
    _tell(book, day)
    found = replayed(book, idents, day)
    of_fund = simulated(asked, book, day) if asked else None
    if as_json:
        _print_json(book, found, of_fund)
    else:
        _print(book, found, of_fund)


def _print_json(book: Book, found: Sequence[Replayed], of_fund: Funded | None) -> None:
    data = replay_data(book, found)
    data["read"] = [_sentence("read", note) for note in book.read]
    if of_fund is not None:
        data["fund"] = fund_data(of_fund, language())
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _print(book: Book, found: Sequence[Replayed], of_fund: Funded | None) -> None:
    from rich.console import Console

    from services.cli.compare.replay_tables import print_fund, print_replayed

    if of_fund is not None:
        print_fund(Console(), of_fund, lang=language())
        return
    print_replayed(Console(), book, found, lang=language())


def _read(file: Path) -> Book:
    found = read_book(content(file))
    if isinstance(found, FormErrors):
        raise Unusable("replay.no_tape", {"file": file, "faults": _faults(found)})
    if not found.loans:
        _tell_unread(found)
        raise Unusable("replay.no_loan", {"file": file, "rows": found.rows})
    return found


def _faults(found: FormErrors) -> str:
    """The first errors of form, each with its line and column."""
    return text("replay.between").join(_fault(one) for one in found.errors[:SHOWN])


def _fault(one: Finding) -> str:
    where = text("replay.line", {"line": one.line, "field": one.field}).rstrip()
    what = " ".join(reason("form", one, text).split()).rstrip("。.")
    return text("replay.fault", {"where": where, "what": what}) if one.line else what


def _tell(book: Book, day: date) -> None:
    """What a reader must know of the figures, on stderr: stdout is for data."""
    tell(text("replay.policy_day", {"day": day.isoformat()}))
    for note in book.read:
        tell(_sentence("read", note))
    for code, lines in book.oddities.items():
        _tell_lines("odd", text(f"replay.odd.{code}"), lines)
    _tell_unread(book)


def _tell_unread(book: Book) -> None:
    """Rows and fields that could not be read, in the words of boarding."""
    for fault, lines in book.faults.items():
        said = f"{fault.column} {_sentence('form', fault)}".strip("。. ")
        _tell_lines("unread", said, lines)


def _sentence(kind: str, told: Fault) -> str:
    return text(f"boarding.{kind}.{told.code}", dict(told.facts))


def _tell_lines(kind: str, what: str, lines: Sequence[int]) -> None:
    between = text("replay.comma")
    more = f"{between}…" if len(lines) > SHOWN else ""
    first = between.join(str(line) for line in lines[:SHOWN]) + more
    tell(text(f"replay.{kind}", {"count": len(lines), "what": what, "lines": first}))
