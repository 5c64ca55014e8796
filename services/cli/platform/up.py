"""`zhidai up`: the platform until somebody stops it."""

from __future__ import annotations

import signal

from rich.console import Console
from rich.panel import Panel
from rich.table import Table

from services.cli.platform.prepare import prepare, users_table
from services.cli.voice import say
from services.embedded.platform import Running, started
from services.embedded.signals import Stopped
from services.kernel.i18n import text
from services.kernel.settings import settings


def up() -> None:
    """Start the platform and keep it up until Ctrl-C. Refused beside a running one."""
    staying = False
    try:
        with started(settings(), say=say, attach=False, prepare=prepare) as running:
            staying = True
            show_panel(running, stays=True)
            stay()
    except Stopped:
        if not staying:
            raise


def stay() -> None:
    """Wait for the signal that ends the block of `started`."""
    while True:
        signal.pause()


def show_panel(running: Running, *, stays: bool) -> None:
    """Print where the platform is, where its data lie, and what to do next."""
    rows = Table.grid(padding=(0, 2))
    rows.add_row(text("cli.url"), running.url)
    rows.add_row(text("cli.docs"), f"{running.url}/docs")
    rows.add_row(text("cli.data"), str(settings().data))
    rows.add_row(text("cli.users.shown"), users_table(settings()))
    rows.add_row(text("cli.next"), "zhidai play jiangsu · zhidai board FILE --case jiangsu")
    footer = text("cli.stays") if stays else None
    Console(soft_wrap=True).print(Panel.fit(rows, title="知贷 Zhidai", subtitle=footer))
