"""The flags by which a default is told on the command line, for every command that asks of one."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import typer

from services.kernel.problems import Unusable


def _told(zh: str, en: str, *names: str, metavar: str | None = None) -> Any:
    """An option told in both languages; help is read before a language can be chosen."""
    return typer.Option(*names, metavar=metavar, help=f"{zh} · {en}")


# fmt: off
Principal = Annotated[str, _told("未还本金（元）", "principal unpaid, yuan")]
Interest  = Annotated[str, _told("未付利息", "interest unpaid")]
Drawn     = Annotated[str, _told("放款额；缺省同本金", "amount drawn; default: the principal")]
Balance   = Annotated[str, _told("放款后单户余额；缺省同放款额",
                                 "the borrower's balance after the draw; default: drawn",
                                 "--balance-after-draw")]
Gross     = Annotated[str, _told("追偿所得", "recovered", "--recovery")]
Cost      = Annotated[str, _told("追偿费用", "cost of the recovery")]
Cash      = Annotated[str, _told("基金现金；缺省不受限", "what the fund holds; default: enough",
                                 "--fund-cash")]
Set       = Annotated[list[str] | None, _told("改设一个参数，可重复",
                                              "choose a parameter otherwise; may be repeated",
                                              "--set", metavar="NAME=VALUE")]
On        = Annotated[str, _told("政策日；缺省取最新", "day of the policy; default: the latest",
                                 metavar="DATE")]
AsJson    = Annotated[bool, _told("数据单独输出", "data alone on stdout", "--json")]
# fmt: on


def day_of(written: str) -> date | None:
    """A day such as 2026-11-22; None where none is told. Raises Unusable."""
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise Unusable("comparison.no_day", {"written": written[:40]}) from None
