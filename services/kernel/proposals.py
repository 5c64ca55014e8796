"""Two persons: what one proposed waits here for another. Generic; never a state of a lifecycle.

The confirmation cites the digest of what was proposed (ZD-2.3), so nobody confirms unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, text

from services.kernel import codec
from services.kernel.db import Conflict
from services.kernel.registry import Registry
from services.kernel.unit import Envelope, NeedsSecondPerson, Unit
from workflows.lifecycle.refusals import NotAllowed, Refusal
from workflows.lifecycle.roles import Actor

# Ids such as loan-SZD-0001-2 stand in addresses: no slash in them.
_ADD = text(
    "INSERT INTO proposal (id, stream, trigger, command, payload, digest, maker, proposed_on)"
    " VALUES (regexp_replace(:stream, '/', '-') || '-'"
    " || (SELECT count(*) + 1 FROM proposal WHERE stream = :stream),"
    " :stream, :trigger, :command, CAST(:payload AS jsonb), :digest, CAST(:maker AS jsonb), :day)"
    " ON CONFLICT (id) DO NOTHING RETURNING id"
)
_GET = text("SELECT * FROM proposal WHERE id = :id FOR UPDATE")
_CLOSE = text(
    "UPDATE proposal SET state = :state, decided_by = CAST(:by AS jsonb), decided_on = :day"
    " WHERE id = :id"
)


class UnknownProposal(LookupError):
    """No proposal of that id, or it was decided already."""


class ProposalChanged(Exception):
    """The digest cited is not that of what was proposed: somebody would confirm unseen."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A controlled act that passed all guards and waits for its second person."""

    proposal: str
    digest: str
    trigger: str
    checkers: tuple[str, ...]


def propose(connection: Connection, needed: NeedsSecondPerson) -> Proposed:
    """Keep the command for its second person. Raises Conflict on a race for the number."""
    envelope, row = needed.envelope, needed.fired.row
    digest = codec.digest([needed.stream, row.trigger, envelope.command]).hex()
    values = {
        "stream": needed.stream,
        "trigger": row.trigger,
        "digest": digest,
        "command": type(envelope.command).__name__,
        "payload": codec.encode(envelope.command),
        "maker": codec.encode(envelope.actor),
        "day": envelope.business_date,
    }
    ident = connection.execute(_ADD, values).scalar_one_or_none()
    if ident is None:
        raise Conflict(f"two proposals for {needed.stream} at the same moment")
    return Proposed(ident, digest, row.trigger, tuple(r.value for r in row.control.checkers))


def take(
    connection: Connection,
    registry: Registry,
    ident: str,
    *,
    digest: str,
    by: Actor,
    today: date,
) -> tuple[Any, Actor]:
    """The command and its maker, marked as confirmed. Role and organisation are the machine's.

    Raises UnknownProposal; ProposalChanged when `digest` is another; NotAllowed for the maker.
    """
    row = _pending(connection, ident)
    if row["digest"] != digest:
        raise ProposalChanged(f"what was read is not what {ident} proposes")
    maker: Actor = codec.of_plain(Actor, row["maker"])
    if maker.user == by.user:
        raise NotAllowed(row["trigger"], Refusal("same_person", actual=by.user))
    _close(connection, ident, "CONFIRMED", by=by, today=today)
    return codec.of_plain(registry.commands[row["command"]], row["payload"]), maker


def decline(
    connection: Connection, registry: Registry, ident: str, *, by: Actor, today: date
) -> None:
    """The second person says no, or the maker takes it back: it is closed, nothing happened.

    Raises UnknownProposal; NotAllowed for whoever could not have confirmed it either.
    """
    row = _pending(connection, ident)
    maker: Actor = codec.of_plain(Actor, row["maker"])
    if maker != by:
        command = codec.of_plain(registry.commands[row["command"]], row["payload"])
        asked = Envelope(command, maker, today, checker=by, facts={})
        Unit(connection, registry).ask_persons(asked)
    _close(connection, ident, "DECLINED", by=by, today=today)


def _pending(connection: Connection, ident: str) -> Any:
    row = connection.execute(_GET, {"id": ident}).mappings().one_or_none()
    if row is None or row["state"] != "PENDING":
        raise UnknownProposal(f"no proposal {ident} waits for confirmation")
    return row


def _close(connection: Connection, ident: str, state: str, *, by: Actor, today: date) -> None:
    values = {"id": ident, "state": state, "by": codec.encode(by), "day": today}
    connection.execute(_CLOSE, values)
