"""The flags by which a default is told on the command line, for every command that asks of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated

import typer

from services.kernel.problems import Unusable

# fmt: off
Principal = Annotated[str, typer.Option(help="未还本金（元） · Principal unpaid, yuan.")]
Interest  = Annotated[str, typer.Option(help="未付利息 · Interest unpaid.")]
Drawn     = Annotated[str, typer.Option(help="放款额；缺省同本金 · Amount drawn; default: the principal.")]
Balance   = Annotated[str, typer.Option("--balance-after-draw", help="放款后单户余额；缺省同放款额 · The borrower's balance after the draw; default: drawn.")]
Gross     = Annotated[str, typer.Option("--recovery", help="追偿所得 · Recovered.")]
Cost      = Annotated[str, typer.Option(help="追偿费用 · Cost of the recovery.")]
Cash      = Annotated[str, typer.Option("--fund-cash", help="基金现金；缺省不受限 · What the fund holds; default: enough.")]
Set       = Annotated[list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="改设一个参数，可重复 · Choose a parameter otherwise; may be repeated.")]
On        = Annotated[str, typer.Option(metavar="DATE", help="政策日；缺省取最新 · Day of the policy; default: the latest.")]
AsJson    = Annotated[bool, typer.Option("--json", help="数据单独输出 · Data alone on stdout.")]
# fmt: on


def day_of(written: str) -> date | None:
    """A day such as 2026-11-22; None where none is told. Raises Unusable."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Unusable("comparison.no_day", {"written": written[:40]}) from None
