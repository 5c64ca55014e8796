"""`zhidai events WORLD [STREAM]`: the history of a world, oldest first; verifies nothing."""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console

from services.cli.voice import say
from services.embedded.platform import started
from services.kernel import worlds
from services.kernel.i18n import text
from services.kernel.problems import Problem
from services.kernel.settings import settings
from services.reports.steps import ToldStep, steps_after
from services.reports.wording import assumed, sentence


def events(
    world: Annotated[str, typer.Argument(help="世界名称 · name of the world")],
    stream: Annotated[
        str, typer.Argument(help="只看一条，如 loan/L1 · one stream only, e.g. loan/L1")
    ] = "",
    *,
    after: Annotated[int, typer.Option(help="从此位置之后 · position to go on from")] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", help="每行一个事件 · one event a line")
    ] = False,
) -> None:
    """Print what happened in a world."""
    with started(settings(), say=say):
        try:
            found = worlds.find(world)
        except worlds.UnknownWorld:
            raise Problem("cli.world.unknown", {"name": world}) from None
        with found.engine.connect() as connection:
            steps = steps_after(connection, after)
    asked = [step for step in steps if not stream or step.stream == stream]
    for step in asked:
        typer.echo(_line(step)) if as_json else show_step(step)
    if not asked:
        say(text("cli.events.none"))


def _line(step: ToldStep) -> str:
    return json.dumps(
        {
            "position": step.position,
            "stream": step.stream,
            "date": step.date.isoformat(),
            "who": step.who,
            "event": step.event,
            "from": step.from_state,
            "to": step.to_state,
            "policy": step.policy,
            "payload": step.payload,
            "calendar_assumed": assumed(step.payload),
        },
        ensure_ascii=False,
    )


def show_step(step: ToldStep) -> None:
    """One event as a line: day, row, what happened, who."""
    name = sentence(step.event, step.payload, settings().lang)
    Console(highlight=False, soft_wrap=True).print(
        f"{step.date}  {step.stream}  {name}  {step.who}", markup=False
    )
