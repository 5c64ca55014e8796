"""`zhidai policy clause ZD-3.8`: one rule of the rulebook, with its reason, evidence and grade."""

from __future__ import annotations

import dataclasses
import json
from typing import Annotated, Any, Literal

import typer
from rich.console import Console
from rich.markdown import Markdown

from services.kernel.i18n import label
from services.kernel.language import language
from services.rulebook.clauses import address, beneath, clause
from services.rulebook.reading import Provision

FIELDS = ("why", "law", "grade", "platform", "context")


def show_clause(
    ident: Annotated[str, typer.Argument(metavar="ID", help="ZD-3.8")],
    *,
    lang: Annotated[
        Literal["zh", "en"] | None, typer.Option(help="语言 · language of the rule")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="数据单独输出 · data alone on stdout")
    ] = False,
) -> None:
    """规则手册的一条 · one clause of the rulebook."""
    found = clause(ident, lang or language())
    if as_json:
        typer.echo(json.dumps(data(found), ensure_ascii=False, indent=2))
    else:
        _print(Console(), found)


def data(found: Provision) -> dict[str, Any]:
    """A clause as plain data; texts are Markdown."""
    told = dataclasses.asdict(found)
    below = beneath(found.ident, found.lang)
    return {
        "id": told.pop("ident"),
        **told,
        "url": address(found.ident),
        "beneath": [{"id": one.ident, "title": one.title} for one in below],
    }


def _print(console: Console, found: Provision) -> None:
    console.print(f"[bold]{found.ident}[/]  {found.title}", highlight=False)
    console.print(Markdown(found.text.replace("<br/>", " ")))
    for name in FIELDS:
        if told := getattr(found, name):
            console.print(Markdown(f"**{label(f'rulebook.{name}', found.lang)}** {told}"))
    for one in beneath(found.ident, found.lang):
        console.print(f"  {one.ident}  {one.title}", highlight=False)
