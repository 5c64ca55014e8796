"""`zhidai ledger export`: the double-entry ledger of a world for other programs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from services.cli.voice import say
from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import worlds
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.reports import beancount, ledger

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """账簿 · the double-entry ledger of a world"""


@app.command("export")
def export(
    *,
    as_beancount: Annotated[
        bool, typer.Option("--beancount", help="复式记账文本 · a beancount file on stdout")
    ] = False,
    world: Annotated[str, typer.Option(help="世界名称 · name of the world")] = "main",
    loan: Annotated[str | None, typer.Option(help="只要一笔贷款 · one loan only")] = None,
) -> None:
    """导出分录与余额 · write entries and balances"""
    if not as_beancount:
        raise Unusable("ledger.no_form")
    with started(settings(), say=say, programs=servers_only):
        try:
            found = worlds.find(world)
        except worlds.UnknownWorld:
            raise Problem("cli.world.unknown", {"name": world}) from None
        with found.engine.connect() as connection:
            entries = list(ledger.entries(connection, loan))
            balances = ledger.balances(connection, loan)
    if loan is not None and not entries:
        raise Problem("ledger.no_loan", {"loan": loan, "world": world})
    for line in beancount.written(world, entries, balances):
        sys.stdout.write(f"{line}\n")
