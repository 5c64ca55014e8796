"""`zhidai explore [NOUN]`: which rows of the tables fire, and how each state is reached."""

from __future__ import annotations

import json
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from services.kernel.i18n import label, text
from services.kernel.language import language
from services.kernel.problems import Problem
from services.sandbox.explorer.report import STATES, report, walked
from services.wiring import registry


def explore(
    noun: Annotated[
        str, typer.Argument(help=("只看一种记录，如 loan · one noun only, e.g. loan"))
    ] = "",
    *,
    states: Annotated[
        int, typer.Option(min=1, help=("要找的联合状态数 · joint states to look for"))
    ] = STATES,
    as_json: Annotated[
        bool, typer.Option("--json", help=("数据单独输出 · data alone on stdout"))
    ] = False,
) -> None:
    """Walk the lifecycle tables in memory: rows nothing reaches, and the way into each state."""
    known = registry()
    if noun and noun not in known.nouns:
        raise Problem("cli.waiting.unknown_noun", {"name": noun})
    found = report(known, walked(known, states=states), noun)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    _print(found)


def _print(found: dict[str, Any]) -> None:
    console, lang = Console(highlight=False), language()
    values = {
        "states": f"{found['joint_states']:,}", "rows": found["rows"],
        "fired": found["rows"] - len(found["never_fired"]),
    }  # fmt: skip
    console.print(text("cli.explore.found", values), markup=False)
    if found["never_fired"]:
        table = Table(title=text("cli.explore.never_fired"), title_justify="left")
        for line in found["never_fired"]:
            act = label(f"trigger.{line['noun']}.{line['trigger']}", lang)
            table.add_row(line["noun"], act, f"{line['from']} → {line['to']}")
        console.print(table)
    for noun, states in found["states"].items():
        for state, told in states.items():
            if not told["reached"]:
                values = {"noun": noun, "state": label(f"state.{noun}.{state}", lang)}
                console.print(text("cli.explore.unreached", values), markup=False)
