"""`zhidai audit verify`: hash and fold a world's history again, and name what does not hold."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

import typer

from services.cli.voice import say
from services.embedded.platform import started
from services.embedded.programs import servers_only
from services.kernel import worlds
from services.kernel.audit import Audit, audit
from services.kernel.i18n import text
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.wiring import registry

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """核验历史 · the history of a world, verified"""


@app.command("verify")
def verify(
    world: Annotated[str, typer.Argument(help="世界名称 · name of the world")] = "main",
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """核验一个世界的全部事件与行 · verify every event and row; ends with 1 if any is bad"""
    with started(settings(), say=say, programs=servers_only):
        try:
            found = worlds.find(world)
        except worlds.UnknownWorld:
            raise Problem("cli.world.unknown", {"name": world}) from None
        with found.engine.connect() as connection:
            told = audit(connection, registry())
    if as_json:
        typer.echo(json.dumps(_plain(told), ensure_ascii=False, indent=1))
    else:
        _print(told, world)
    if not told.ok:
        raise typer.Exit(1)


def _plain(told: Audit) -> dict[str, object]:
    return {
        "ok": told.ok,
        "events": told.events,
        "streams": told.streams,
        "days": {"sealed": told.sealed, "anchored": told.anchored},
        "seconds": round(told.seconds, 3),
        "bad": [asdict(one) for one in told.bad],
    }


def _print(told: Audit, world: str) -> None:
    for one in told.bad:
        typer.echo(f"{one.stream}:{one.seq}  {text(f'cli.audit.bad.{one.what}')}")
    rate = int(told.events / max(told.seconds, 0.001))
    values = {"world": world, "bad": len(told.bad), "rate": f"{rate:,}"}
    counts = {"events": f"{told.events:,}", "streams": f"{told.streams:,}"}
    typer.echo(text("cli.audit.days", {"sealed": told.sealed, "anchored": told.anchored}))
    typer.echo(text("cli.audit.holds" if told.ok else "cli.audit.broken", {**values, **counts}))
