"""Events as they are recorded: evolve the row, chain the hash, note what else is to be written."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from services.kernel import codec
from services.kernel.mapper import Stored
from services.kernel.registry import Happened, Noun, Registry
from workflows.lifecycle.effects import DropTimer, SetTimer
from workflows.lifecycle.machine import NEW, Fired
from workflows.lifecycle.refusals import Refusal, Remark
from workflows.lifecycle.waivers import waived

SCHEMA_VERSION = 1

Key = tuple[str, str]


class EventRow(NamedTuple):
    """One row of the event table in the order of its columns, with the event for reactions."""

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
    def key(self) -> Key:
        """Noun and id of its row."""
        noun, _, ident = self.stream.partition("/")
        return noun, ident

    @property
    def happened(self) -> Happened:
        """As a reaction sees it."""
        return Happened(*self.key, self.event, self.business_date)


@dataclass(slots=True)
class Step:
    """One command being recorded: whose stream, by which row of the table, for whom.

    first: the ident of its first event, by which all its events name the command.
    """

    noun: Noun
    key: Key
    fired: Fired
    envelope: Any
    policy: str
    first: str | None = None

    @property
    def correlation(self) -> str | None:
        """The outermost command, where one is known."""
        outer: str | None = self.envelope.correlation
        return outer or self.first


@dataclass(slots=True)
class Recorder:
    """What a transaction is going to write beside the rows themselves.

    inline: the reactions are carried out at once, so deliveries are written as handled.
    """

    registry: Registry
    inline: bool = False
    events: list[EventRow] = field(default_factory=list)
    postings: list[tuple[str, int, str, str, int, str, date]] = field(default_factory=list)
    timers: dict[Key, SetTimer | None] = field(default_factory=dict)
    deliveries: list[tuple[str, int, str, bool]] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def merge(self, other: Recorder) -> None:
        """Take over what a successful item recorded."""
        self.events += other.events
        self.postings += other.postings
        self.timers.update(other.timers)
        self.deliveries += other.deliveries
        self.remarks += other.remarks

    def append(self, step: Step, stored: Stored | None, event: Any) -> tuple[Stored, EventRow]:
        """Record one event of the step's stream; returns the row after it."""
        lifecycle = step.noun.lifecycle
        kind = type(event)
        name = lifecycle.names[kind]
        before = NEW if stored is None else stored.record.state
        after = step.fired.dest if name == step.fired.row.told else before
        changes = lifecycle.evolve[kind](None if stored is None else stored.record, event)
        record = _evolved(lifecycle.record, step.key[1], stored, after, changes)
        row = self._row(step, stored, name, event, (before, after))
        self._effects(step, record, row)
        return Stored(record, row.seq, row.hash), row

    def waive(self, step: Step, stored: Stored, refusal: Refusal) -> tuple[Stored, EventRow]:
        """Record that a rule was waived; the row's own fields stay."""
        state = stored.record.state
        name = f"{step.noun.title}.GuardWaived"
        row = self._row(step, stored, name, waived(refusal), (state, state))
        self._deliveries(row)
        return Stored(stored.record, row.seq, row.hash), row

    def _row(
        self, step: Step, stored: Stored | None, name: str, event: Any, states: tuple[str, str]
    ) -> EventRow:
        stream = f"{step.key[0]}/{step.key[1]}"
        seq = 1 if stored is None else stored.version + 1
        if step.first is None:
            step.first = f"{stream}:{seq}"
        envelope, table_row = step.envelope, step.fired.row
        actor, checker = envelope.actor, envelope.checker
        if not table_row.control.checkers:
            checker = None
        second = None if checker is None else checker.user
        payload = codec.encode(event)
        hashed = codec.chain_hash(
            codec.GENESIS if stored is None else stored.chain,
            stream=stream,
            seq=seq,
            type_=name,
            version=SCHEMA_VERSION,
            payload=payload,
            actors=(actor.user, second),
            business_date=envelope.business_date,
            policy=step.policy,
        )
        row = EventRow(
            stream,
            seq,
            name,
            SCHEMA_VERSION,
            payload,
            table_row.trigger,
            *states,
            actor.user,
            actor.role.value,
            actor.organisation,
            second,
            None if checker is None else checker.role.value,
            step.first,
            envelope.cause,
            envelope.correlation or step.first,
            envelope.business_date,
            step.policy,
            hashed,
            event,
        )
        self.events.append(row)
        return row

    def _effects(self, step: Step, record: Any, row: EventRow) -> None:
        kind, lifecycle = type(row.event), step.noun.lifecycle
        books = lifecycle.postings.get(kind)
        for line in books(record, row.event) if books is not None else ():
            if line.amount:
                amount = line.amount
                self.postings.append(
                    (row.stream, row.seq, line.owner, line.account, amount.fen, amount.currency,
                     row.business_date)
                )  # fmt: skip
        sets = lifecycle.timers.get(kind) if step.envelope.timers else None
        for timer in sets(record, row.event) if sets is not None else ():
            value = None if isinstance(timer, DropTimer) else timer
            self.timers[(row.stream, timer.kind)] = value
        self._deliveries(row)

    def _deliveries(self, row: EventRow) -> None:
        for reaction in self.registry.by_event.get(row.type, ()):
            self.deliveries.append((row.stream, row.seq, reaction.name, self.inline))


def _evolved(
    kind: type[Any], ident: str, stored: Stored | None, state: str, changes: dict[str, Any]
) -> Any:
    if stored is None:
        return kind(id=ident, state=state, **changes)
    if not changes and stored.record.state == state:
        return stored.record
    return dataclasses.replace(stored.record, state=state, **changes)
