"""A lifecycle table as a Mermaid state diagram.

Drawn from the rows: what GraphMachine of `transitions` makes of them styles every state black on
white, marks the state before birth as the current one, shows no end, and writes the eight acts
that leave an overdue loan overdue as one label.
"""

from __future__ import annotations

from collections.abc import Callable

from workflows.lifecycle.machine import NEW, Lifecycle

Name = Callable[[str], str]
"""What people call a state, by its code."""


def mermaid(lifecycle: Lifecycle, name: Name) -> str:
    """States and the triggers between them; acts that leave the state as it is are `stays`'."""
    lines = ["stateDiagram-v2", "    direction LR"]
    lines += [f'    state "{s.name}<br/>{name(s.name)}" as {s.name}' for s in lifecycle.states]
    for (source, dest), triggers in _edges(lifecycle).items():
        lines.append(f"    {_end(source)} --> {dest}: {', '.join(triggers)}")
    lines += [f"    {state.name} --> [*]" for state in lifecycle.final]
    return "\n".join(lines)


def stays(lifecycle: Lifecycle) -> dict[str, tuple[str, ...]]:
    """State -> triggers that leave it as it is, for states that have any."""
    found: dict[str, list[str]] = {}
    for row in lifecycle.rows:
        for source in row.sources:
            if source == row.dest.name:
                found.setdefault(source, []).append(row.trigger)
    return {state: tuple(triggers) for state, triggers in found.items()}


def _edges(lifecycle: Lifecycle) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in lifecycle.rows:
        for source in row.sources:
            if source != row.dest.name:
                found.setdefault((source, row.dest.name), []).append(row.trigger)
    return found


def _end(state: str) -> str:
    return "[*]" if state == NEW else state
