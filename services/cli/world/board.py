"""`zhidai board FILE`: bring an existing loan book onto the platform, through commands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from policies.money import Money, NotMoney, yuan
from policies.reading.pack import UnknownCase
from services.boarding.findings import FormErrors
from services.boarding.report import (
    UNUSABLE,
    Report,
    errors_json,
    report_json,
    show_errors,
    show_report,
)
from services.boarding.run import Prepared, prepare
from services.boarding.run import Progress as Told
from services.boarding.run import board as board_file
from services.cli.voice import say
from services.embedded.platform import started
from services.kernel import worlds
from services.kernel.i18n import text
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.wiring import registry


def board(
    file: Annotated[Path, typer.Argument(help="The book, CSV in UTF-8.")],
    *,
    case: Annotated[str, typer.Option(help="Case under whose rules it is boarded.")],
    world: Annotated[
        str | None, typer.Option(help="World; default: one named by the file.")
    ] = None,
    fund: Annotated[
        str | None, typer.Option(help="What the fund holds, yuan; default: what the book needs.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Data alone on stdout.")] = False,
) -> None:
    """Board a loan book: every loan with its enterprise, cover, repayment or claim."""
    money = _money(fund)
    prepared = _prepared(file, case)
    if isinstance(prepared, FormErrors):
        _show_errors(prepared, as_json=as_json)
        raise typer.Exit(UNUSABLE)
    with started(settings(), say=say), _bar() as told:
        report = _boarded(prepared, world, money, told)
    if as_json:
        typer.echo(json.dumps(report_json(report, _sentence), ensure_ascii=False, indent=1))
    else:
        show_report(report, _sentence, Console())


def _prepared(file: Path, case: str) -> Prepared | FormErrors:
    try:
        return prepare(file.read_bytes(), case)
    except OSError as error:
        raise Unusable("cli.board.unreadable", {"file": file, "error": error.strerror}) from None
    except UnknownCase as error:
        raise Unusable("cli.board.unknown_case", {"error": error}) from None


def _boarded(prepared: Prepared, world: str | None, fund: Money | None, told: Told) -> Report:
    try:
        return board_file(prepared, registry(), world=world, fund=fund, progress=told)
    except worlds.UnknownWorld:
        raise Problem("cli.world.unknown", {"name": world}) from None


def _money(amount: str | None) -> Money | None:
    try:
        money = None if amount is None else yuan(amount)
    except NotMoney:
        raise Unusable("cli.board.no_amount", {"amount": amount}) from None
    if money is not None and money < Money.ZERO:
        raise Unusable("cli.board.no_amount", {"amount": amount})
    return money


def _show_errors(errors: FormErrors, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(errors_json(errors, _sentence), ensure_ascii=False, indent=1))
    else:
        show_errors(errors, _sentence, Console(stderr=True))


def _sentence(key: str, values: Mapping[str, str]) -> str:
    return text(key, values)


@contextmanager
def _bar() -> Iterator[Told]:
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(text("cli.board.boarding"), total=None)
        yield lambda done, lines: progress.update(task, completed=done, total=lines)
