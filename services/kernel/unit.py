"""The unit of work: many commands decided in memory, then written with multi-row statements.

Knows no noun and no rule. Loading is set-based, an item that is refused leaves no trace, and
nothing is written before `flush`. The only writer of rows, events, postings and timers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection

from services.kernel import policies
from services.kernel.db import Conflict
from services.kernel.mapper import Mapper, Stored, mapper
from services.kernel.record import EventRow, Recorder
from services.kernel.registry import Handle, Noun, Registry
from services.kernel.writing import write_unit
from workflows.effects import Then
from workflows.machine import Fired, Situation
from workflows.roles import PLATFORM, Actor, Role

Key = tuple[str, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Envelope:
    """A command with who gives it, when, and what caused it.

    facts: figures known beforehand (else the handle's query is run); waivable: refusal codes that
    become waiver events; timers: whether events set any; cause: `stream:seq` of the event behind
    it; correlation: outermost command.
    """

    command: Any
    actor: Actor
    business_date: date
    checker: Actor | None = None
    cause: str | None = None
    correlation: str | None = None
    facts: Mapping[str, Any] | None = None
    waivable: frozenset[str] = frozenset()
    timers: bool = True  # False: the tape of a boarded loan already tells what happened when

    def following(self, command: Any, cause: str | None) -> Envelope:
        """A command of the platform that follows from this one."""
        return dataclasses.replace(
            self, command=command, actor=PLATFORM, checker=None, cause=cause, facts=None
        )


class NeedsSecondPerson(Exception):
    """The row is controlled and nobody confirmed yet: the command becomes a proposal."""

    def __init__(self, envelope: Envelope, stream: str, fired: Fired) -> None:
        super().__init__(f"{fired.row.trigger} of {stream} needs a second person")
        self.envelope, self.stream, self.fired = envelope, stream, fired


@dataclasses.dataclass
class _Item:
    """What one item has changed so far; merged into the unit when it succeeds."""

    rows: dict[Key, Stored] = dataclasses.field(default_factory=dict)
    recorder: Recorder = dataclasses.field(default_factory=Recorder)


class Unit:
    """One transaction's worth of commands. Not for use by two threads."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self.connection = connection
        self.registry = registry
        self.rows: dict[Key, Stored | None] = {}
        self.locked: set[Key] = set()
        self.first_version: dict[Key, int] = {}
        self.recorder = Recorder()
        self.events: list[EventRow] = []  # written so far

    # -- loading ---------------------------------------------------------------------------

    def preload(self, keys: Iterable[Key], *, lock: bool) -> None:
        """Read the rows of those keys, one statement a noun; absent ones are known as absent."""
        wanted: dict[str, list[str]] = {}
        for key in keys:
            known = key in self.rows and (not lock or key in self.locked)
            if not known and key not in self.first_version:
                wanted.setdefault(key[0], []).append(key[1])
        for noun in sorted(wanted):
            self._read(noun, wanted[noun], lock=lock)

    def _read(self, noun: str, ids: list[str], *, lock: bool) -> None:
        for ident in ids:
            self.rows[(noun, ident)] = None
            if lock:
                self.locked.add((noun, ident))
        for stored in self._mapper(noun).load(self.connection, ids, lock=lock):
            self.rows[(noun, stored.record.id)] = stored

    def _mapper(self, noun: str) -> Mapper:
        return mapper(self.registry.nouns[noun])

    def _get(self, item: _Item, key: Key, *, lock: bool) -> Stored | None:
        if key in item.rows:
            return item.rows[key]
        self.preload([key], lock=lock)
        return self.rows[key]

    # -- deciding --------------------------------------------------------------------------

    def run(self, envelopes: Sequence[Envelope], *, inline: bool = False) -> tuple[EventRow, ...]:
        """Carry out one item: all its commands or none. Raises what the machine raises.

        inline: the reactions to its events are carried out at once, and their deliveries written
        as handled (used where a batch holds every row concerned; boarding).
        """
        item = _Item()
        for envelope in envelopes:
            before = len(item.recorder.events)
            self._carry_out(item, envelope)
            if inline:
                self._react(item, envelope, before)
        for key, stored in item.rows.items():
            known = self.rows.get(key)
            self.first_version.setdefault(key, 0 if known is None else known.version)
            self.rows[key] = stored
        self.recorder.merge(item.recorder)
        return tuple(item.recorder.events)

    def _react(self, item: _Item, envelope: Envelope, start: int) -> None:
        position = start
        while position < len(item.recorder.events):
            row = item.recorder.events[position]
            position += 1
            for reaction in self.registry.by_event.get(row.type, ()):
                for command in reaction.then(row.happened):
                    self._carry_out(item, envelope.following(command, row.ident))
                item.recorder.handled.add((row.stream, row.seq, reaction.name))

    def _carry_out(self, item: _Item, envelope: Envelope) -> None:
        handle = self.registry.handles[type(envelope.command)]
        noun = self.registry.nouns[handle.noun]
        key = (handle.noun, getattr(envelope.command, handle.noun))
        stored = self._get(item, key, lock=True)
        asked = self._situation(item, handle, envelope, stored)
        trigger = noun.lifecycle.commands[type(envelope.command)]
        fired = noun.lifecycle.fire(trigger, asked)
        if _needs_second_person(fired, envelope):
            raise NeedsSecondPerson(envelope, f"{key[0]}/{key[1]}", fired)
        self._record(item, noun, key, asked, fired, envelope)

    def _situation(
        self, item: _Item, handle: Handle, envelope: Envelope, stored: Stored | None
    ) -> Situation[Any]:
        it = None if stored is None else stored.record
        read: dict[str, Any] = {"act": envelope.command, "it": it}
        holders = [envelope.command, *([it] if it is not None else [])]
        for name in handle.reads:
            ident = next((v for h in holders if (v := getattr(h, name, None))), None)
            if not ident:
                continue
            found = self._get(item, (name, ident), lock=name in handle.locks)
            if found is not None:
                read[name] = found.record
                holders.append(found.record)
        facts: Mapping[str, Any] = envelope.facts or {}
        if envelope.facts is None and handle.facts is not None:
            self.flush()  # the query must see what earlier items of this unit did
            facts = handle.facts(self.connection, [read])[0]
        kinds = {type(row): row for name, row in read.items() if name not in ("act", "it")}
        policy = policies.governing(
            self.connection,
            holders,
            case=getattr(envelope.command, "case", None),
            today=envelope.business_date,
        )
        return Situation(
            it,
            envelope.command,
            kinds,
            facts,
            policy,
            envelope.business_date,
            envelope.actor,
            envelope.checker,
            envelope.waivable,
        )

    def _record(
        self,
        item: _Item,
        noun: Noun,
        key: Key,
        asked: Situation[Any],
        fired: Fired,
        envelope: Envelope,
    ) -> None:
        cause = None
        for outcome in noun.lifecycle.decide[fired.row.trigger](asked):
            if isinstance(outcome, Then):
                self._carry_out(item, envelope.following(outcome.command, cause))
                continue
            stored = item.rows.get(key) or self.rows[key]
            after, row = item.recorder.append(
                self.registry, noun, key, stored, outcome, fired, envelope, asked.policy.ref
            )
            item.rows[key] = after
            cause = row.ident
            envelope = _correlated(envelope, row)
        for refusal in fired.waived:
            stored = item.rows[key]
            item.rows[key], _ = item.recorder.waive(
                self.registry, noun, key, stored, refusal, fired, envelope, asked.policy.ref
            )

    # -- writing ---------------------------------------------------------------------------

    def flush(self) -> None:
        """Write everything. Raises Conflict when a row has moved on since it was read."""
        if not self.recorder.events:
            return
        changed: dict[str, list[tuple[Stored, int]]] = {}
        for (noun, _), stored, expected in self._changed():
            changed.setdefault(noun, []).append((stored, expected))
        for noun in self.registry.nouns:  # registry order: shared rows such as the fund stand last
            rows = changed.get(noun, [])
            if rows and len(self._mapper(noun).write(self.connection, rows)) != len(rows):
                raise Conflict(f"a {noun} row was changed by another transaction")
        write_unit(self.connection, self.recorder)
        policies.keep(self.connection, {row.policy for row in self.recorder.events})
        self.events += self.recorder.events
        self.recorder = Recorder()
        self.first_version.clear()

    def _changed(self) -> list[tuple[Key, Stored, int]]:
        result = []
        for key, expected in self.first_version.items():
            stored = self.rows[key]
            if stored is not None and stored.version != expected:
                result.append((key, stored, expected))
        return result


def _needs_second_person(fired: Fired, envelope: Envelope) -> bool:
    controlled = bool(fired.row.control.checkers)
    return controlled and envelope.checker is None and envelope.actor.role is not Role.SYS


def _correlated(envelope: Envelope, row: EventRow) -> Envelope:
    if envelope.correlation is not None:
        return envelope
    return dataclasses.replace(envelope, correlation=row.ident)
