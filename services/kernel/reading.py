"""Which rows a command reads besides its own: those whose ids stand where its handle says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from services.kernel.registry import Handle

Get = Callable[[str, str], Any]
"""The row of a noun and an id, or None."""


class RowsRead(NamedTuple):
    """What was read. named: rows by noun, with "act" and "it"; kinds: the others by their class.

    holders: all of them in the order they were read.
    """

    named: dict[str, Any]
    kinds: dict[type, Any]
    holders: list[Any]


def read(handle: Handle, command: Any, it: Any, get: Get) -> RowsRead:
    """Each noun of the handle by the id that the command, its row or a row read before names."""
    holders = [command] if it is None else [command, it]
    found = RowsRead({"act": command, "it": it}, {}, holders)
    for name in handle.reads:
        ident = next((v for h in holders if (v := getattr(h, name, None))), None)
        row = get(name, ident) if ident else None
        if row is not None:
            found.named[name] = found.kinds[type(row)] = row
            holders.append(row)
    return found
