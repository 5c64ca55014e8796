"""`zhidai world`: list, make and drop worlds; move a date; show and retry what stands still."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from datetime import date, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import text as sql

from services.cli.voice import in_terminal, say
from services.cli.world.events import show_step
from services.embedded.platform import started
from services.kernel import clock, doorbell, standing_still, worlds
from services.kernel.i18n import text
from services.kernel.language import language
from services.kernel.problems import Problem, Unusable
from services.kernel.settings import settings
from services.kernel.watch import Watch
from services.reports.steps import steps_after
from services.reports.world_title import world_title

app = typer.Typer(no_args_is_help=True)

MOST_DAYS = 3_660  # ten years: what falls due in a longer jump nobody reads
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORWARD = re.compile(r"\+([0-9]{1,5})d")
_LAST = sql("SELECT coalesce(max(position), 0) FROM event")
_COUNTS = sql(
    "SELECT (SELECT business_date FROM clock), (SELECT count(*) FROM loan),"
    f" (SELECT count(*) FROM event), {standing_still.COUNT}"
)


@app.command("list")
def list_worlds(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """列出各世界的日期与规模 · list the worlds with their dates and sizes"""
    with started(settings(), say=say):
        rows = [_row(world) for world in worlds.listing()]
    if as_json:
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    columns = ("name", "title", "date", "loans", "events", "parked")
    table = Table(*(text(f"cli.world.{name}") for name in columns))
    for row in rows:
        counts = (f"{row[name]:,}" for name in ("loans", "events", "parked"))
        table.add_row(str(row["name"]), str(row["title"]), str(row["date"]), *counts)
    Console().print(table)


@app.command("new")
def new_world(
    name: Annotated[str, typer.Argument(help="世界名称 · name of the world")],
    *,
    starts_on: Annotated[
        str, typer.Option(metavar="DATE", help="首个业务日期 · first business date")
    ] = "",
) -> None:
    """新建世界 · make a world"""
    day = iso_day(starts_on) if starts_on else settings().main_starts_on
    with started(settings(), say=say):
        made = made_anew(name, day)
    typer.echo(text("cli.world.made", {"name": made.name, "day": day}))


def made_anew(name: str, day: date) -> worlds.World:
    """A new world. Raises Unusable for a name that is none, Problem for one that is taken."""
    try:
        return worlds.create(name, starts_on=day, origin="cli")
    except worlds.WrongName:
        raise Unusable("cli.world.wrong_name", {"name": name}) from None
    except worlds.WorldExists:
        raise Problem("cli.world.exists", {"name": name}) from None


@app.command("drop")
def drop_world(
    name: Annotated[str, typer.Argument(help="世界名称 · name of the world")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask")] = False,
) -> None:
    """删除世界及其中的一切 · delete a world with all that happened in it"""
    if name == worlds.MAIN:
        raise Problem("cli.world.main_stays", {"name": name})
    with started(settings(), say=say):
        row = _row(_found(name))
        if not yes:
            if not in_terminal():
                raise Unusable("cli.world.needs_yes", {"name": name})
            if not typer.confirm(text("cli.world.sure", row)):
                raise typer.Abort
        worlds.drop(name)
    typer.echo(text("cli.world.dropped", row))


@app.command("advance")
def advance_world(
    name: Annotated[str, typer.Argument(help="世界名称 · name of the world")],
    to: Annotated[str, typer.Argument(metavar="DATE", help="日期或 +30d · a date, or +30d")],
) -> None:
    """推进业务日期，并说明途中所发生的 · move the date forward and tell what happened on the way"""
    _days_of(to)  # before anything is started
    with started(settings(), say=say):
        world = _found(name)
        today = clock.today(world.engine)
        day = _aimed(to, today)
        seen = _position(world)
        try:
            Watch().done(lambda: clock.advance_to(world.engine, day))
        except clock.NoWayBack:
            raise Problem("cli.world.no_way_back", {"today": today, "to": day}) from None
        doorbell.ring(name)
        try:
            clock.wait_for(world.engine, day)
        except clock.Halted as halted:
            raise Problem("cli.world.halted", {"day": halted.day}) from None
        with world.engine.connect() as connection:
            steps = steps_after(connection, seen)
    for step in steps:
        show_step(step)
    values = {"name": name, "from": today, "to": day, "number": len(steps)}
    typer.echo(text("cli.world.advanced", values))


def iso_day(written: str) -> date:
    """An ISO date. Raises Unusable."""
    try:
        if _ISO.fullmatch(written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise Unusable("cli.world.no_day", {"day": written[:40]})


def _days_of(to: str) -> int | None:
    """The days of `+30d`; None of a date. Raises Unusable for what is neither."""
    if found := _FORWARD.fullmatch(to):
        return int(found[1])
    iso_day(to)
    return None


def _aimed(to: str, today: date) -> date:
    """The day that is meant. Raises Unusable beyond MOST_DAYS from today."""
    days = _days_of(to)
    ahead = days if days is not None else (iso_day(to) - today).days
    if ahead > MOST_DAYS:
        last = today + timedelta(days=MOST_DAYS)
        raise Unusable("cli.world.too_far", {"today": today, "last": last})
    return today + timedelta(days=ahead)


def _position(world: worlds.World) -> int:
    with world.engine.connect() as connection:
        return int(connection.execute(_LAST).scalar_one())


@app.command("parked")
def list_parked(
    name: Annotated[str, typer.Argument(help="世界名称 · name of the world")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """列出停滞的事项及原因 · show what stands still in a world, each with its error"""
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
def retry_parked(
    name: Annotated[str, typer.Argument(help="世界名称 · name of the world")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """让停滞的事项重试 · give everything that stands still another chance"""
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
        "title": world_title(world.origin, language()),
        "date": None if shown is None else shown.isoformat(),
        "label": world.label,
        "loans": loans,
        "events": events,
        "parked": parked,
    }
