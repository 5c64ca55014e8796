"""`zhidai compare`: one default under every form of every case. Needs no running platform.

Without figures the sample of domain.md 0.3 is asked: default B0 with recovery R0, both assumed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from services.cli.default_flags import AsJson, Balance, Cash, Cost, Drawn, Gross, On, Set, day_of
from services.comparison.compare import Compared, compared_csv, compared_data
from services.comparison.compare import compare as compared
from services.comparison.question import Told, question, with_sample
from services.kernel.problems import Unusable
from services.kernel.settings import settings


def compare(
    *,
    principal: Annotated[str, typer.Option(help="未还本金；缺省用样例 · default: the sample")] = "",
    interest: Annotated[str, typer.Option(help="未付利息 · interest unpaid")] = "",
    drawn: Drawn = "",
    balance: Balance = "",
    recovery: Gross = "",
    cost: Cost = "",
    fund_cash: Cash = "",
    chosen: Set = None,
    on: On = "",
    every: Annotated[bool, typer.Option("--all", help="也列出其余形式 · all forms")] = False,
    as_json: AsJson = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="CSV")] = False,
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="堆叠条形图 · chart")
    ] = None,
) -> None:
    """同一笔违约，各案例由谁承担 · one default under every case."""
    told = Told(principal, interest, drawn, balance, recovery, cost, fund_cash)
    found = compared(question(with_sample(told)), day_of(on), chosen or ())
    if plot is not None:
        _plot(plot, found, every=every)
    if as_json and as_csv:
        raise Unusable("comparison.json_or_csv")
    if as_json:
        typer.echo(json.dumps(compared_data(found, settings().lang), ensure_ascii=False, indent=2))
    elif as_csv:
        typer.echo(compared_csv(found), nl=False)
    elif plot is None:
        _print(found, every=every)


def _plot(file: Path, found: Compared, *, every: bool) -> None:
    from services.comparison.chart import stacked

    svg = stacked(found.outcomes if every else found.shown, settings().lang)
    try:
        file.write_text(svg, "utf-8")
    except OSError as error:
        shown = {"file": file, "error": error.strerror}
        raise Unusable("comparison.unwritable", shown) from None


def _print(found: Compared, *, every: bool) -> None:
    from rich.console import Console

    from services.cli.compare_tables import print_compared

    print_compared(Console(), found, every=every, lang=settings().lang)
