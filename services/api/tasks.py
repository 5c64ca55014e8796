"""GET /tasks: what waits for the caller, and GET /{nouns}/{id}/waiting: what a row waits for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy import Connection, text

from services.api.act_routes import IdIn
from services.api.acts import plural
from services.api.caller import Visit, VisitIn
from services.api.deadlines import DeadlineTold, RoleNamed, named_role, of_row, owed
from services.api.failures import of_read
from services.api.open_acts import Open, open_acts
from services.api.proposals import Proposal, pending_of, proposals_of
from services.api.rows import MOST, USUAL, found
from services.kernel import clock
from services.kernel.i18n import label
from services.kernel.mapper import Stored
from services.kernel.registry import Noun, Registry
from workflows.lifecycle.machine import Lifecycle
from workflows.lifecycle.roles import Role

_ENTERED = text(
    "SELECT max(business_date) FROM event WHERE stream = :stream AND to_state = :state"
    " AND from_state <> to_state"
)


class OpenRow(BaseModel):
    """A row that the act would move on."""

    id: str
    state: str
    state_label: str
    enterprise: str | None


class OpenAct(BaseModel):
    """An act that is open to the caller, with the first rows it is open for."""

    noun: str
    trigger: str
    label: str
    number: int = Field(description="How many rows; counting ends at 1,000")
    rows: list[OpenRow]


class Tasks(BaseModel):
    """What waits for the caller on the world's business date."""

    user: str
    role: str
    organisation: str
    on: date
    confirm: list[Proposal] = Field(description="Proposals the caller may confirm, oldest first")
    duties: list[DeadlineTold] = Field(description="By last day; what is late comes first")
    lapses: list[DeadlineTold] = Field(description="What lapses next if the caller does nothing")
    acts: list[OpenAct]


class OpenStep(BaseModel):
    """An act that people may try in the row's state."""

    trigger: str
    label: str
    who: list[RoleNamed]
    checkers: list[RoleNamed]
    leads_to: str


class RowWaiting(BaseModel):
    """What a row waits for, since when, until when, what happens then, and who can act."""

    noun: str
    id: str
    state: str
    state_label: str
    over: bool = Field(description="A final state that waits for nothing")
    on: date = Field(description="The world's business date")
    since: date | None = Field(description="The day the row came into its state")
    waits_for: list[DeadlineTold] = Field(description="Soonest first")
    proposals: list[Proposal] = Field(description="What another person must confirm")
    acts: list[OpenStep] = Field(description="Who can do what; guards speak when it is tried")


LimitIn = Annotated[int, Query(ge=1, le=MOST)]


def router(registry: Registry) -> APIRouter:
    """The caller's tasks, and one route for each noun."""
    made = APIRouter()
    made.add_api_route(
        "/tasks", tasks, operation_id="tasks_list", tags=["tasks"], response_model=Tasks,
        responses=of_read(), summary="What waits for the caller",
    )  # fmt: skip
    for noun in registry.nouns.values():
        made.add_api_route(
            f"/{plural(noun.name)}/{{id}}/waiting", _of_row(noun),
            operation_id=f"{noun.name}_waiting", tags=[plural(noun.name)],
            response_model=RowWaiting, responses=of_read(),
            summary=f"What one {noun.name} waits for, until when, for whom",
        )  # fmt: skip
    return made


def tasks(visit: VisitIn, limit: LimitIn = USUAL) -> Tasks:
    """Proposals to confirm, duties and lapses by their last day, acts open to the caller."""
    with visit.world.engine.connect() as connection:
        return tasks_of(connection, visit, limit)


def tasks_of(connection: Connection, visit: Visit, limit: int = USUAL) -> Tasks:
    """What waits for a visitor; `limit` of each kind at most."""
    pending = proposals_of(connection, visit)
    return Tasks(
        user=visit.actor.user,
        role=visit.actor.role.value,
        organisation=visit.actor.organisation,
        on=clock.standing(connection).business_date,
        confirm=[one for one in pending if one.may_confirm][:limit],
        duties=owed(connection, visit, "DUTY", limit),
        lapses=owed(connection, visit, "LAPSE", limit),
        acts=[_open(one, visit.lang) for one in open_acts(connection, visit)],
    )


def _open(one: Open, lang: str) -> OpenAct:
    name = one.noun.name
    rows = [
        OpenRow(
            id=it.id,
            state=it.state,
            state_label=label(f"state.{name}.{it.state}", lang),
            enterprise=getattr(it, "enterprise", None),
        )
        for it in one.records
    ]
    act = label(f"trigger.{name}.{one.trigger}", lang)
    return OpenAct(noun=name, trigger=one.trigger, label=act, number=one.number, rows=rows)


def _of_row(noun: Noun) -> Callable[..., Any]:
    def of_one(visit: VisitIn, id: IdIn) -> RowWaiting:
        return waiting_of(visit, noun, found(visit, noun, id))

    return of_one


def waiting_of(visit: Visit, noun: Noun, stored: Stored) -> RowWaiting:
    """What a row waits for."""
    it, stream = stored.record, f"{noun.name}/{stored.record.id}"
    with visit.world.engine.connect() as connection:
        waits, proposed = of_row(connection, visit, stream), pending_of(connection, visit, stream)
        entered = connection.execute(_ENTERED, {"stream": stream, "state": it.state}).scalar_one()
        today = clock.standing(connection).business_date
    acts = may(noun.lifecycle, it.state, visit.lang)
    final = it.state in {state.name for state in noun.lifecycle.final}
    return RowWaiting(
        noun=noun.name,
        id=it.id,
        state=it.state,
        state_label=label(f"state.{noun.name}.{it.state}", visit.lang),
        over=final and not waits,
        on=today,
        since=entered,
        waits_for=waits,
        proposals=proposed,
        acts=acts,
    )


def may(lifecycle: Lifecycle, state: str, lang: str) -> list[OpenStep]:
    """The acts that people may try in a state, those that change it first."""
    rows = [row for (_, source), row in lifecycle.table.items() if source == state]
    people = [(row, [role for role in row.roles if role is not Role.SYS]) for row in rows]
    known = [
        OpenStep(
            trigger=row.trigger,
            label=label(f"trigger.{lifecycle.noun}.{row.trigger}", lang),
            who=[named_role(role.value, lang) for role in roles],
            checkers=[named_role(role.value, lang) for role in row.control.checkers],
            leads_to=row.dest.name,
        )
        for row, roles in people
        if roles
    ]
    return sorted(known, key=lambda one: one.leads_to == state)
