"""What a walk found, told: rows that never fire, the way into each state, what it waits for."""

from __future__ import annotations

from typing import Any

from policies.reading.loader import load
from services.kernel.registry import Noun, Registry
from services.sandbox import library
from services.sandbox.coverage import TableLine, lines
from services.sandbox.explorer.walk import Node, Walk, Walked, path
from workflows.lifecycle.roles import Role

STATES = 4000
"""Joint states looked for beyond those of the scenarios: about a third of a minute."""


def walked(registry: Registry, *, states: int = STATES) -> Walked:
    """A walk under the case that is told first, from all its scenarios."""
    case = library.sample_case()
    every = (library.read(file, registry) for file in library.listing().values())
    scenarios = [one for one in every if one.case == case]
    policy = load(case).on(min(one.starts_on for one in scenarios))
    return Walk(registry, policy, scenarios).run(states=states)


def never_fired(registry: Registry, found: Walked) -> list[TableLine]:
    """Rows of the tables that nothing in the walk reached."""
    return [
        line
        for line in lines(registry)
        if (line.noun, line.trigger, line.source) not in found.fired
    ]


def report(registry: Registry, found: Walked, noun: str = "") -> dict[str, Any]:
    """The findings as plain data; of one noun if named."""
    nouns = [one for one in registry.nouns.values() if noun in ("", one.name)]
    every = [line for line in lines(registry) if noun in ("", line.noun)]
    dead = [line for line in never_fired(registry, found) if noun in ("", line.noun)]
    return {
        "joint_states": found.states,
        "acts_tried": found.tried,
        "rows": len(every),
        "never_fired": [
            {"noun": d.noun, "trigger": d.trigger, "from": d.source, "to": d.dest, "event": d.event}
            for d in dead
        ],
        "states": {one.name: _states(one, found) for one in nouns},
        "parked": [{"reason": reason, "path": path(node)} for reason, node in found.parked.items()],
    }


def _states(noun: Noun, found: Walked) -> dict[str, Any]:
    return {
        state.name: _state(noun, state.name, found.first.get((noun.name, state.name)))
        for state in noun.lifecycle.states
    }


def _state(noun: Noun, state: str, node: Node | None) -> dict[str, Any]:
    if node is None:
        return {"reached": False}
    rows = [row for (name, _), row in node.rows.items() if name == noun.name]
    here = next((row for row in rows if row.state == state), None)
    return {
        "reached": True,
        "open": bool(ways_on(noun, state)),
        "steps": node.depth,
        "path": path(node),
        "waits_for": [] if here is None else _waits(noun, here, node),
        "who_can_act": _people(noun, state),
    }


def ways_on(noun: Noun, state: str) -> list[str]:
    """Triggers that lead from a state to another."""
    table = noun.lifecycle.table
    return [t for (t, source), row in table.items() if source == state != row.dest.name]


def _waits(noun: Noun, row: Any, node: Node) -> list[dict[str, Any]]:
    return [
        {
            "what": kind,
            "nature": "DATE" if timer.awaited is None else timer.awaited.nature,
            "until": str(timer.due_on if timer.awaited is None else timer.awaited.last_day),
            "then": noun.lifecycle.commands[type(timer.command)],
        }
        for (name, ident, kind), timer in node.timers.items()
        if name == noun.name and ident == row.id
    ]


def _people(noun: Noun, state: str) -> list[dict[str, Any]]:
    found = []
    for (trigger, source), row in noun.lifecycle.table.items():
        roles = [role.value for role in row.roles if role is not Role.SYS]
        if source == state and roles:
            found.append({"trigger": trigger, "roles": roles, "leads_to": row.dest.name})
    return found
