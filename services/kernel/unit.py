"""The unit of work: many commands decided in memory, then written with multi-row statements.

Knows no noun and no rule. Loading is set-based, an item that is refused leaves no trace, and
nothing is written before `flush`. The only writer of rows, events, postings and timers.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, NestedTransaction

from services.kernel import policies
from services.kernel.db import Conflict
from services.kernel.envelope import Envelope, NeedsAnotherPerson, Stale
from services.kernel.mapper import Mapper, Stored, mapper
from services.kernel.reading import read
from services.kernel.record import EventRow, Key, Recorder, Recording
from services.kernel.registry import Handle, Registry
from services.kernel.writing import write_unit
from workflows.lifecycle.effects import Then
from workflows.lifecycle.machine import Situation
from workflows.lifecycle.refusals import Remark
from workflows.lifecycle.rows import by_class
from workflows.lifecycle.step import NotConfirmedYet, Stepped, step

__all__ = ["Envelope", "Key", "NeedsAnotherPerson", "Unit"]


@dataclasses.dataclass(slots=True)
class _Item:
    """What one item has changed so far; merged into the unit when it succeeds.

    events: all it recorded; savepoint and what stands with it: only when some of it had to be
    written before the item was through.
    """

    recorder: Recorder
    rows: dict[Key, Stored] = dataclasses.field(default_factory=dict)
    events: list[EventRow] = dataclasses.field(default_factory=list)
    savepoint: NestedTransaction | None = None
    locked_before: frozenset[Key] = frozenset()
    retimed_before: frozenset[Key] = frozenset()
    written_before: int = 0

    def keep(self, row: EventRow, record: Any) -> None:
        """Note an event with the record after it."""
        self.rows[row.key] = Stored(record, row.seq, row.hash)
        self.events.append(row)


class Unit:
    """One transaction's worth of commands. Not for use by two threads."""

    def __init__(self, connection: Connection, registry: Registry) -> None:
        self.connection = connection
        self.registry = registry
        self.rows: dict[Key, Stored | None] = {}
        self.locked: set[Key] = set()
        self.first_version: dict[Key, int] = {}
        self.recorder = Recorder(registry)
        self.events: list[EventRow] = []  # written so far
        self.remarks: list[Remark] = []  # of guards that let pass what is written so far
        self.retimed: set[Key] = set()  # timers set or dropped so far

    # -- loading ---------------------------------------------------------------------------

    def prepare(self, envelopes: Iterable[Envelope]) -> None:
        """Lock the rows these commands act on, read those they name: one statement a noun."""
        targets: list[Key] = []
        named: list[Key] = []
        for envelope in envelopes:
            command = envelope.command
            handle = self.registry.handles[type(command)]
            targets.append((handle.noun, getattr(command, handle.noun)))
            others = ((name, getattr(command, name, None)) for name in handle.reads)
            named += [(name, i) for name, i in others if i and name not in handle.locks]
        self.preload(targets, lock=True)
        self.preload(named, lock=False)

    def preload(self, keys: Iterable[Key], *, lock: bool) -> None:
        """Read the rows of those keys, one statement a noun; absent ones are known as absent.

        A row read before without lock is read again, for it may have changed since.
        """
        known = self.locked if lock else self.rows
        wanted: dict[str, list[str]] = {}
        for key in keys:
            if key not in known:
                wanted.setdefault(key[0], []).append(key[1])
        if wanted:
            for noun in self.registry.nouns:  # in one order for all: the shared rows come last
                self._read(noun, wanted.get(noun, []), lock=lock)

    def _read(self, noun: str, ids: Sequence[str], *, lock: bool) -> None:
        if not ids:
            return
        keys = [(noun, ident) for ident in ids]
        self.rows.update(dict.fromkeys(keys))
        if lock:
            self.locked.update(keys)
        for stored in self._mapper(noun).load(self.connection, ids, lock=lock):
            self.rows[(noun, stored.record.id)] = stored

    def _mapper(self, noun: str) -> Mapper:
        return mapper(self.registry.nouns[noun])

    def _get(self, item: _Item, key: Key, *, lock: bool) -> Stored | None:
        if key in item.rows:
            return item.rows[key]
        self.preload((key,), lock=lock)
        return self.rows[key]

    # -- deciding --------------------------------------------------------------------------

    def run(self, envelopes: Sequence[Envelope], *, inline: bool = False) -> tuple[EventRow, ...]:
        """Carry out one item: all its commands or none. Raises what the machine raises.

        inline: the reactions to its events are carried out at once, and their deliveries written
        as handled (used where a batch holds every row concerned; boarding).
        """
        item = _Item(Recorder(self.registry, inline))
        try:
            for envelope in envelopes:
                before = len(item.events)
                self._carry_out(item, envelope)
                if inline:
                    self._react(item, envelope, before)
        except BaseException:
            self._undo(item)
            raise
        self._merge(item)
        if item.savepoint is not None:
            item.savepoint.commit()
        return tuple(item.events)

    def _react(self, item: _Item, envelope: Envelope, start: int) -> None:
        position = start
        while position < len(item.events):
            row = item.events[position]
            position += 1
            for reaction in self.registry.by_event.get(row.type, ()):
                for command in reaction.then(row.happened):
                    following = envelope.following(command, row.ident, row.correlation)
                    self._carry_out(item, following)

    def _carry_out(self, item: _Item, envelope: Envelope) -> None:
        kind = type(envelope.command)
        handle = self.registry.handles[kind]
        noun = self.registry.nouns[handle.noun]
        key = (handle.noun, getattr(envelope.command, handle.noun))
        stored = self._get(item, key, lock=True)
        _ask_version(envelope, key, stored)
        trigger = noun.lifecycle.commands[kind]
        # First: figures of a step that leads nowhere are not asked for.
        noun.lifecycle.leading(trigger, None if stored is None else stored.record)
        asked = self._situation(item, handle, envelope, stored)
        try:
            stepped = step(noun.lifecycle, trigger, asked)
        except NotConfirmedYet as waits:
            raise NeedsAnotherPerson(envelope, f"{key[0]}/{key[1]}", waits) from None
        line = stepped.fired.row
        self._record(item, stepped, Recording(noun, key, line, envelope, asked.policy.ref))

    def ask_persons(self, envelope: Envelope) -> None:
        """Raise NotAllowed unless actor and checkers may make and confirm this, now or later."""
        kind = type(envelope.command)
        handle = self.registry.handles[kind]
        lifecycle = self.registry.nouns[handle.noun].lifecycle
        item = _Item(Recorder(self.registry))
        key = (handle.noun, getattr(envelope.command, handle.noun))
        stored = self._get(item, key, lock=False)
        asked = self._situation(item, handle, envelope, stored)
        lifecycle.ask_persons(lifecycle.commands[kind], asked)

    def _situation(
        self, item: _Item, handle: Handle, envelope: Envelope, stored: Stored | None
    ) -> Situation[Any, Any]:
        command = envelope.command
        it = None if stored is None else stored.record

        def get(name: str, ident: str) -> Any:
            named = self._get(item, (name, ident), lock=name in handle.locks)
            return None if named is None else named.record

        found = read(handle, command, it, get)
        today = envelope.business_date
        case = getattr(command, "case", None)
        policy = policies.governing(self.connection, found.holders, case=case, today=today)
        return Situation(
            it,
            command,
            found.kinds,
            self._facts(item, handle, envelope, found.named),
            policy,
            today,
            envelope.actor,
            envelope.checkers,
            envelope.waivable,
        )

    def _facts(
        self, item: _Item, handle: Handle, envelope: Envelope, read: Mapping[str, Any]
    ) -> Mapping[Any, Any]:
        """Figures given, or asked of a database that shows what unit and item did so far.

        A tape, which sets no timers either, brings all its figures with it.
        """
        if envelope.facts is not None or handle.facts is None or not envelope.timers:
            return by_class(envelope.facts or ())
        if item.savepoint is None:
            self.flush()
        if item.recorder.events:
            self._open_savepoint(item)
            self._merge(item)
            self.flush()
        return by_class(handle.facts(self.connection, [read])[0])

    def _record(self, item: _Item, stepped: Stepped, of: Recording) -> None:
        cause = None
        item.recorder.remarks += stepped.remarks
        for part in stepped.parts:
            stored = item.rows.get(of.key) or self.rows[of.key]
            if isinstance(part, Then):
                following = of.envelope.following(part.command, cause, of.correlation)
                self._carry_out(item, following)
                continue
            row = item.recorder.append(of, stored, part)
            item.keep(row, part.row)
            cause = row.ident
        for waived in stepped.waived:
            stored = item.rows.get(of.key) or self.rows[of.key]
            if stored is not None:
                item.keep(item.recorder.waive(of, stored, waived), stored.record)

    # -- an item's end ---------------------------------------------------------------------

    def _merge(self, item: _Item) -> None:
        for key, stored in item.rows.items():
            known = self.rows[key]
            self.first_version.setdefault(key, 0 if known is None else known.version)
            self.rows[key] = stored
        self.retimed.update(item.recorder.timers)
        self.recorder.merge(item.recorder)
        item.rows, item.recorder = {}, Recorder(self.registry, item.recorder.inline)

    def _open_savepoint(self, item: _Item) -> None:
        if item.savepoint is None:
            item.savepoint = self.connection.begin_nested()
            item.locked_before = frozenset(self.locked)
            item.retimed_before = frozenset(self.retimed)
            item.written_before = len(self.events)

    def _undo(self, item: _Item) -> None:
        """Forget an item that failed. What it wrote is rolled back, with the locks taken since."""
        if item.savepoint is None:
            return
        if item.savepoint.is_active:
            item.savepoint.rollback()
        changed = {row.key for row in item.events}
        for key in changed | (self.locked - item.locked_before):
            self.rows.pop(key, None)  # read again, and locked again, by the next who asks
            self.locked.discard(key)
        self.retimed &= item.retimed_before
        del self.events[item.written_before :]
        self.recorder = Recorder(self.registry)
        self.first_version.clear()

    # -- writing ---------------------------------------------------------------------------

    def flush(self) -> None:
        """Write everything. Raises Conflict when a row has moved on since it was read."""
        if not self.recorder.events:
            return
        changed: dict[str, list[tuple[Stored, int]]] = {}
        for key, expected in self.first_version.items():
            stored = self.rows[key]
            if stored is not None and stored.version != expected:
                changed.setdefault(key[0], []).append((stored, expected))
        for noun in self.registry.nouns:  # registry order: shared rows such as the fund stand last
            rows = changed.get(noun, [])
            if rows and len(self._mapper(noun).write(self.connection, rows)) != len(rows):
                raise Conflict(f"a {noun} row was changed by another transaction")
        write_unit(self.connection, self.recorder)
        policies.keep(self.connection, {row.policy for row in self.recorder.events})
        self.events += self.recorder.events
        self.remarks += self.recorder.remarks
        self.recorder = Recorder(self.registry)
        self.first_version.clear()


def _ask_version(envelope: Envelope, key: Key, stored: Stored | None) -> None:
    now = 0 if stored is None else stored.version
    if envelope.version is not None and envelope.version != now:
        raise Stale(f"{key[0]}/{key[1]}", envelope.version, now)
