"""`zhidai calc`: lending arithmetic without a running platform, one command a kind.

Without flags a command reads cases as JSON; with flags it prints a table for people.
"""

from __future__ import annotations

from collections.abc import Callable

import typer

from services.cli.calc_cases import piped
from services.cli.calc_schedule import schedule

app = typer.Typer(no_args_is_help=True, help="借贷计算 · lending arithmetic")
app.command("schedule")(schedule)


def _from_input(kind: str, told: str) -> Callable[[], None]:
    def command() -> None:
        piped(kind)

    command.__doc__ = told
    return command


# fmt: off
_FROM_INPUT = {
    "dpd":        "逾期天数 · days past due, from JSON on standard input",
    "prepayment": "提前还款与结清 · prepayment and payoff, from JSON on standard input",
    "penalty":    "罚息与滞纳金 · penalties, from JSON on standard input",
    "allocation": "还款分配 · allocation of payments, from JSON on standard input",
    "collateral": "押品价值 · collateral value, from JSON on standard input",
    "claim":      "基金补偿 · claims on a fund, from JSON on standard input",
}
# fmt: on
for _kind, _told in _FROM_INPUT.items():
    app.command(_kind)(_from_input(_kind, _told))
