"""Events as they are recorded: chain the hash, note what else is to be written."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from services.kernel import codec
from services.kernel.mapper import Stored
from services.kernel.registry import Happened, Noun, Registry
from workflows.lifecycle.effects import DropTimer, Posting, SetTimer
from workflows.lifecycle.machine import NEW, Row, WrongTable
from workflows.lifecycle.refusals import Remark
from workflows.lifecycle.roles import Actor
from workflows.lifecycle.step import Moved
from workflows.lifecycle.versions import version_of
from workflows.lifecycle.waivers import GuardWaived

Key = tuple[str, str]
Booked = tuple[str, str, int, str]
"""Owner, account, fen and currency of a posting."""


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
    checkers: str
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


class Overtaken(WrongTable):
    """A follow-up moved the row of the very step that asked for it, before the step had ended."""


@dataclass(slots=True)
class Recording:
    """One command being recorded: whose stream, by which row of the table, for whom.

    first: the ident of its first event, by which all its events name the command.
    """

    noun: Noun
    key: Key
    line: Row
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

    def append(self, step: Recording, stored: Stored | None, moved: Moved) -> EventRow:
        """Record one event of the step's stream. Raises Overtaken."""
        if moved.was is not (None if stored is None else stored.record):
            raise Overtaken(f"{moved.name}: a follow-up moved {step.key} before its own step ended")
        states = NEW if stored is None else stored.record.state, moved.row.state
        booked = [_booked(line) for line in moved.postings if line.amount]
        row = self._row(step, stored, moved.name, moved.event, states, booked)
        self.postings += [(row.stream, row.seq, *line, row.business_date) for line in booked]
        self._timers(step, moved, row)
        self._deliveries(row)
        return row

    def waive(self, step: Recording, stored: Stored, waived: GuardWaived) -> EventRow:
        """Record that a rule was waived; the row's own fields stay."""
        state = stored.record.state
        name = f"{step.noun.title}.GuardWaived"
        row = self._row(step, stored, name, waived, (state, state), [])
        self._deliveries(row)
        return row

    def _row(
        self,
        step: Recording,
        stored: Stored | None,
        name: str,
        event: Any,
        states: tuple[str, str],
        booked: list[Booked],
    ) -> EventRow:
        stream = f"{step.key[0]}/{step.key[1]}"
        seq = 1 if stored is None else stored.version + 1
        if step.first is None:
            step.first = f"{stream}:{seq}"
        envelope, table_row = step.envelope, step.line
        actor = envelope.actor
        checkers = envelope.checkers[: len(table_row.control.turns)]
        payload = codec.encode(event)
        hashed = codec.chain_hash(
            codec.GENESIS if stored is None else stored.chain,
            stream=stream,
            seq=seq,
            type_=name,
            version=version_of(type(event)),
            payload=payload,
            step=(table_row.trigger, *states),
            persons=[_person(one) for one in (actor, *checkers)],
            came_of=(step.first, envelope.cause, envelope.correlation or step.first),
            business_date=envelope.business_date,
            policy=step.policy,
            postings=booked,
        )
        row = EventRow(
            stream,
            seq,
            name,
            version_of(type(event)),
            payload,
            table_row.trigger,
            *states,
            actor.user,
            actor.role.value,
            actor.organisation,
            codec.encode(checkers) if checkers else "[]",
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

    def _timers(self, step: Recording, moved: Moved, row: EventRow) -> None:
        for timer in moved.timers if step.envelope.timers else ():
            value = None if isinstance(timer, DropTimer) else timer
            self.timers[(row.stream, timer.kind)] = value

    def _deliveries(self, row: EventRow) -> None:
        for reaction in self.registry.by_event.get(row.type, ()):
            self.deliveries.append((row.stream, row.seq, reaction.name, self.inline))


def _booked(line: Posting) -> Booked:
    return line.owner, line.account, line.amount.fen, line.amount.currency


def _person(actor: Actor) -> tuple[str, str, str]:
    return actor.user, actor.role.value, actor.organisation
