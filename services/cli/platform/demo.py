"""`zhidai demo`: the platform, one loan's story told on it, and where to look."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from services.cli.platform.prepare import prepare
from services.cli.platform.up import show_end, stay
from services.cli.voice import in_terminal, say
from services.embedded.platform import started
from services.embedded.signals import Stopped
from services.kernel.settings import settings


def demo(
    *,
    leave: Annotated[
        bool, typer.Option("--exit", help="演示后即结束 · end after the story")
    ] = False,
    remain: Annotated[
        bool, typer.Option("--stay", help="没有终端也保持运行 · stay without a terminal")
    ] = False,
) -> None:
    """Start the platform and tell the Jiangsu story; in a terminal stay until Ctrl-C."""
    if leave and remain:
        raise typer.BadParameter("--exit and --stay exclude each other")
    stays = remain or (in_terminal() and not leave)
    staying = False
    try:
        with started(settings(), say=say, attach=False, prepare=prepare) as running:
            # The story brings the whole application along: not before the platform is up.
            page = import_module("services.cli.world.play").tell_story(running)
            staying = stays
            show_end(page, stays=stays)
            if stays:
                stay()
    except Stopped:
        if not staying:
            raise
