"""`zhidai compare`: one default under every form of every case. Needs no running platform.

Without figures the sample of ZD-1.9 is asked: default B0 with recovery R0, both assumed.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from services.cli.compare.default_flags import (
    AsJson,
    Balance,
    Cash,
    Cost,
    Drawn,
    Gross,
    On,
    Set,
    day_of,
)
from services.cli.compare.svg_file import write_svg
from services.comparison.compare import Compared, compared_csv, compared_data
from services.comparison.compare import compare as compared
from services.comparison.ledgers import LedgerTerms, sample
from services.comparison.question import ToldDefault, question, rate_of, with_sample
from services.kernel.language import language
from services.kernel.problems import Unusable

View = Literal["enterprise", "bank", "public"]


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
    view: Annotated[View | None, typer.Option(help="企业、银行或财政的账 · whose ledger")] = None,
    rate: Annotated[str, typer.Option(help="贷款年利率（%） · the loan's rate, per cent")] = "",
    plot: Annotated[
        Path | None, typer.Option(metavar="FILE.svg", help="堆叠条形图 · chart")
    ] = None,
) -> None:
    """同一笔违约，各案例由谁承担 · one default under every case."""
    told = ToldDefault(principal, interest, drawn, balance, recovery, cost, fund_cash)
    found = compared(question(with_sample(told)), day_of(on), chosen or ())
    if as_json and as_csv:
        raise Unusable("comparison.json_or_csv")
    if rate and view is None:
        raise Unusable("comparison.rate_without_view")
    if plot is not None:
        _plot(plot, found, every=every)
    form = "json" if as_json else "csv" if as_csv else "plot" if plot else "table"
    if view is None:
        _tell(found, form, every=every)
    else:
        _tell_view(found, view, _terms(found, rate), form=form, every=every)


def _plot(file: Path, found: Compared, *, every: bool) -> None:
    from services.comparison.chart import stacked

    write_svg(file, stacked(found.outcomes if every else found.shown, language()))


def _tell(found: Compared, form: str, *, every: bool) -> None:
    if form == "json":
        _json(compared_data(found, language()))
    elif form == "csv":
        typer.echo(compared_csv(found), nl=False)
    elif form == "table":
        from services.cli.compare.tables import print_compared

        print_compared(_console(), found, every=every, lang=language())


def _tell_view(found: Compared, view: View, terms: LedgerTerms, *, form: str, every: bool) -> None:
    from services.comparison import views

    lang = language()
    if form == "json":
        _json(views.view_data(found, view, terms, lang=lang))
    elif form == "csv":
        typer.echo(views.view_csv(found, view, terms), nl=False)
    elif form == "table":
        from services.cli.compare.view_tables import print_ledgers

        shown = views.ledgers(found.outcomes if every else found.shown, view, terms)
        print_ledgers(_console(), shown, view, lang=lang)


def _terms(found: Compared, rate: str) -> LedgerTerms:
    """The loan's rate as told in per cent, or the sample's."""
    if not rate:
        return LedgerTerms(found.question, sample()["rate"], told_rate=False)
    return LedgerTerms(found.question, rate_of(rate), told_rate=True)


def _json(data: Any) -> None:
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _console() -> Any:
    from rich.console import Console

    return Console()
