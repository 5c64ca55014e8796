"""`zhidai scenario`: what can be played, and which rows all of it together has fired."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from services.cli.voice import say
from services.cli.world.play import differing, stuck_plain
from services.embedded.platform import started
from services.kernel import worlds
from services.kernel.i18n import text
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.reports.steps import ToldStep
from services.sandbox import library
from services.sandbox.coverage import TableLine, coverage, fired
from services.sandbox.play import play
from services.sandbox.scenario import Scenario
from services.wiring import registry

app = typer.Typer(no_args_is_help=True)


@app.command("list")
def list_scenarios(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help=("数据单独输出 · data alone on stdout"))
    ] = False,
) -> None:
    """列出情景及其目的 · list the scenarios with their aims"""
    found = [library.read(path, registry()) for path in library.listing().values()]
    if as_json:
        typer.echo(json.dumps([_row(one) for one in found], ensure_ascii=False, indent=1))
        return
    lang = settings().lang
    columns = ("id", "title", "case", "level", "minutes")
    table = Table(*(text(f"cli.scenario.{name}") for name in columns))
    for one in found:
        row = (one.ident, one.title[lang], one.case, str(one.level), str(one.minutes))
        table.add_row(*row)
    Console().print(table)


@app.command("coverage")
def cover(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help=("数据单独输出 · data alone on stdout"))
    ] = False,
) -> None:
    """演示全部情景，列出未触发的行 · play every scenario; list the rows that none fires"""
    with started(settings(), say=say):
        runs = list(_runs())
    told: Counter[TableLine] = sum((run["fired"] for run in runs), Counter())
    found = coverage(registry(), told)
    if as_json:
        played = [{k: v for k, v in run.items() if k != "fired"} for run in runs]
        answer = {**asdict(found), "scenarios": played}
        typer.echo(json.dumps(answer, ensure_ascii=False, indent=1))
    else:
        for name in found.never:
            typer.echo(name)
        values = {
            "rows": found.rows,
            "never": len(found.never),
            "argued": len(found.argued),
            "awaited": len(found.awaited),
        }
        typer.echo(text("cli.scenario.covered", {**values, "lines": len(found.lines)}))
    if failed := [run["id"] for run in runs if run["differences"] or run["stuck"]]:
        raise Problem("cli.scenario.failed", {"scenarios": ", ".join(failed)})
    if found.never:
        raise Problem("cli.scenario.never", {"never": ", ".join(found.never)})
    if found.told:
        raise Problem("cli.scenario.told", {"told": ", ".join(found.told)})


def _runs() -> Iterator[dict[str, Any]]:
    for ident, path in library.listing().items():
        began = time.monotonic()
        played = play(library.read(path, registry()), registry(), tell=_nothing)
        seconds = round(time.monotonic() - began, 2)
        with played.world.engine.connect() as connection:
            told = fired(connection)
        with suppress(worlds.UnknownWorld):
            worlds.drop(played.world.name)
        say(f"{ident}  {seconds} s")
        yield {
            "id": ident,
            "seconds": seconds,
            "events": told.total(),
            "differences": [differing(one) for one in played.differences],
            "stuck": [stuck_plain(one) for one in played.stuck],
            "fired": told,
        }


def _nothing(_: ToldStep) -> None:
    """Tell nobody."""


def _row(one: Scenario) -> dict[str, Any]:
    return {
        "id": one.ident,
        "title": dict(one.title),
        "aim": dict(one.aim),
        "case": one.case.partition(":")[0],
        "form": one.case,
        "level": one.level,
        "minutes": one.minutes,
        "starts_on": one.starts_on.isoformat(),
        "ends_on": one.ends_on.isoformat(),
        "steps": len(one.steps),
        "file": str(one.file),
    }
