"""Acts of people written down beforehand: the script of a story or a lesson, done on their days.

An act is a command with its maker and, where the row asks for two persons, its checkers. Acts of a
day follow one another in order; each sees what the reactions to the one before have done.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

import structlog
from sqlalchemy import Connection, text

from services.kernel import bulk, codec, commands, db, tables, tally
from services.kernel.incidents import note
from services.kernel.proposals import Proposed
from services.kernel.registry import Registry
from services.kernel.unit import Envelope
from workflows.lifecycle.refusals import (
    NotAllowed,
    NotPossible,
    PairRefused,
    Refusal,
    Refused,
    in_words,
)
from workflows.lifecycle.roles import Actor

# A script halts at the first act that could not be done: what follows was written to follow it.
# An act that was to be refused, and was, halts nothing (FORBIDDEN).
READY = (
    "a.state = 'WAITING' AND NOT EXISTS (SELECT 1 FROM act halted"
    " WHERE halted.script = a.script AND halted.state IN ('REFUSED', 'FAILED'))"
)
_NEXT = text(
    f"SELECT a.* FROM act a WHERE {READY} AND a.due_on <= :day"
    " ORDER BY a.due_on, a.id LIMIT 1 FOR UPDATE OF a"
)
_RETRY = text(
    "UPDATE act SET state = 'WAITING', reasons = NULL WHERE state = 'FAILED' RETURNING id"
)
_CLOSE = text(
    "UPDATE act SET state = :state, reasons = CAST(:reasons AS jsonb), first = :first"
    " WHERE id = :id"
)


log = structlog.get_logger("zhidai.acts")


class Performed(Enum):
    """What became of the next act."""

    NOTHING = "NOTHING"  # none is due
    DONE = "DONE"
    REFUSED = "REFUSED"  # a rule or a person forbids it
    FORBIDDEN = "FORBIDDEN"  # refused, for the reason the script gives
    FAILED = "FAILED"  # something is wrong with the act or with us


@dataclass(frozen=True, slots=True)
class ScriptedAct:
    """One line of a script. refused: codes, one of which must be the reason; empty: it is done."""

    due_on: date
    command: Any
    actor: Actor
    checkers: tuple[Actor, ...] = ()
    refused: tuple[str, ...] = ()


def write_script(connection: Connection, script: str, acts: Sequence[ScriptedAct]) -> None:
    """Write the acts of a script; a script of that name already written is left as it is."""
    rows = [
        {
            "script": script,
            "ordinal": number,
            "due_on": act.due_on,
            "command": type(act.command).__name__,
            "payload": codec.encode(act.command),
            "actor": codec.encode(act.actor),
            "checkers": codec.encode(act.checkers),
            "refused": codec.encode(act.refused),
        }
        for number, act in enumerate(acts, 1)
    ]
    bulk.run_insert(connection, tables.act, rows, "ON CONFLICT (script, ordinal) DO NOTHING")


def perform_next(connection: Connection, registry: Registry, day: date) -> Performed:
    """Do the next act due by `day`, in this transaction; why it was not done is kept with it.

    Raises what another try may cure: Conflict, deadlocks, a lost connection.
    """
    row = connection.execute(_NEXT, {"day": day}).mappings().one_or_none()
    if row is None:
        return Performed.NOTHING
    try:
        with connection.begin_nested():
            idents = _perform(connection, registry, row, day)
    except Refused as refused:
        return _closed(connection, row, tally.REFUSED, reasons=refused.reasons)
    except NotAllowed as refused:
        if isinstance(refused, PairRefused):
            note(connection, registry, refused)
        return _closed(connection, row, tally.NOT_ALLOWED, reasons=(refused.reason,))
    except NotPossible as refused:
        reason = Refusal("no_such_step", threshold=refused.state, actual=refused.trigger)
        return _closed(connection, row, tally.REFUSED, reasons=(reason,))
    except Exception as error:
        if db.passing(error):
            raise
        log.warning("act failed", script=row["script"], ordinal=row["ordinal"], error=repr(error))
        reason = Refusal("act_failed", actual=db.told(error))
        return _closed(connection, row, tally.FAILED, reasons=(reason,))
    return _closed(connection, row, tally.DONE, idents=idents)


def retry(connection: Connection) -> int:
    """Give all that failed another chance; how many."""
    return len(connection.execute(_RETRY).all())


def _perform(connection: Connection, registry: Registry, row: Any, day: date) -> tuple[str, ...]:
    """Maker, then checkers where the row asks for them; the idents of what happened."""
    command = codec.of_plain(registry.commands[row["command"]], row["payload"])
    actor = codec.of_plain(Actor, row["actor"])
    outcome = commands.run_one(connection, registry, Envelope(command, actor, day))
    if isinstance(outcome, Proposed):
        outcome = _confirmed(connection, registry, row, outcome, maker=actor)
    return outcome.idents if isinstance(outcome, commands.Done) else ()


def _confirmed(
    connection: Connection, registry: Registry, row: Any, proposed: Proposed, *, maker: Actor
) -> commands.Outcome:
    outcome: commands.Outcome = proposed
    for checker in codec.of_plain(tuple[Actor, ...], row["checkers"]):
        outcome = commands.confirm_one(
            connection, registry, proposed.proposal, digest=proposed.digest, checker=checker
        )
    if isinstance(outcome, Proposed):
        raise NotAllowed(proposed.trigger, Refusal("second_person_missing", actual=maker.user))
    return outcome


def _closed(
    connection: Connection,
    row: Any,
    ended: str,
    *,
    reasons: Sequence[Refusal] = (),
    idents: Sequence[str] = (),
) -> Performed:
    performed = _PERFORMED.get(ended, Performed.REFUSED)
    if performed is Performed.REFUSED and any(one.code in row["refused"] for one in reasons):
        performed = Performed.FORBIDDEN
    values = {
        "id": row["id"],
        "state": performed.value,
        "reasons": codec.encode([in_words(reason) for reason in reasons]),
        "first": next(iter(idents), None),
    }
    connection.execute(_CLOSE, values)
    tally.count(tally.SCRIPT, ended)
    log.info(
        "act",
        command=row["command"],
        outcome=ended,
        events=len(idents),
        correlation=next(iter(idents), None),
        reasons=[reason.code for reason in reasons],
    )
    return performed


_PERFORMED = {tally.DONE: Performed.DONE, tally.FAILED: Performed.FAILED}
