"""`zhidai doctor`: look at everything the platform needs; each line with what to do about it.

Starts and changes nothing. Ends with 1 when something fails, 0 on warnings.
"""

from __future__ import annotations

import json
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from services.embedded.platform import seen
from services.kernel.i18n import text
from services.kernel.settings import settings
from services.reports.checkup.all import findings
from services.reports.checkup.finding import Diagnosis

# fmt: off
_COLOUR = {
    "ok":   "green",
    "warn": "yellow",
    "fail": "red",
}
# fmt: on


def doctor(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """Check this machine, the servers and the running platform."""
    with seen(settings()):
        found = findings(settings())
    if as_json:
        lines = [one.plain(settings().lang) for one in found]
        typer.echo(json.dumps(lines, ensure_ascii=False, indent=1))
    else:
        _print(found)
    if any(one.status == "fail" for one in found):
        raise typer.Exit(1)


def _print(found: list[Diagnosis]) -> None:
    lang, console = settings().lang, Console(highlight=False, soft_wrap=True)
    for one in found:
        word = text(f"doctor.{one.status}", lang=lang)
        console.print(f"[{_COLOUR[one.status]}]{word}[/]  {escape(one.sentence(lang))}")
        if fix := one.fix(lang):
            console.print(f"      → {escape(fix)}")
