"""The command that notes a refused pair, and how it is made of a refusal."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text

from services.incidents.tables import incident
from services.kernel.registry import Handle, Noun
from workflows.incident.records import NotePairRefused
from workflows.incident.table import INCIDENT as LIFECYCLE
from workflows.lifecycle.refusals import PairRefused

INCIDENT = Noun(LIFECYCLE, incident)

NOUNS = (INCIDENT,)
HANDLES: dict[type[Any], Handle] = {command: Handle("incident") for command in LIFECYCLE.commands}

# Refused at one moment, two incidents of a row would have one number: one at a time.
_NUMBER = text(
    "SELECT (SELECT count(*) + 1 FROM incident WHERE stream = :stream)"
    " FROM (SELECT pg_advisory_xact_lock(hashtextextended('incident:' || :stream, 0))) l"
)


def noted(connection: Connection, refused: PairRefused) -> NotePairRefused:
    """The command that notes it; the n-th incident of a row is `<noun>-<id>-<n>`."""
    number = connection.execute(_NUMBER, {"stream": refused.stream}).scalar_one()
    persons = refused.persons
    return NotePairRefused(
        incident=f"{refused.stream.replace('/', '-')}-{number}",
        policy=refused.policy,
        stream=refused.stream,
        act=refused.trigger,
        code=refused.reason.code,
        against=refused.reason.actual_text,
        users=tuple(person.user for person in persons),
        roles=tuple(person.role.value for person in persons),
        organisations=tuple(person.organisation for person in persons),
    )
