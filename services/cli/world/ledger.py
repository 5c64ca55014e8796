"""`zhidai ledger export`: the double-entry ledger of a world for other programs."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from sqlalchemy import text

from services.cli.voice import say
from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import worlds
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.reports import beancount, ledger

app = typer.Typer(no_args_is_help=True)

_BOOKED = text("SELECT EXISTS (SELECT 1 FROM posting)")


@app.callback()
def group() -> None:
    """账簿 · the double-entry ledger of a world"""


@app.command("export")
def export(
    *,
    beancount_: Annotated[
        bool,
        typer.Option("--beancount", help="复式记账文本，也是缺省 · a beancount file, the default"),
    ] = True,
    world: Annotated[
        str, typer.Option(help="世界，缺省为最近有分录的 · world; default: the newest with entries")
    ] = "",
    loan: Annotated[str | None, typer.Option(help="只要一笔贷款 · one loan only")] = None,
) -> None:
    """导出分录与余额 · write entries and balances"""
    with started(settings(), say=say, programs=servers_only):
        found = _world(world)
        with found.engine.connect() as connection:
            entries = list(ledger.entries(connection, loan))
            balances = ledger.balances(connection, loan)
    if loan is not None and not entries:
        raise Problem("ledger.no_loan", {"loan": loan, "world": found.name})
    for line in beancount.written(found.name, entries, balances):
        sys.stdout.write(f"{line}\n")


def _world(name: str) -> worlds.World:
    """The world named, else the newest in which something was booked."""
    try:
        if name:
            return worlds.find(name)
    except worlds.UnknownWorld:
        raise Problem("cli.world.unknown", {"name": name}) from None
    for one in reversed(worlds.listing()):
        with one.engine.connect() as connection:
            if connection.execute(_BOOKED).scalar_one():
                return one
    raise Problem("ledger.nothing_booked")
