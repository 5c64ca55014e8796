"""Events as recorded: evolve the row, chain the hash, note postings, timers, deliveries."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from services.kernel import codec
from services.kernel.mapper import Stored
from services.kernel.registry import Happened, Noun, Registry
from workflows.effects import DropTimer, SetTimer
from workflows.machine import NEW, Fired
from workflows.refusals import Refusal
from workflows.waivers import waived

SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class EventRow:
    """One row of the event table, with the event itself for reactions."""

    stream: str
    seq: int
    type: str
    schema_version: int
    payload: str
    trigger: str
    from_state: str
    to_state: str
    actor: str
    role: str
    organisation: str
    checker: str | None
    checker_role: str | None
    command_id: str
    cause: str | None
    correlation: str
    business_date: date
    policy: str
    hash: bytes
    event: Any

    @property
    def ident(self) -> str:
        """`stream:seq`: names the event for good."""
        return f"{self.stream}:{self.seq}"

    @property
    def happened(self) -> Happened:
        """As a reaction sees it."""
        noun, _, ident = self.stream.partition("/")
        return Happened(noun, ident, self.event, self.business_date)


@dataclass(slots=True)
class Recorder:
    """What a transaction is going to write beside the rows themselves."""

    events: list[EventRow] = field(default_factory=list)
    postings: list[tuple[str, int, str, str, int, str, date]] = field(default_factory=list)
    timers: dict[tuple[str, str], SetTimer | None] = field(default_factory=dict)
    deliveries: list[tuple[str, int, str]] = field(default_factory=list)
    handled: set[tuple[str, int, str]] = field(default_factory=set)

    def merge(self, other: Recorder) -> None:
        """Take over what a successful item recorded."""
        self.events += other.events
        self.postings += other.postings
        self.timers.update(other.timers)
        self.deliveries += other.deliveries
        self.handled |= other.handled

    def append(
        self,
        registry: Registry,
        noun: Noun,
        key: tuple[str, str],
        stored: Stored | None,
        event: Any,
        fired: Fired,
        envelope: Any,
        policy: str,
    ) -> tuple[Stored, EventRow]:
        """Record one event of `key`'s stream; returns the row after it."""
        lifecycle = noun.lifecycle
        name = lifecycle.names[type(event)]
        before = NEW if stored is None else stored.record.state
        after = fired.dest if name == fired.row.event else before
        changes = lifecycle.evolve[type(event)](None if stored is None else stored.record, event)
        record = _evolved(lifecycle.record, key[1], stored, after, changes)
        row = self._row(key, stored, name, event, (before, after), fired, envelope, policy)
        self._effects(registry, noun, record, row, timers=envelope.timers)
        return Stored(record, row.seq, row.hash), row

    def waive(
        self,
        registry: Registry,
        noun: Noun,
        key: tuple[str, str],
        stored: Stored,
        refusal: Refusal,
        fired: Fired,
        envelope: Any,
        policy: str,
    ) -> tuple[Stored, EventRow]:
        """Record that a rule was waived; the row's own fields stay."""
        state = stored.record.state
        name = f"{noun.title}.GuardWaived"
        event = waived(refusal)
        row = self._row(key, stored, name, event, (state, state), fired, envelope, policy)
        self._deliveries(registry, row)
        return Stored(stored.record, row.seq, row.hash), row

    def _row(
        self,
        key: tuple[str, str],
        stored: Stored | None,
        name: str,
        event: Any,
        states: tuple[str, str],
        fired: Fired,
        envelope: Any,
        policy: str,
    ) -> EventRow:
        stream = f"{key[0]}/{key[1]}"
        seq = 1 if stored is None else stored.version + 1
        payload = codec.encode(event)
        actor, checker = envelope.actor, envelope.checker
        if not fired.row.control.checkers:
            checker = None
        second = None if checker is None else checker.user
        hashed = codec.chain_hash(
            codec.GENESIS if stored is None else stored.chain,
            stream=stream,
            seq=seq,
            type_=name,
            version=SCHEMA_VERSION,
            payload=payload,
            actors=(actor.user, second),
            business_date=envelope.business_date,
            policy=policy,
        )
        ident = f"{stream}:{seq}"
        row = EventRow(
            stream,
            seq,
            name,
            SCHEMA_VERSION,
            payload,
            fired.row.trigger,
            states[0],
            states[1],
            actor.user,
            actor.role.value,
            actor.organisation,
            second,
            None if checker is None else checker.role.value,
            ident,
            envelope.cause,
            envelope.correlation or ident,
            envelope.business_date,
            policy,
            hashed,
            event,
        )
        self.events.append(row)
        return row

    def _effects(
        self, registry: Registry, noun: Noun, record: Any, row: EventRow, *, timers: bool
    ) -> None:
        kind = type(row.event)
        books = noun.lifecycle.postings.get(kind)
        if books is not None:
            for line in books(record, row.event):
                if line.amount:
                    self.postings.append(
                        (
                            row.stream,
                            row.seq,
                            line.owner,
                            line.account,
                            line.amount.fen,
                            line.amount.currency,
                            row.business_date,
                        )
                    )
        sets = noun.lifecycle.timers.get(kind)
        if sets is not None and timers:
            for timer in sets(record, row.event):
                value = None if isinstance(timer, DropTimer) else timer
                self.timers[(row.stream, timer.kind)] = value
        self._deliveries(registry, row)

    def _deliveries(self, registry: Registry, row: EventRow) -> None:
        for reaction in registry.by_event.get(row.type, ()):
            self.deliveries.append((row.stream, row.seq, reaction.name))


def _evolved(
    kind: type[Any], ident: str, stored: Stored | None, state: str, changes: dict[str, Any]
) -> Any:
    if stored is None:
        return kind(id=ident, state=state, **changes)
    if not changes and stored.record.state == state:
        return stored.record
    return dataclasses.replace(stored.record, state=state, **changes)
