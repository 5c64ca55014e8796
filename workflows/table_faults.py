"""What can be wrong with a lifecycle's table; machine.py asks when a table is built."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

NEW = "NEW"  # the source of a row that brings a thing into being


def faults(lifecycle: Any) -> Iterator[str]:
    """Each contradiction as a sentence: states nobody reaches or leaves, names nobody knows."""
    yield from _unreached(lifecycle)
    yield from _dead_ends(lifecycle)
    yield from _unnamed(lifecycle)


def _unreached(lifecycle: Any) -> Iterator[str]:
    names, reached = {state.name for state in lifecycle.states}, {NEW}
    while True:
        more = {
            row.dest.name for row in lifecycle.rows if any(s in reached for s in row.sources)
        } - reached
        if not more:
            break
        reached |= more
    if names - reached:
        yield f"never reached: {sorted(names - reached)}"


def _dead_ends(lifecycle: Any) -> Iterator[str]:
    left = {s for row in lifecycle.rows for s in row.sources if row.dest.name != s}
    final = {state.name for state in lifecycle.final}
    dead = {state.name for state in lifecycle.states} - left - final
    if dead:
        yield f"no way out of {sorted(dead)}, and not final"


def _unnamed(lifecycle: Any) -> Iterator[str]:
    known = set(lifecycle.events)
    for row in lifecycle.rows:
        if row.event not in known:
            yield f"{row.trigger} names the unknown event {row.event}"
        if row.trigger not in lifecycle.decide:
            yield f"nothing decides {row.trigger}"
    missing = [name for name, kind in lifecycle.events.items() if kind not in lifecycle.evolve]
    if missing:
        yield f"nothing evolves {missing}"
    strays = known - {row.event for row in lifecycle.rows} - set(lifecycle.notes)
    if strays:
        yield f"no row nor note has {sorted(strays)}"
