"""A port for the web app: the one asked for or the next that is free, kept from our own kind."""

from __future__ import annotations

import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from services.kernel.problems import Problem

_MORE_PORTS = 50


@contextmanager
def reserved_port(host: str, wanted: int) -> Iterator[int]:
    """The wanted port or the next free one; 0 takes any. Raises Problem where none is free.

    Between this trial and the web app's start the port is open to everybody: the mark keeps off
    a second platform that starts at the same time.
    """
    for candidate in range(wanted, min(wanted + _MORE_PORTS, 65_536)) if wanted else (0,):
        port = _free(host, candidate)
        mark = _marked(port) if port else None
        if port and mark:
            with mark:
                yield port
            return
    raise Problem("platform.no_port", {"host": host, "port": wanted})


def _free(host: str, port: int) -> int | None:
    """The port if nobody listens there (for 0: one the system picks)."""
    try:
        family, kind, proto, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, proto) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind(address)
            return int(trial.getsockname()[1])
    except OSError:
        return None


def _marked(port: int) -> socket.socket | None:
    """A name one process of the machine can hold (Linux: an abstract socket); dies with it."""
    mark = socket.socket(socket.AF_UNIX)
    try:
        if sys.platform == "linux":
            mark.bind(f"\0zhidai-port-{port}")
    except OSError:
        mark.close()
        return None
    return mark
