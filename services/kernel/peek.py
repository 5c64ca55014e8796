"""What a person may do with a row now, and why not the rest, before any command is written.

Reads the rows a guard would be shown, locks nothing. Whatever depends on a field that the command
has yet to give is left open.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from typing import Any, NoReturn

from sqlalchemy import Connection

from policies.reading.pack import UnknownCase
from services.kernel import policies
from services.kernel.mapper import mapper
from services.kernel.registry import Noun, Registry
from workflows.lifecycle.machine import Judged, Situation
from workflows.lifecycle.refusals import NotGivenYet
from workflows.lifecycle.roles import ORGANISATION_OF, Actor
from workflows.lifecycle.rows import by_class

CASE = "case"


def peek(
    connection: Connection,
    registry: Registry,
    noun: Noun,
    *,
    it: Any,
    trigger: str,
    actor: Actor,
    today: date,
) -> Judged:
    """Judge one trigger of an existing row for an actor. Raises NotPossible."""
    kind = next(kind for kind, name in noun.lifecycle.commands.items() if name == trigger)
    act = _unwritten(kind, noun.name, it.id, actor)
    read = _read(connection, registry, kind, act, it)
    facts = _facts(connection, registry, kind, read)
    holders = [one for name, one in read.found.items() if name != "act"]
    policy: Any = _Later(CASE)
    with suppress(UnknownCase):
        policy = policies.governing(connection, holders, case=None, today=today)
    others = [row for name, row in read.found.items() if name not in ("act", "it")]
    records = {registry.nouns[name].lifecycle.record: name for name in read.later}
    rows: Any = _Known({type(row): row for row in others}, records)
    return noun.lifecycle.peek(trigger, Situation(it, act, rows, facts, policy, today, actor))


class _Unwritten:
    """A command of which only some fields are known; looking at the others is too early."""

    def __init__(self, known: Mapping[str, Any], fields: frozenset[str]) -> None:
        self._known, self._fields = known, fields

    def __getattr__(self, name: str) -> Any:
        if name in self._known:
            return self._known[name]
        if name in self._fields:
            raise NotGivenYet(name)
        raise AttributeError(name)


def _unwritten(kind: type[Any], noun: str, ident: str, actor: Actor) -> _Unwritten:
    """Known are the target, what has a default, and the caller's own organisation."""
    fields = dataclasses.fields(kind)
    missing = dataclasses.MISSING
    known = {field.name: field.default for field in fields if field.default is not missing}
    names = frozenset(field.name for field in fields)
    own = ORGANISATION_OF.get(actor.role)
    if own in names:
        known[own] = actor.organisation
    return _Unwritten({**known, noun: ident, "trigger": kind.trigger}, names)


class _Known:
    """A mapping of rows found; asking for one that a field will name is too early."""

    def __init__(self, found: Mapping[Any, Any], later: Mapping[Any, str] | None = None) -> None:
        self.found, self.later = dict(found), dict(later or {})

    def __getitem__(self, key: Any) -> Any:
        if key in self.later:
            raise NotGivenYet(self.later[key])
        return self.found[key]

    def __contains__(self, key: object) -> bool:
        if key in self.later:
            raise NotGivenYet(self.later[key])
        return key in self.found

    def values(self) -> list[Any]:
        """What was found so far."""
        return list(self.found.values())

    def get(self, key: Any, default: Any = None) -> Any:
        """As a dict has it."""
        return self[key] if key in self else default  # noqa: SIM401  # this is what it asks for


class _Later:
    """Figures, or a policy, that cannot be had before the command says what they depend on."""

    def __init__(self, what: str) -> None:
        self.what = what

    def __getattr__(self, _: str) -> NoReturn:
        raise NotGivenYet(self.what)

    def __getitem__(self, _: str) -> NoReturn:
        raise NotGivenYet(self.what)

    def __contains__(self, _: object) -> NoReturn:
        raise NotGivenYet(self.what)


def _read(
    connection: Connection, registry: Registry, kind: type[Any], act: _Unwritten, it: Any
) -> _Known:
    found = _Known({"act": act, "it": it})
    holders = [act, it]
    for name in registry.handles[kind].reads:
        try:
            ident = next((v for h in holders if (v := getattr(h, name, None))), None)
        except NotGivenYet:
            found.later[name] = name
            continue
        rows = mapper(registry.nouns[name]).load(connection, [ident], lock=False) if ident else []
        for stored in rows:
            found.found[name] = stored.record
            holders.append(stored.record)
    return found


def _facts(connection: Connection, registry: Registry, kind: type[Any], read: Any) -> Any:
    query = registry.handles[kind].facts
    if query is None:
        return {}
    try:
        return by_class(query(connection, [read])[0])
    except NotGivenYet as later:
        return _Later(later.what)
