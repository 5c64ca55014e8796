"""GET /{nouns}/{id}/actions: what this caller may do now, and why not the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import BaseModel, Field
from sqlalchemy import Connection

from services.api import acts as known
from services.api import because
from services.api.act_routes import IdIn
from services.api.acts import plural
from services.api.caller import Visit, VisitIn
from services.api.failures import Reason, of_read
from services.api.proposals import Proposal, pending_of
from services.api.root import ROOT
from services.api.rows import found
from services.api.told import Remarked
from services.kernel import clock
from services.kernel.i18n import label
from services.kernel.mapper import Stored
from services.kernel.peek import peek
from services.kernel.registry import Noun, Registry
from workflows.lifecycle.machine import Judged
from workflows.lifecycle.refusals import NotPossible, Refusal, Remark
from workflows.lifecycle.roles import Role

Verdict = Literal["allowed", "depends", "refused", "not_allowed", "not_possible"]


class Action(BaseModel):
    """One act of the lifecycle as it stands for the caller."""

    trigger: str = Field(examples=["disburse"])
    label: str
    verdict: Verdict = Field(
        description="allowed; depends: on what is still to be given; refused: by rules;"
        " not_allowed: for this person; not_possible: from this state"
    )
    reasons: list[Reason]
    remarks: list[Remarked] = Field(description="What rules that let it pass have to say")
    depends_on: list[str] = Field(description="Fields that rules have yet to see")
    operation: str | None = Field(description="operationId; null where only the platform acts")
    href: str | None = Field(description="Where to POST it; null where only the platform acts")
    roles: list[str]
    checkers: list[str] = Field(description="Roles one of which must confirm")
    from_states: list[str] = Field(description="States from which it is possible")
    leads_to: str | None = Field(description="The state it leads to from here")


class Actions(BaseModel):
    """All acts of the row's lifecycle, and what waits for a second person."""

    noun: str
    id: str
    state: str
    version: int
    actions: list[Action]
    proposals: list[Proposal]


def router(registry: Registry) -> APIRouter:
    """One route for each noun."""
    made = APIRouter()
    for noun in registry.nouns.values():
        made.add_api_route(
            f"/{plural(noun.name)}/{{id}}/actions", _of_row(noun),
            operation_id=f"{noun.name}_actions", tags=[plural(noun.name)],
            response_model=Actions, responses=of_read(),
            summary=f"What may be done with one {noun.name} now, and why not the rest",
        )  # fmt: skip
    return made


def _of_row(noun: Noun) -> Callable[..., Any]:
    def of_row(visit: VisitIn, id: IdIn) -> Actions:
        return judged_of(visit, noun, found(visit, noun, id))

    return of_row


def judged_of(visit: Visit, noun: Noun, stored: Stored) -> Actions:
    """Every act of the row's lifecycle as it stands for the caller, and what waits there."""
    ident = stored.record.id
    with visit.world.engine.connect() as connection:
        judged = [
            _action(connection, visit, noun, stored.record, trigger)
            for trigger in noun.lifecycle.triggers
        ]
        waiting = pending_of(connection, visit, f"{noun.name}/{ident}")
    return Actions(
        noun=noun.name,
        id=ident,
        state=stored.record.state,
        version=stored.version,
        actions=judged,
        proposals=waiting,
    )


def judged_one(visit: Visit, noun: Noun, it: Any, trigger: str) -> Action:
    """One act of the row's lifecycle as it stands for the caller."""
    with visit.world.engine.connect() as connection:
        return _action(connection, visit, noun, it, trigger)


def _action(connection: Connection, visit: Visit, noun: Noun, it: Any, trigger: str) -> Action:
    today = clock.standing(connection).business_date
    try:
        judged = peek(connection, visit.registry, noun, it=it, trigger=trigger,
                      actor=visit.actor, today=today)  # fmt: skip
    except NotPossible as error:
        reason = no_such_step(error)
        return _told(visit, noun, trigger, ident=it.id, verdict="not_possible", reasons=(reason,))
    verdict = _verdict(judged)
    return _told(
        visit, noun, trigger, ident=it.id, verdict=verdict, reasons=judged.refusals,
        depends=judged.open, leads=judged.row.dest.name, remarks=judged.remarks,
    )  # fmt: skip


def no_such_step(error: NotPossible) -> Refusal:
    """The reason that no row of the table leads on from that state."""
    return Refusal("no_such_step", threshold=error.state, actual=error.trigger)


def _verdict(judged: Judged) -> Verdict:
    if judged.barred:
        return "not_allowed"
    if judged.refusals:
        return "refused"
    return "depends" if judged.open else "allowed"


def _told(
    visit: Visit,
    noun: Noun,
    trigger: str,
    *,
    ident: str,
    verdict: Verdict,
    reasons: tuple[Refusal, ...],
    depends: tuple[str, ...] = (),
    leads: str | None = None,
    remarks: tuple[Remark, ...] = (),
) -> Action:
    act = next((one for one in known.of_noun(noun) if one.trigger == trigger), None)
    return Action(
        trigger=trigger,
        label=label(f"trigger.{noun.name}.{trigger}", visit.lang),
        verdict=verdict,
        reasons=[Reason(**one) for one in because.reasons(reasons, visit.lang, noun=noun.name)],
        remarks=[Remarked(**one) for one in because.remarks(remarks, visit.lang)],
        depends_on=list(depends),
        operation=act.operation if act else None,
        href=f"{ROOT}{act.path}".replace("{id}", ident) if act else None,
        roles=[role.value for role in (act.roles if act else (Role.SYS,))],
        checkers=[role.value for role in (act.checkers if act else ())],
        from_states=[source for source, _ in known.leads(noun, trigger)],
        leads_to=leads,
    )
