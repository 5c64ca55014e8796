"""`zhidai up`: the platform until somebody stops it."""

from __future__ import annotations

import signal

from rich.console import Console

from services.cli.platform.prepare import prepare
from services.cli.voice import say
from services.embedded.platform import started
from services.embedded.signals import Stopped
from services.kernel.i18n import text
from services.kernel.settings import settings


def up() -> None:
    """Start the platform and keep it up until Ctrl-C. Refused beside a running one."""
    staying = False
    try:
        with started(settings(), say=say, attach=False, prepare=prepare) as running:
            staying = True
            show_end(running.url, stays=True)
            stay()
    except Stopped:
        if not staying:
            raise


def stay() -> None:
    """Wait for the signal that ends the block of `started`."""
    while True:
        signal.pause()


def show_end(page: str, *, stays: bool) -> None:
    """The two last lines: where to look, and what comes next."""
    console = Console(soft_wrap=True, highlight=False)
    console.print(text("cli.look" if stays else "cli.looked", {"url": page}))
    console.print(text("cli.then" if stays else "cli.then_stay", {"data": settings().data}))
