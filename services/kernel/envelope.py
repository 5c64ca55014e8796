"""A command on its way through the kernel: who gives it, when, and what caused it."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

from workflows.lifecycle.roles import PLATFORM, Actor
from workflows.lifecycle.rows import Facts
from workflows.lifecycle.step import NotConfirmedYet


@dataclasses.dataclass(frozen=True, slots=True)
class Envelope:
    """A command with who gives it, when, and what caused it.

    checkers: who confirmed it so far, in order; facts: figures known beforehand (else the handle's
    query is run); waivable: refusal codes that become waiver events; timers: whether events set
    any; cause: `stream:seq` of the event behind it; correlation: outermost command.
    """

    command: Any
    actor: Actor
    business_date: date
    checkers: tuple[Actor, ...] = ()
    cause: str | None = None
    correlation: str | None = None
    facts: Facts | None = None
    waivable: frozenset[str] = frozenset()
    version: int | None = None  # of the row as the giver saw it; another is Stale
    timers: bool = True  # False: the tape of a boarded loan already tells what happened when

    def following(self, command: Any, cause: str | None, correlation: str | None) -> Envelope:
        """A command of the platform that follows from this one."""
        return Envelope(
            command,
            PLATFORM,
            self.business_date,
            cause=cause,
            correlation=correlation,
            waivable=self.waivable,
            timers=self.timers,
        )


class Stale(Exception):
    """The row has moved on since the giver of a command saw it."""

    def __init__(self, stream: str, seen: int, now: int) -> None:
        super().__init__(f"{stream} is at version {now}, not {seen}")
        self.seen, self.now = seen, now


class NeedsAnotherPerson(Exception):
    """A turn of the row's control is not confirmed yet: the command waits as a proposal."""

    def __init__(self, envelope: Envelope, stream: str, waits: NotConfirmedYet) -> None:
        super().__init__(f"{waits.fired.row.trigger} of {stream} needs another person")
        self.envelope, self.stream = envelope, stream
        self.trigger, self.roles = waits.fired.row.trigger, waits.roles
