"""`zhidai owed LOAN`: what is owed on a loan on a day, by kind of debt."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from services.api import wire
from services.cli.voice import say
from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import clock, worlds
from services.kernel.i18n import label
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.loans.owed import exists
from services.loans.owed import owed as owed_on
from workflows.loan.balance import OwedOn

KINDS = ("principal", "interest", "penalty", "compound", "cost", "total")


def owed(
    loan: Annotated[str, typer.Argument(help="贷款编号 · the loan's id")],
    *,
    on: Annotated[
        datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            help=("日期，缺省为业务日期 · the day; without it the business date"),
        ),
    ] = None,
    world: Annotated[str, typer.Option(help="世界名称 · name of the world")] = "main",
    as_json: Annotated[
        bool, typer.Option("--json", help=("数据单独输出 · data alone on stdout"))
    ] = False,
) -> None:
    """Print what would close a loan on a day, if nothing is paid until then."""
    with started(settings(), say=say, programs=servers_only):
        told = _told(world, loan, None if on is None else on.date())
    if as_json:
        typer.echo(json.dumps(wire.shown(told), ensure_ascii=False))
    else:
        _print(told)


def _told(world: str, loan: str, on: date | None) -> OwedOn:
    """Raises Problem for a world or loan that is not there."""
    try:
        found = worlds.find(world)
    except worlds.UnknownWorld:
        raise Problem("cli.world.unknown", {"name": world}) from None
    with found.engine.connect() as connection:
        if not exists(connection, loan):
            raise Problem("cli.owed.unknown", {"loan": loan, "world": world})
        day = on or clock.standing(connection).business_date
        return owed_on(connection, loan, day)


def _print(told: OwedOn) -> None:
    lang = settings().lang
    table = Table("", told.on.isoformat(), box=None)
    for kind in KINDS:
        table.add_row(label(f"field.{kind}", lang), getattr(told, kind).grouped)
    Console(highlight=False).print(table)
