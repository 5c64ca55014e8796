"""Several persons: what one proposed waits here for the others, in their order. Generic.

Never a state of a lifecycle. A confirmation cites the digest of what was proposed (ZD-2.3), so
that nobody confirms unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, RowMapping, text

from services.kernel import codec
from services.kernel.db import Conflict
from services.kernel.registry import Registry
from services.kernel.unit import Envelope, NeedsAnotherPerson, Unit
from workflows.lifecycle.roles import Actor

# Ids such as loan-SZD-0001-2 stand in addresses: no slash in them.
_ADD = text(
    "INSERT INTO proposal (id, stream, trigger, command, payload, digest, maker, confirmations,"
    " proposed_on)"
    " VALUES (regexp_replace(:stream, '/', '-') || '-'"
    " || (SELECT count(*) + 1 FROM proposal WHERE stream = :stream),"
    " :stream, :trigger, :command, CAST(:payload AS jsonb), :digest, CAST(:maker AS jsonb),"
    " CAST(:persons AS jsonb), :day)"
    " ON CONFLICT (id) DO NOTHING RETURNING id"
)
_GET = text("SELECT * FROM proposal WHERE id = :id FOR UPDATE")
_KEEP = text("UPDATE proposal SET confirmations = CAST(:persons AS jsonb) WHERE id = :id")
_CLOSE = text(
    "UPDATE proposal SET state = :state, decided_by = CAST(:by AS jsonb), decided_on = :day,"
    " confirmations = CAST(:persons AS jsonb) WHERE id = :id"
)


class UnknownProposal(LookupError):
    """No proposal of that id, or it was decided already."""


class ProposalChanged(Exception):
    """The digest cited is not that of what was proposed: somebody would confirm unseen."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A controlled act that passed all guards and waits for the next person.

    checkers: roles one of which confirms next.
    """

    proposal: str
    digest: str
    trigger: str
    checkers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """A proposal as it waits: what was proposed, by whom, and who confirmed so far, in order."""

    ident: str
    digest: str
    command: Any
    maker: Actor
    confirmations: tuple[Actor, ...]

    def confirmed(self, *, by: Actor, today: date) -> Envelope:
        """The command as it stands when `by` confirms it, too."""
        return Envelope(self.command, self.maker, today, checkers=(*self.confirmations, by))


def propose(connection: Connection, needed: NeedsAnotherPerson) -> Proposed:
    """Keep the command for the next person. Raises Conflict on a race for the number."""
    envelope = needed.envelope
    digest = codec.digest([needed.stream, needed.trigger, envelope.command]).hex()
    values = {
        "stream": needed.stream,
        "trigger": needed.trigger,
        "digest": digest,
        "command": type(envelope.command).__name__,
        "payload": codec.encode(envelope.command),
        "maker": codec.encode(envelope.actor),
        "persons": codec.encode(envelope.checkers),
        "day": envelope.business_date,
    }
    ident = connection.execute(_ADD, values).scalar_one_or_none()
    if ident is None:
        raise Conflict(f"two proposals for {needed.stream} at the same moment")
    return _proposed(ident, digest, needed)


def take(connection: Connection, registry: Registry, ident: str, *, digest: str) -> Pending:
    """What waits, held until the transaction ends. Who may confirm it is the machine's to say.

    Raises UnknownProposal; ProposalChanged when `digest` is another.
    """
    found = _pending(connection, registry, ident)
    if found.digest != digest:
        raise ProposalChanged(f"what was read is not what {ident} proposes")
    return found


def keep(connection: Connection, pending: Pending, needed: NeedsAnotherPerson) -> Proposed:
    """Note who confirmed; it waits for the next."""
    persons = codec.encode(needed.envelope.checkers)
    connection.execute(_KEEP, {"id": pending.ident, "persons": persons})
    return _proposed(pending.ident, pending.digest, needed)


def close(connection: Connection, pending: Pending, *, by: Actor, today: date) -> None:
    """The last person confirmed, and it was carried out."""
    persons = (*pending.confirmations, by)
    _close(connection, pending, "CONFIRMED", by=by, today=today, persons=persons)


def decline(
    connection: Connection, registry: Registry, ident: str, *, by: Actor, today: date
) -> None:
    """One of its persons says no: the maker, who confirmed already, or who might do so next.

    Raises UnknownProposal; NotAllowed for anybody else.
    """
    found = _pending(connection, registry, ident)
    if by not in (found.maker, *found.confirmations):
        asked = replace(found.confirmed(by=by, today=today), facts={})
        Unit(connection, registry).ask_persons(asked)
    persons = found.confirmations
    _close(connection, found, "DECLINED", by=by, today=today, persons=persons)


def pending_of(registry: Registry, row: RowMapping) -> Pending:
    """A row of the table as it waits."""
    return Pending(
        row["id"],
        row["digest"],
        codec.of_plain(registry.commands[row["command"]], row["payload"]),
        codec.of_plain(Actor, row["maker"]),
        codec.of_plain(tuple[Actor, ...], row["confirmations"]),
    )


def _pending(connection: Connection, registry: Registry, ident: str) -> Pending:
    row = connection.execute(_GET, {"id": ident}).mappings().one_or_none()
    if row is None or row["state"] != "PENDING":
        raise UnknownProposal(f"no proposal {ident} waits for confirmation")
    return pending_of(registry, row)


def _proposed(ident: str, digest: str, needed: NeedsAnotherPerson) -> Proposed:
    return Proposed(ident, digest, needed.trigger, tuple(r.value for r in needed.roles))


def _close(
    connection: Connection,
    pending: Pending,
    state: str,
    *,
    by: Actor,
    today: date,
    persons: tuple[Actor, ...],
) -> None:
    values = {"id": pending.ident, "state": state, "by": codec.encode(by), "day": today}
    connection.execute(_CLOSE, {**values, "persons": codec.encode(persons)})
