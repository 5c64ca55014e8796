"""`zhidai calc`: lending arithmetic without a running platform, one command a kind.

Without flags a command reads cases as JSON; with flags it prints a table for people.
"""

from __future__ import annotations

import typer

from services.cli.calc.schedule import schedule
from services.cli.calc.servicing import SERVICING

app = typer.Typer(no_args_is_help=True, help="借贷计算 · lending arithmetic")
app.command("schedule")(schedule)
for _kind, _command in SERVICING.items():
    app.command(_kind)(_command)
