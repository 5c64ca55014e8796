"""What is asked of a lifecycle's table when it is built, so that it is never found wrong later."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from workflows.lifecycle.rows import NEW, WrongTable, wire_name


def check(lifecycle: Any) -> None:
    """Raise WrongTable unless every state is reachable, leads on or is final, and all is named."""
    noun, names = lifecycle.noun, {state.name for state in lifecycle.states}
    reached = {NEW}
    while True:
        more = {
            row.dest.name for row in lifecycle.rows if any(s in reached for s in row.sources)
        } - reached
        if not more:
            break
        reached |= more
    if names - reached:
        raise WrongTable(f"{noun}: never reached: {sorted(names - reached)}")
    left = {s for row in lifecycle.rows for s in row.sources if row.dest.name != s}
    dead = names - left - {state.name for state in lifecycle.final}
    if dead:
        raise WrongTable(f"{noun}: no way out of {sorted(dead)}, and not final")
    _check_names(lifecycle)


def _check_names(lifecycle: Any) -> None:
    """Every event, trigger and decision that is named is there, and none is there in vain."""
    noun, known = lifecycle.noun, set(lifecycle.events)
    for row in lifecycle.rows:
        if row.told not in known:
            raise WrongTable(f"{noun}: {row.trigger} names the unknown event {row.told}")
        if row.trigger not in lifecycle.decide:
            raise WrongTable(f"{noun}: nothing decides {row.trigger}")
    missing = [name for name, kind in lifecycle.events.items() if kind not in lifecycle.evolve]
    if missing:
        raise WrongTable(f"{noun}: nothing evolves {missing}")
    noted = {wire_name(note) for note in lifecycle.notes}
    strays = known - {row.told for row in lifecycle.rows} - noted
    if strays:
        raise WrongTable(f"{noun}: no row nor note has {sorted(strays)}")
    if len(lifecycle.names) < len(known):
        raise WrongTable(f"{noun}: one class stands for two events")
    _check_deadlines(lifecycle)
    unknown = set(lifecycle.commands.values()) - set(lifecycle.triggers)
    if unknown:
        raise WrongTable(f"{noun}: commands name the unknown triggers {sorted(unknown)}")


def _check_deadlines(lifecycle: Any) -> None:
    """Every deadline begins and ends with events of the table, runs in its states, has a day."""
    noun, known = lifecycle.noun, set(lifecycle.events.values())
    states = {state.name for state in lifecycle.states}
    record = {one.name for one in fields(lifecycle.record)}
    if len({one.name for one in lifecycle.deadlines}) < len(lifecycle.deadlines):
        raise WrongTable(f"{noun}: two deadlines have one name")
    for one in lifecycle.deadlines:
        if not known.issuperset((*one.begins, *one.ends)) or not states >= one.states:
            raise WrongTable(f"{noun}: {one.name} names an unknown event or state")
        dayless = [e for e in one.begins if one.last not in {f.name for f in fields(e)} | record]
        if dayless:
            raise WrongTable(f"{noun}: {one.name} has no last day in {dayless[0].__name__}")
