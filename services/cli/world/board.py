"""`zhidai board FILE`: bring an existing loan book onto the platform, through commands."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from policies.money import Money, NotMoney, yuan
from policies.reading.loader import cases, load
from policies.reading.pack import UnknownCase, UnknownParameter
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
from services.cli.files import content
from services.cli.voice import say
from services.cli.world.where import show_where
from services.comparison.which import case_named, case_title
from services.embedded.platform import started
from services.kernel import worlds
from services.kernel.i18n import text
from services.kernel.language import language
from services.kernel.problems import Unusable
from services.kernel.settings import settings
from services.wiring import registry

CAP = "cap_per_borrower"  # what every row is held to


def board(
    file: Annotated[Path, typer.Argument(help="贷款台账：CSV 或 .xlsx · the book: CSV or .xlsx")],
    *,
    case: Annotated[
        str, typer.Option(help="按哪个案例的规则 · case under whose rules it is boarded")
    ],
    world: Annotated[
        str | None,
        typer.Option(
            help=(
                "世界，没有则新建；缺省以文件命名"
                " · world, made if absent; default: named by the file"
            )
        ),
    ] = None,
    fund: Annotated[
        str | None,
        typer.Option(
            help=(
                "基金现金（元），缺省为台账所需"
                " · what the fund holds, yuan; default: what the book needs"
            )
        ),
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """Board a loan book: every loan with its enterprise, cover, repayment or claim."""
    money = _money(fund)
    prepared = _prepared(file, case)
    if isinstance(prepared, FormErrors):
        _show_errors(prepared, as_json=as_json)
        raise typer.Exit(UNUSABLE)
    with started(settings(), say=say) as running, _bar() as told:
        report = _boarded(prepared, world, money, told)
    if as_json:
        typer.echo(json.dumps(report_json(report, _sentence), ensure_ascii=False, indent=1))
    else:
        show_report(report, _sentence, Console())
        show_where(running, f"/?world={report.world}")


def _prepared(file: Path, case: str) -> Prepared | FormErrors:
    case = case_named(case)
    try:
        prepared = prepare(content(file), case)
    except UnknownCase:
        known = {"case": case, "cases": ", ".join(cases())}
        raise Unusable("policy.unknown_case", known) from None
    except UnknownParameter:
        values = {"case": case_title(case, language()), "cases": _boardable()}
        raise Unusable("cli.board.not_boardable", values) from None
    return prepared


def _boardable() -> str:
    """The cases that state what boarding asks of a row, by title and id."""
    asked = [case for case in cases() if _states_cap(case)]
    told = [
        text("cli.board.case", {"title": case_title(case, language()), "case": case})
        for case in asked
    ]
    return text("replay.comma").join(told)


def _states_cap(case: str) -> bool:
    try:
        return bool(load(case).on(date.max)[CAP].value)
    except UnknownParameter:
        return False


def _boarded(prepared: Prepared, world: str | None, fund: Money | None, told: Told) -> Report:
    try:
        return board_file(prepared, registry(), world=world, fund=fund, progress=told)
    except worlds.WrongName:
        raise Unusable("cli.world.wrong_name", {"name": world}) from None


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
