"""Carry out one command for a person or program: one transaction, one answer, once.

The answer is what happened, a proposal that waits for a second person, or an exception of
workflows/lifecycle/refusals.py. Batches of commands go through unit.py directly.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import structlog
from sqlalchemy import Connection, Engine, text

from services.kernel import codec, proposals, tally
from services.kernel.db import transact
from services.kernel.incidents import note
from services.kernel.proposals import Proposed, close, keep, propose, take
from services.kernel.receipts import KeyReused as KeyReused
from services.kernel.receipts import once
from services.kernel.registry import Registry
from services.kernel.unit import Envelope, NeedsAnotherPerson, Unit
from workflows.lifecycle.refusals import NotAllowed, PairRefused, Refused, Remark
from workflows.lifecycle.roles import Actor

log = structlog.get_logger("zhidai.commands")

_TODAY = text("SELECT business_date, opening FROM clock FOR SHARE")
DAY_OPENS_WITHIN = 10.0  # seconds a command waits while the day's timers are firing


class DayIsOpening(Exception):
    """The business day's timers are still firing; no act of the day may come before them."""


@dataclass(frozen=True, slots=True)
class Done:
    """What happened: names and idents (`stream:seq`) of the events, in order.

    remarks: what guards had to say although they let it pass.
    """

    events: tuple[str, ...]
    idents: tuple[str, ...]
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Declined:
    """A proposal that will not be carried out."""

    proposal: str


Outcome = Done | Proposed | Declined


@dataclass(frozen=True, slots=True)
class Key:
    """An idempotency key; wait: for a first call that is still at work, else KeyInFlight."""

    text: str
    wait: bool = True


def execute(
    bind: Engine,
    registry: Registry,
    command: Any,
    *,
    actor: Actor,
    checkers: tuple[Actor, ...] = (),
    key: Key | str | None = None,
    version: int | None = None,
) -> Outcome:
    """Carry out a command today. With `key`, the same command again returns the first answer.

    version: that of the row as the caller saw it, if it matters to them. Raises Refused,
    NotPossible, NotAllowed, Stale, KeyReused, KeyInFlight, DayIsOpening, Conflict.
    """

    def work(connection: Connection) -> Outcome:
        today = business_date(connection)
        envelope = Envelope(command, actor, today, checkers=checkers, version=version)
        return run_one(connection, registry, envelope)

    digest = codec.digest([type(command).__name__, command, actor, checkers, version])
    return _told(type(command).__name__, bind, registry, key, digest=digest, work=work)


def confirm(
    bind: Engine,
    registry: Registry,
    proposal: str,
    *,
    digest: str,
    checker: Actor,
    key: Key | str | None = None,
) -> Outcome:
    """Carry out what another person proposed; `digest` says what exactly was read and confirmed.

    Where the row asks for more persons it goes on waiting, for the next one.

    Raises what `execute` raises, UnknownProposal, and ProposalChanged when the digest is another.
    """

    def work(connection: Connection) -> Outcome:
        return confirm_one(connection, registry, proposal, digest=digest, checker=checker)

    hashed = codec.digest(["confirm", proposal, digest, checker])
    return _told("confirm", bind, registry, key, digest=hashed, work=work)


def decline(
    bind: Engine,
    registry: Registry,
    proposal: str,
    *,
    by: Actor,
    key: Key | str | None = None,
) -> Outcome:
    """The second person says no, or the maker takes the proposal back: nothing happens.

    Raises UnknownProposal; NotAllowed for anybody who might not confirm it either; KeyReused.
    """

    def work(connection: Connection) -> Outcome:
        today = business_date(connection)
        proposals.decline(connection, registry, proposal, by=by, today=today)
        return Declined(proposal)

    hashed = codec.digest(["decline", proposal, by])
    return _told("decline", bind, registry, key, digest=hashed, work=work)


def confirm_one(
    connection: Connection, registry: Registry, proposal: str, *, digest: str, checker: Actor
) -> Outcome:
    """`confirm` inside a transaction of the caller's."""
    today = business_date(connection)
    waiting = take(connection, registry, proposal, digest=digest)
    envelope = waiting.confirmed(by=checker, today=today)
    try:
        done = _done(connection, registry, envelope)
    except NeedsAnotherPerson as needed:
        return keep(connection, waiting, needed)
    close(connection, waiting, by=checker, today=today)
    return done


def run_one(connection: Connection, registry: Registry, envelope: Envelope) -> Outcome:
    """One envelope in a transaction of the caller's: done, or proposed when it needs others."""
    try:
        return _done(connection, registry, envelope)
    except NeedsAnotherPerson as needed:
        return propose(connection, needed)


def _done(connection: Connection, registry: Registry, envelope: Envelope) -> Done:
    unit = Unit(connection, registry)
    unit.run([envelope])
    unit.flush()
    names, idents = zip(*((e.type, e.ident) for e in unit.events), strict=True)
    return Done(names, idents, tuple(unit.remarks))


def business_date(connection: Connection) -> date:
    """Today in this world, held until the transaction ends. Raises DayIsOpening."""
    today, opening = connection.execute(_TODAY).one()
    if opening:
        raise DayIsOpening(f"the timers of {today} are still firing")
    result: date = today
    return result


def _told(
    name: str,
    bind: Engine,
    registry: Registry,
    key: Key | str | None,
    *,
    digest: bytes,
    work: Callable[[Connection], Outcome],
) -> Outcome:
    """Carry out, count, and log how it ended: names, ids and reasons, no person's data.

    A refused pair is noted in a transaction of its own, for the act's is rolled back.
    """
    told = log.bind(command=name, database=bind.url.database)
    try:
        outcome = _patiently(bind, key, digest, work)
    except Exception as error:
        kind = tally.outcome_of(error)
        tally.count(tally.PEOPLE, kind)
        told.info("command", outcome=kind, error=type(error).__name__, reasons=_reasons(error))
        if isinstance(error, PairRefused):
            refused = error
            transact(bind, lambda connection: note(connection, registry, refused))
        raise
    kind = tally.PROPOSED if isinstance(outcome, Proposed) else tally.DONE
    tally.count(tally.PEOPLE, kind)
    idents = outcome.idents if isinstance(outcome, Done) else ()
    told.info("command", outcome=kind, events=len(idents), correlation=next(iter(idents), None))
    return outcome


def _reasons(error: Exception) -> list[str]:
    if isinstance(error, Refused):
        return [reason.code for reason in error.reasons]
    return [error.reason.code] if isinstance(error, NotAllowed) else []


def _patiently(
    bind: Engine,
    key: Key | str | None,
    digest: bytes,
    work: Callable[[Connection], Outcome],
) -> Outcome:
    """Once under the key, and again while the day is opening."""
    given = Key(key) if isinstance(key, str) else key
    name, wait = (None, True) if given is None else (given.text, given.wait)

    def worked(connection: Connection) -> Outcome:
        return once(connection, name, digest, work, kinds=_OUTCOMES, wait=wait)

    deadline = time.monotonic() + DAY_OPENS_WITHIN
    while True:
        try:
            return transact(bind, worked, repeatable=name is not None)
        except DayIsOpening:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


_OUTCOMES = {kind.__name__: kind for kind in (Done, Proposed, Declined)}
