"""Events and outcomes as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Literal

from pydantic import BaseModel, Field
from sqlalchemy import Connection, text

from services.api import wire
from services.api.because import remarks
from services.kernel.commands import Done
from services.kernel.proposals import Proposed
from services.kernel.registry import Registry
from services.reports.steps import money_of

COLUMNS = (
    "position, stream, seq, type, schema_version, payload, trigger, from_state, to_state,"
    " actor, role, organisation, checkers, cause, correlation, business_date, policy, recorded_at"
)
_OF_IDENTS = text(
    f"SELECT {COLUMNS} FROM event WHERE (stream, seq) IN (SELECT * FROM"
    " unnest(CAST(:streams AS text[]), CAST(:seqs AS integer[]))) ORDER BY position"
)


class Person(BaseModel):
    """Who did it."""

    user: str
    role: str
    organisation: str = Field(description='"" where the history keeps none')


class Event(BaseModel):
    """Something that happened; never changed afterwards."""

    id: str = Field(description="stream:seq, names the event for good", examples=["loan/L-1:2"])
    position: int = Field(description="Place in the world's history; use it as `after`")
    stream: str = Field(description="noun/id of the row it belongs to", examples=["loan/L-1"])
    seq: int = Field(description="1, 2, 3 .. within the stream; the row's version after it")
    type: str = Field(examples=["Loan.Disbursed"])
    trigger: str = Field(examples=["disburse"])
    from_state: str
    to_state: str
    business_date: date
    recorded_at: datetime
    actor: Person
    checker: Person | None = Field(description="Who confirmed it last, where it needs anybody")
    checkers: list[Person] = Field(description="All who confirmed it, in order")
    cause: str | None = Field(description="Id of the event that led to it")
    correlation: str = Field(description="Id of the first event of the outermost command")
    policy: str | None = Field(description="case@fingerprint:day of the rules it stands under")
    money: str | None = Field(description="Its leading amount, yuan", examples=["6000000.00"])
    data: dict[str, Any] = Field(description="The event's own fields")
    calendar_assumed: list[str] = Field(
        description="Fields whose day a calendar gave that is not published yet"
    )


class Remarked(BaseModel):
    """What a rule that let an act pass had to say, such as that no limit is set."""

    code: str = Field(examples=["unlimited"])
    sentence: str = Field(description="For people, in the language asked for")
    parameter: str = Field(description="Policy parameter, where one is concerned")
    case: str
    source: str
    clause: str
    grade: str = Field(description="How well the clause is evidenced: seed, public or assumed")
    layer: str = Field(description="Which layer says it: case, form, a family, platform, national")


class ActDone(BaseModel):
    """The act was done: these events happened, and the row stands so now."""

    outcome: Literal["done"] = "done"
    noun: str
    id: str
    state: str
    version: int
    business_date: date
    events: list[Event]
    remarks: list[Remarked] = Field(description="What rules that let it pass have to say")


class Waiting(BaseModel):
    """The act needs another person: nothing happened yet."""

    outcome: Literal["proposed"] = "proposed"
    proposal: str = Field(examples=["loan-L-1-1"])
    digest: str = Field(description="SHA-256 of what is proposed; proposals_confirm cites it")
    trigger: str
    checkers: list[str] = Field(
        description="Roles one of which must confirm next", examples=[["BK-L"]]
    )
    confirm: str = Field(description="Where the next person confirms")


def event(row: Any, registry: Registry) -> Event:
    """One row of the event table."""
    happened = registry.event_of(row)
    checkers = [Person(**one) for one in row.checkers]
    return Event(
        id=f"{row.stream}:{row.seq}",
        actor=Person(user=row.actor, role=row.role, organisation=row.organisation),
        checker=checkers[-1] if checkers else None,
        checkers=checkers,
        money=money_of(row.payload),
        data=wire.shown(happened),
        calendar_assumed=wire.assumed(happened),
        **{name: getattr(row, name) for name in _SAME},
    )


_SAME = (
    "position", "stream", "seq", "type", "trigger", "from_state", "to_state", "business_date",
    "recorded_at", "cause", "correlation", "policy",
)  # fmt: skip


def happened(
    connection: Connection, registry: Registry, stream: str, done: Done, *, lang: str
) -> ActDone:
    """What a command did; told from its events, so that a repeated request gets the same answer."""
    split = [ident.rsplit(":", 1) for ident in done.idents]
    values = {"streams": [one[0] for one in split], "seqs": [int(one[1]) for one in split]}
    events = [event(row, registry) for row in connection.execute(_OF_IDENTS, values)]
    return _happened(stream, events, [Remarked(**one) for one in remarks(done.remarks, lang)])


def _happened(stream: str, events: Sequence[Event], said: list[Remarked]) -> ActDone:
    last = max((one for one in events if one.stream == stream), key=lambda one: one.seq)
    noun, _, ident = stream.partition("/")
    return ActDone(
        noun=noun,
        id=ident,
        state=last.to_state,
        version=last.seq,
        business_date=last.business_date,
        events=list(events),
        remarks=said,
    )


def waiting(proposed: Proposed, confirm: str) -> Waiting:
    """What waits for whom."""
    return Waiting(
        proposal=proposed.proposal,
        digest=proposed.digest,
        trigger=proposed.trigger,
        checkers=list(proposed.checkers),
        confirm=confirm,
    )
