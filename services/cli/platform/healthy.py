"""`zhidai healthy worker|beat|web`: ends with 0 when that process of this host gives signs of life.

For the health checks of containers; works with Celery's remote control off. Starts nothing.
"""

from __future__ import annotations

from typing import Annotated, Literal

import typer
from sqlalchemy.exc import DBAPIError

from services.embedded.platform import seen
from services.kernel import heartbeat
from services.kernel.db import NoDatabase
from services.kernel.i18n import text
from services.kernel.problems import Problem
from services.kernel.settings import settings

Kind = Literal["worker", "beat", "web"]


def healthy(kind: Annotated[Kind, typer.Argument(help="进程种类 · kind of process")]) -> None:
    """Say whether a process of that kind on this host beat within the last half minute."""
    with seen(settings()):
        try:
            alive = heartbeat.alive_here(kind)
        except (DBAPIError, NoDatabase):
            raise Problem("cli.healthy.unknown", {"kind": kind}) from None
    values = {"kind": kind, "seconds": int(heartbeat.SILENT_AFTER)}
    if not alive:
        raise Problem("cli.healthy.silent", values)
    typer.echo(text("cli.healthy.alive", values))
