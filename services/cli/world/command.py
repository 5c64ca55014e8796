"""`zhidai world`: list and drop worlds; move a world's date; show and retry what stands still."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import text as sql

from services.cli.voice import say
from services.embedded.platform import started
from services.kernel import clock, doorbell, standing_still, worlds
from services.kernel.i18n import text
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.kernel.watch import Watch

app = typer.Typer(no_args_is_help=True)

_COUNTS = sql(
    "SELECT (SELECT business_date FROM clock), (SELECT count(*) FROM loan),"
    f" (SELECT count(*) FROM event), {standing_still.COUNT}"
)


@app.command("list")
def list_worlds(*, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """List the worlds with their dates and sizes."""
    with started(settings(), say=say):
        rows = [_row(world) for world in worlds.listing()]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    columns = ("name", "date", "loans", "events", "parked")
    table = Table(*(text(f"cli.world.{name}") for name in columns))
    for row in rows:
        counts = (f"{row[name]:,}" for name in ("loans", "events", "parked"))
        table.add_row(str(row["name"]), str(row["date"]), *counts)
    Console().print(table)


@app.command("drop")
def drop_world(name: str) -> None:
    """Delete a world with all that happened in it."""
    with started(settings(), say=say):
        _found(name)
        worlds.drop(name)


@app.command("advance")
def advance_world(name: str, to: datetime) -> None:
    """Move a world's business date forward; the workers do what falls due on the way."""
    with started(settings(), say=say):
        world = _found(name)
        try:
            Watch().done(lambda: clock.advance_to(world.engine, to.date()))
        except clock.NoWayBack:
            values = {"today": clock.today(world.engine), "to": to.date()}
            raise Problem("cli.world.no_way_back", values) from None
        doorbell.ring(name)
        try:
            clock.wait_for(world.engine, to.date())
        except clock.Halted as halted:
            raise Problem("cli.world.halted", {"day": halted.day}) from None


@app.command("parked")
def list_parked(name: str, *, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Show what stands still in a world, each with its error: deliveries, timers, failed acts."""
    with started(settings(), say=say), _found(name).engine.connect() as connection:
        found = standing_still.listing(connection)
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        kind = text(f"console.parked.{one.kind}")
        typer.echo(f"{kind}  {one.place}  {one.what}  {one.error}")
    typer.echo(text("cli.world.parked.sum", {"number": len(found)}))


@app.command("retry")
def retry_parked(name: str, *, as_json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """Give everything that stands still in a world another chance; prints how many things."""
    with started(settings(), say=say):
        with _found(name).engine.begin() as connection:
            given = standing_still.retry(connection)
        doorbell.ring(name)
    typer.echo(json.dumps(given) if as_json else sum(given.values()))


def _found(name: str) -> worlds.World:
    try:
        return worlds.find(name)
    except worlds.UnknownWorld:
        raise Problem("cli.world.unknown", {"name": name}) from None


def _row(world: worlds.World) -> dict[str, str | int | None]:
    with world.engine.connect() as connection:
        day, loans, events, parked = connection.execute(_COUNTS).one()
    shown: date | None = day
    return {
        "name": world.name,
        "date": None if shown is None else shown.isoformat(),
        "label": world.label,
        "loans": loans,
        "events": events,
        "parked": parked,
    }
