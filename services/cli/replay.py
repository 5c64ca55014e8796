"""`zhidai replay FILE`: a real loan book under every form of every case. No platform, no database.

Reading is services/boarding/losses.py, the arithmetic services/comparison; here they are told.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from policies.variants import last_change
from services.boarding.findings import FormErrors
from services.boarding.losses import read_book
from services.cli.default_flags import AsJson, On, day_of
from services.cli.voice import say as tell
from services.comparison.book import Book
from services.comparison.replay import every_form, replay_data
from services.comparison.replay import replay as replayed
from services.kernel.i18n import text
from services.kernel.problems import Unusable
from services.kernel.settings import settings

SHOWN = 5  # lines and errors that are named; the rest is a number


def replay(
    file: Annotated[Path, typer.Argument(help="贷款台账，CSV（UTF-8） · the book, CSV in UTF-8")],
    *,
    on: On = "",
    as_json: AsJson = False,
) -> None:
    """把一本贷款台账放到每个案例下重放 · put a loan book under every case."""
    book = _read(file)
    idents = every_form()
    day = day_of(on) or max(last_change(ident) for ident in idents)
    _tell(book, day)
    found = replayed(book, idents, day)
    if as_json:
        typer.echo(json.dumps(replay_data(book, found), ensure_ascii=False, indent=2))
        return
    from rich.console import Console

    from services.cli.replay_tables import print_replayed

    print_replayed(Console(), book, found, lang=settings().lang)


def _read(file: Path) -> Book:
    try:
        found = read_book(file.read_bytes())
    except OSError as error:
        shown = {"file": file, "error": error.strerror}
        raise Unusable("cli.board.unreadable", shown) from None
    if isinstance(found, FormErrors):
        raise Unusable("replay.no_tape", {"file": file, "faults": _faults(found)})
    if not found.loans:
        _tell_lines("unread", found.unread)
        raise Unusable("replay.no_loan", {"file": file, "rows": found.rows})
    return found


def _faults(found: FormErrors) -> str:
    """The first errors of form, each with its line."""
    told = [
        f"{one.line}: {one.field} {text(f'boarding.{one.code}', one.facts)}".replace("  ", " ")
        for one in found.errors[:SHOWN]
    ]
    return "; ".join(told)


def _tell(book: Book, day: date) -> None:
    """What a reader must know of the figures, on stderr: stdout is for data."""
    tell(text("replay.policy_day", {"day": day.isoformat()}))
    _tell_lines("odd", book.oddities)
    _tell_lines("unread", book.unread)


def _tell_lines(kind: str, by_code: Mapping[str, tuple[int, ...]]) -> None:
    for code, lines in by_code.items():
        what = text(f"replay.{kind}.{code}") if kind == "odd" else text(f"boarding.{code}")
        more = ", …" if len(lines) > SHOWN else ""
        first = ", ".join(str(line) for line in lines[:SHOWN]) + more
        tell(text(f"replay.{kind}", {"count": len(lines), "what": what, "lines": first}))
