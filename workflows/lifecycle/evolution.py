"""How an event changes a row when it simply says so: the fields of the same name are taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from workflows.lifecycle.machine import Situation

Decide = Callable[[Situation[Any, Any]], tuple[Any, ...]]
Evolve = Callable[[Any, Any], dict[str, Any]]
Timers = Callable[[Any, Any], tuple[Any, ...]]


def takes(*names: str) -> Evolve:
    """An evolve function that copies these fields from the event to the row; none: no change."""

    def evolve(_row: Any, event: Any) -> dict[str, Any]:
        return {name: getattr(event, name) for name in names}

    return evolve


def takes_and(names: tuple[str, ...], fixed: dict[str, Any]) -> Evolve:
    """As `takes`, and these fields are set to fixed values, e.g. a deadline back to None."""

    def evolve(_row: Any, event: Any) -> dict[str, Any]:
        return {**{name: getattr(event, name) for name in names}, **fixed}

    return evolve
